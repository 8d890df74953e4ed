import type { SmallPortal, Tale } from '../small-portal.spec-fixture.js';
import { testTales } from '../test-tales.spec-fixture.js';

const missed = { incoming: true, code: '304', seconds: 0 };
const bare = { TYPE_ID: '2', DESCRIPTION: '' };

const rules: Record<string, Tale[]> = {
  A01: [
    {
      story: 'a missed call that nobody returns for half an hour of work; the call back ends it',
      tell: (portal) => portal.lead('01 09:00').call('01 17:45', 'lead:1', missed).call('02 09:16', 'lead:1'),
      live: ['lead:1 about activity:1 01 17:45 > 02 09:15 resolved 02 09:16'],
    },
    {
      story: 'returned in time; an attempt that is not answered does not count; connected for a second does',
      tell: (portal) =>
        portal
          .lead('01 09:00')
          .call('01 10:00', 'lead:1', missed)
          .call('01 10:30', 'lead:1', { seconds: 1 })
          .contact('01 09:00')
          .call('01 11:00', 'contact:1', missed)
          .call('01 11:05', 'contact:1', { code: '480' }),
      live: ['contact:1 about activity:3 01 11:00 > 01 11:30'],
    },
    {
      story: 'on the owner record only; deleted before the time was up',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .contact('01 09:00')
          .talk('01 10:00', 'deal:1', { TYPE_ID: '2', BINDINGS: [{ OWNER_TYPE_ID: '3', OWNER_ID: '1' }] }, missed)
          .remove('01 10:30', 'deal:1'),
      live: [],
      history: ['contact:1 about activity:1 01 10:00 > 01 10:30'],
    },
    {
      story: 'a call from before there was a record',
      tell: (portal) => portal.lead('01 10:00').call('01 09:59', 'lead:1', missed),
      live: [],
    },
  ],
  A02: [
    {
      story: 'half a minute and no result for an hour; a plan ends it',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .talk('01 10:00', 'deal:1', bare, { seconds: 30 })
          .todo('01 11:01', 'deal:1', '05 10:00'),
      live: ['deal:1 about activity:1 01 10:00 > 01 11:00 resolved 01 11:01'],
    },
    {
      story: 'shorter, described, or not connected',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .talk('01 10:00', 'deal:1', bare, { seconds: 29 })
          .talk('01 12:00', 'deal:1', { TYPE_ID: '2', DESCRIPTION: 'Agreed' })
          .talk('01 14:00', 'deal:1', bare, { code: '480' }),
      live: [],
    },
    {
      story:
        'moved, changed, or described within the hour; who comes at the end sees the description as if it had always been there',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .talk('01 10:00', 'deal:1', bare)
          .move('01 11:00', 'deal:1', 'MEET')
          .deal('01 09:00')
          .talk('01 10:00', 'deal:2', bare)
          .change('01 10:30', 'deal:2', { OPENED: 'Y' })
          .change('01 10:30', 'deal:2', { OPPORTUNITY: '7' })
          .deal('01 09:00')
          .talk('01 10:00', 'deal:3', bare)
          .change('01 10:59', 'activity:3', { DESCRIPTION: 'Agreed' }),
      live: [],
      history: ['deal:2 about activity:2 01 10:00 > 01 11:00'],
    },
    {
      story: 'a change that changes nothing is no result',
      tell: (portal) =>
        portal.lead('01 09:00').talk('01 10:00', 'lead:1', bare).change('01 10:30', 'lead:1', { OPENED: 'Y' }),
      live: ['lead:1 about activity:1 01 10:00 > 01 11:00'],
    },
  ],
  A03: [
    {
      story: 'a working day past its end; done ends it, moving it begins anew',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .meeting('01 09:00', 'deal:1', '02 12:00')
          .done('03 12:01', 'activity:1')
          .meeting('01 09:00', 'deal:1', '02 12:00')
          .change('03 12:00', 'activity:2', { END_TIME: '2026-09-08T09:00:00Z' })
          .contact('01 09:00')
          .meeting('01 09:00', 'contact:1', '25 12:00'),
      live: [
        'activity:1 01 09:00 > 03 12:00 resolved 03 12:01',
        'activity:2 03 12:00 > 09 12:00',
        'activity:3 01 09:00 > 28 12:00',
      ],
      history: [
        'activity:1 01 09:00 > 03 12:00 resolved 03 12:01',
        'activity:2 01 09:00 > 09 12:00',
        'activity:3 01 09:00 > 28 12:00',
      ],
    },
    {
      story: 'done by the day after',
      tell: (portal) =>
        portal.deal('01 09:00').meeting('01 09:00', 'deal:1', '02 12:00').done('03 12:00', 'activity:1'),
      live: [],
    },
  ],
  A04: [
    {
      story: 'an hour without an answer; a letter ends it',
      tell: (portal) =>
        portal.deal('01 09:00').letter('01 17:30', 'deal:1', { incoming: true }).letter('02 09:31', 'deal:1'),
      live: ['deal:1 about activity:1 01 17:30 > 02 09:30 resolved 02 09:31'],
    },
    {
      story: 'answered by a letter or a call within the hour',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .letter('01 10:00', 'deal:1', { incoming: true })
          .letter('01 11:00', 'deal:1')
          .activity('01 12:00', 'deal:1', { TYPE_ID: '6', PROVIDER_ID: 'IMOPENLINES_SESSION', DIRECTION: '1' })
          .call('01 12:30', 'deal:1', { incoming: true })
          .activity('01 14:00', 'deal:1', { TYPE_ID: '6', PROVIDER_ID: 'CRM_TODO', COMPLETED: 'Y' }),
      live: [],
    },
    {
      story: 'a message counts as a letter does; the deal goes',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .activity('01 12:00', 'deal:1', { TYPE_ID: '6', PROVIDER_ID: 'IMOPENLINES_SESSION', DIRECTION: '1' })
          .remove('02 10:00', 'deal:1'),
      live: ['deal:1 about activity:1 01 12:00 > 01 13:00 void 02 10:00'],
      history: [],
    },
  ],
  A05: [
    {
      story: 'made and closed within two minutes',
      tell: (portal) => portal.deal('01 09:00').task('01 10:00', 'D_1', '05 10:00').done('01 10:01:59', 'task:1'),
      live: ['deal:1 about task:1 01 10:01:59 > 02 10:01:59'],
    },
    {
      story: 'after two minutes, or with a call between',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .task('01 10:00', 'D_1', '05 10:00')
          .done('01 10:02', 'task:1')
          .task('01 12:00', 'D_1', '05 10:00')
          .call('01 12:00', 'deal:1')
          .done('01 12:01', 'task:2'),
      live: [],
    },
  ],
  A06: [
    {
      story: 'three overdue ones closed within five minutes, whoever they belong to',
      tell: (portal) =>
        overdue(portal)
          .done('05 10:00', 'activity:1', '4')
          .done('05 10:02', 'activity:2', '4')
          .done('05 10:05', 'task:1', '4'),
      live: ['employee:4 05 10:05 > 08 09:00 items task:1'],
    },
    {
      story: 'slower, in time, by several people, or by the portal at the end of the deal',
      tell: (portal) =>
        overdue(portal)
          .done('05 10:00', 'activity:1', '4')
          .done('05 10:02', 'activity:2', '5')
          .done('05 10:05', 'task:1', '4')
          .todo('05 10:03', 'deal:1', '30 10:00')
          .done('05 10:05', 'activity:3', '4')
          .todo('06 10:00', 'deal:1', '06 11:00')
          .todo('06 10:00', 'deal:1', '06 11:00')
          .todo('06 10:00', 'deal:1', '06 11:00')
          .move('09 10:00', 'deal:1', 'LOSE'),
      live: [],
    },
  ],
  A07: [
    {
      story: 'a call and a letter by somebody else; those within a working day are one case',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .call('01 10:00', 'deal:1', { by: '4' })
          .letter('02 10:00', 'deal:1', { by: '5' })
          .call('03 10:01', 'deal:1', { by: '4' }),
      live: ['deal:1 01 10:00 > 02 10:00 items activity:1 activity:2', 'deal:1 03 10:01 > 04 10:01 items activity:3'],
    },
    {
      story: 'by the owner of that moment, by one who may, an incoming call',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .call('01 10:00', 'deal:1')
          .call('01 11:00', 'deal:1', { by: '6' })
          .call('01 12:00', 'deal:1', { by: '4', incoming: true })
          .change('02 10:00', 'deal:1', { ASSIGNED_BY_ID: '4' })
          .call('02 10:00', 'deal:1', { by: '4' }),
      live: [],
      history: ['deal:1 01 10:00 > 02 10:00 items activity:1'],
    },
  ],
  A08: [
    {
      story: 'half an hour of work past the promise',
      tell: (portal) => promised(portal.lead('01 09:00'), '02 17:50').done('03 10:00', 'activity:1'),
      live: ['activity:1 01 09:00 > 03 09:20 resolved 03 10:00'],
    },
    {
      story: 'called in time; an incoming call is no promise',
      tell: (portal) =>
        promised(portal.lead('01 09:00'), '02 12:00').done('02 12:30', 'activity:1').call('02 15:00', 'lead:1', missed),
      live: [],
    },
  ],
};

/** Two to-dos and a task of a deal, due on the second. */
function overdue(portal: SmallPortal): SmallPortal {
  return portal
    .deal('01 09:00')
    .todo('01 10:00', 'deal:1', '02 10:00')
    .todo('01 10:00', 'deal:1', '02 10:00')
    .task('01 10:00', 'D_1', '02 10:00');
}

function promised(portal: SmallPortal, at: string): SmallPortal {
  const [day = '', time = ''] = at.split(' ');
  const deadline = new Date(`2026-09-${day}T${time}:00+03:00`).toISOString();
  return portal.activity('01 09:00', 'lead:1', { TYPE_ID: '2', DIRECTION: '2', COMPLETED: 'N', DEADLINE: deadline });
}

testTales(rules);
