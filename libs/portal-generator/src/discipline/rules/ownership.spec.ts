import type { SmallPortal, Tale } from '../small-portal.spec-fixture.js';
import { testTales } from '../test-tales.spec-fixture.js';

const rules: Record<string, Tale[]> = {
  O01: [
    {
      story: 'dismissed with open leads and deals in hand, until they are handed on',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .lead('01 10:00')
          .deal('01 10:00', { STAGE_ID: 'WON' })
          .change('03 10:00', 'user:3', { ACTIVE: false })
          .change('04 10:00', 'deal:1', { ASSIGNED_BY_ID: '4' })
          .move('05 10:00', 'lead:1', 'JUNK'),
      live: ['employee:3 03 10:00 > 03 10:00 resolved 05 10:00 items deal:1 lead:1'],
      history: ['employee:3 01 10:00 > 01 10:00 resolved 05 10:00 items lead:1'],
    },
    {
      story: 'dismissed with nothing open',
      tell: (portal) =>
        portal.deal('01 09:00').move('02 10:00', 'deal:1', 'WON').change('03 10:00', 'user:3', { ACTIVE: false }),
      live: [],
      history: ['employee:3 01 09:00 > 01 09:00 resolved 02 10:00 items deal:1'],
    },
  ],
  O03: [
    {
      story: 'three vanish within an hour, a merged one among them; those of the hour after join',
      tell: (portal) =>
        five(portal)
          .remove('02 10:00', 'deal:1')
          .remove('02 10:30', 'contact:1')
          .merge('02 11:00', 'contact:2', 'contact:3')
          .remove('02 11:30', 'deal:2'),
      live: ['portal:- 02 11:00 > 02 11:00 items contact:3 deal:2'],
      history: [],
    },
    {
      story: 'over more than an hour',
      tell: (portal) =>
        five(portal).remove('02 10:00', 'deal:1').remove('02 10:30', 'contact:1').remove('02 11:00:01', 'deal:2'),
      live: [],
    },
  ],
  O04: [
    {
      story: 'an open deal is deleted; a merge without a trace looks the same, one with activities does not',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .deal('01 09:00')
          .deal('01 09:00')
          .deal('01 09:00', { STAGE_ID: 'LOSE' })
          .todo('01 10:00', 'deal:3', '20 10:00')
          .deal('01 09:00')
          .remove('02 10:00', 'deal:1')
          .merge('02 11:00', 'deal:5', 'deal:2')
          .merge('02 12:00', 'deal:5', 'deal:3')
          .remove('02 13:00', 'deal:4'),
      live: ['deal:1 02 10:00 > 02 10:00', 'deal:2 02 11:00 > 02 11:00'],
      history: [],
    },
  ],
  O05: [
    {
      story: 'a stage is renamed, two are changed at once; what is written back at once is no change',
      tell: (portal) =>
        portal
          .change('02 10:00', 'status:6', { NAME: 'Fresh' })
          .change('03 10:00', 'status:6', { SORT: '9' })
          .change('03 10:00', 'status:1', { NAME: 'Fresh' })
          .change('04 10:00', 'status:6', { NAME: 'Other' })
          .change('04 10:00', 'status:6', { NAME: 'Fresh' }),
      live: [
        'portal:- about pipelines:deal 02 10:00 > 03 10:00',
        'portal:- about pipelines:deal 03 10:00 > 04 10:00',
        'portal:- about pipelines:lead 03 10:00 > 04 10:00',
      ],
      history: [],
    },
  ],
  O06: [
    {
      story: 'a field flips three times within an hour, again within a day, and then rests',
      tell: (portal) =>
        flips(portal.deal('01 09:00'), ['02 10:00', '02 10:30', '02 11:00', '03 10:30', '03 10:40', '03 10:50']),
      live: ['deal:1 02 11:00 > 02 11:00 resolved 04 10:50'],
      history: [],
    },
    {
      story: 'over more than an hour, or in several fields; the deal goes',
      tell: (portal) =>
        flips(portal.deal('01 09:00'), ['02 10:00', '02 10:30', '02 11:00:01'])
          .change('02 11:10', 'deal:1', { COMMENTS: 'text' })
          .move('02 11:20', 'deal:1', 'MEET')
          .move('02 11:21', 'deal:1', 'NEW')
          .move('02 11:22', 'deal:1', 'MEET'),
      live: [],
    },
    {
      story: 'deleted while it flips',
      tell: (portal) =>
        flips(portal.lead('01 09:00'), ['02 10:00', '02 10:01', '02 10:02'], 'lead:1').remove('02 18:00', 'lead:1'),
      live: ['lead:1 02 10:02 > 02 10:02 void 02 18:00'],
      history: [],
    },
  ],
  O07: [
    {
      story: 'more open deals than one can work on, until one is closed',
      tell: (portal) => three(portal).move('03 10:00', 'deal:1', 'WON'),
      live: ['employee:3 01 11:00 > 02 11:00 resolved 03 10:00'],
    },
    {
      story: 'one is handed on within a working day',
      tell: (portal) => three(portal).change('02 11:00', 'deal:1', { ASSIGNED_BY_ID: '4' }),
      live: [],
    },
  ],
  O08: [
    {
      story: 'a source, calls and letters, each by its own limit; what came from a lead is no news',
      tell: (portal) =>
        portal
          .lead('01 10:00', { SOURCE_ID: 'WEB' })
          .deal('01 12:00', { SOURCE_ID: 'WEB', LEAD_ID: '1' })
          .call('01 10:30', 'lead:1', { incoming: true })
          .letter('01 11:00', 'lead:1', { incoming: true })
          .letter('01 12:00', 'lead:1')
          .deal('02 10:00', { SOURCE_ID: 'WEB' }),
      live: [
        'portal:- about channel:calls 01 10:30 > 01 13:30',
        'portal:- about channel:WEB 01 10:00 > 01 16:00 resolved 02 10:00',
        'portal:- about channel:mail 01 11:00 > 02 11:00',
        'portal:- about channel:WEB 02 10:00 > 02 16:00',
      ],
    },
    {
      story: 'heard again in the last minute; without a limit nobody waits',
      tell: (portal) =>
        portal
          .lead('01 10:00', { SOURCE_ID: 'WEB' })
          .lead('01 16:00', { SOURCE_ID: 'WEB' })
          .lead('01 10:00', { SOURCE_ID: 'OTHER' })
          .call('01 10:00', 'lead:1'),
      live: ['portal:- about channel:WEB 01 16:00 > 02 13:00'],
    },
  ],
};

function five(portal: SmallPortal): SmallPortal {
  return portal.deal('01 09:00').deal('01 09:00').contact('01 09:00').contact('01 09:00').contact('01 09:00');
}

function three(portal: SmallPortal): SmallPortal {
  return portal.deal('01 09:00').deal('01 10:00').deal('01 11:00');
}

function flips(portal: SmallPortal, times: string[], key = 'deal:1'): SmallPortal {
  times.forEach((at, place) => portal.change(at, key, { OPPORTUNITY: String(2000 + (place % 2)) }, 'robot'));
  return portal;
}

testTales(rules);
