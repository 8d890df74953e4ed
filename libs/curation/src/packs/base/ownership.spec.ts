import type { Chronicle } from '../../chronicle/chronicle.spec-fixture.js';
import { ownershipRules } from './ownership.js';
import { specify } from './specify.spec-fixture.js';

/** So many contacts appear, and are gone one after the other. */
function vanishing(portal: Chronicle, count: number, at: (index: number) => string): Chronicle {
  for (let index = 1; index <= count; index += 1) {
    portal.appears(`contact:${index}`, 'Mon 09:00').deleted(`contact:${index}`, at(index));
  }
  return portal;
}

function owning(portal: Chronicle, deals: number): Chronicle {
  for (let index = 1; index <= deals; index += 1) portal.appears(`deal:${index}`, 'Mon 10:00');
  return portal;
}

const flips = (portal: Chronicle, stream: string, ...at: string[]): Chronicle => {
  for (const [index, instant] of at.entries()) portal.changes(stream, instant, { fields: { sourceId: `S${index}` } });
  return portal;
};

specify(ownershipRules, {
  O01: {
    on: 'employee:5',
    fires: [
      {
        says: 'an employee who left owns an open lead and an open deal',
        given: (portal) =>
          portal
            .appears('user:5', 'Mon 09:00')
            .appears('lead:1', 'Mon 10:00')
            .appears('deal:1', 'Mon 10:00')
            .appears('deal:2', 'Mon 10:00', { stage: 'WON' })
            .changes('user:5', 'Tue 18:00', { by: null, fields: { active: false } }),
        cases: [{ from: 'Tue 18:00', opens: 'Tue 18:00', items: ['deal:1', 'lead:1'] }],
      },
      {
        says: 'something is given to one who left',
        given: (portal) =>
          portal
            .appears('user:5', 'Mon 09:00', { fields: { active: false } })
            .appears('deal:1', 'Mon 10:00', { fields: { ownerId: '6' } })
            .changes('deal:1', 'Mon 11:00', { by: '6', fields: { ownerId: '5' } }),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00' }],
      },
    ],
    below: [
      {
        says: 'all was given to somebody else at that instant',
        given: (portal) =>
          portal
            .appears('user:5', 'Mon 09:00')
            .appears('deal:1', 'Mon 10:00')
            .changes('deal:1', 'Tue 18:00', { fields: { ownerId: '6' } })
            .changes('user:5', 'Tue 18:00', { fields: { active: false } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the last one is given away, lost or deleted',
        given: (portal) =>
          portal
            .appears('user:5', 'Mon 09:00', { fields: { active: false } })
            .appears('lead:1', 'Mon 10:00')
            .appears('deal:1', 'Mon 10:00')
            .appears('deal:2', 'Mon 10:00')
            .changes('deal:1', 'Tue 11:00', { fields: { ownerId: '6' } })
            .moves('lead:1', 'JUNK', 'Tue 12:00')
            .deleted('deal:2', 'Tue 13:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:00', resolved: 'Tue 13:00', by: 'deal:2 Deleted' }],
      },
    ],
  },
  O03: {
    on: 'portal:-',
    fires: [
      {
        says: 'the twentieth within an hour; the next within the hour after joins',
        given: (portal) =>
          vanishing(portal, 21, (index) => (index === 21 ? 'Mon 12:00' : index === 20 ? 'Mon 11:00' : 'Mon 10:00')),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00', items: ['contact:20'] }],
      },
      {
        says: 'leads, deals, companies and invoices too; what follows joins',
        settings: { deleted: 3 },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .appears('deal:1', 'Mon 09:00')
            .appears('invoice:1', 'Mon 09:00')
            .appears('company:1', 'Mon 09:00')
            .deleted('lead:1', 'Mon 10:00')
            .merged('deal:1', '2', 'Mon 10:20')
            .deleted('invoice:1', 'Mon 10:40')
            .deleted('company:1', 'Mon 11:20'),
        cases: [{ from: 'Mon 10:40', opens: 'Mon 10:40', items: ['invoice:1', 'company:1'] }],
      },
      {
        says: 'what comes a second after the hour is a case of its own',
        settings: { deleted: 1 },
        given: (portal) => vanishing(portal, 2, (index) => (index === 1 ? 'Mon 10:00' : 'Mon 11:00:01')),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 10:00' },
          { from: 'Mon 11:00:01', opens: 'Mon 11:00:01' },
        ],
      },
    ],
    below: [
      {
        says: 'a second too slow, and activities do not count',
        given: (portal) =>
          vanishing(portal, 20, (index) => (index === 20 ? 'Mon 11:00:01' : 'Mon 10:00'))
            .todo('activity:1', 'lead:1', 'Mon 09:00')
            .deleted('activity:1', 'Mon 10:30'),
        cases: [],
      },
    ],
  },
  O04: {
    on: 'deal:1',
    fires: [
      {
        says: 'deleted while open',
        given: (portal) => portal.appears('deal:1', 'Mon 10:00').deleted('deal:1', 'Tue 10:00'),
        cases: [{ from: 'Tue 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'merged',
        given: (portal) => portal.appears('deal:1', 'Mon 10:00').merged('deal:1', '2', 'Tue 10:00'),
        cases: [],
      },
      {
        says: 'lost at that instant',
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00').moves('deal:1', 'LOSE', 'Tue 10:00').deleted('deal:1', 'Tue 10:00'),
        cases: [],
      },
      {
        says: 'seen again afterwards',
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00').deleted('deal:1', 'Tue 10:00').appears('deal:1', 'Mon 10:00'),
        cases: [],
      },
    ],
  },
  O05: {
    on: 'portal:-',
    fires: [
      {
        says: 'a stage is gone',
        given: (portal) => portal.configured('deal', 'Tue 10:00', 'OFFER'),
        cases: [{ from: 'Tue 10:00', opens: 'Wed 10:00', about: 'pipelines:deal' }],
      },
      {
        says: 'two kinds at once are two cases',
        given: (portal) => portal.configured('lead', 'Tue 10:00', 'WORK').configured('deal', 'Tue 10:00', 'OFFER'),
        cases: [
          { from: 'Tue 10:00', opens: 'Wed 10:00', about: 'pipelines:deal' },
          { from: 'Tue 10:00', opens: 'Wed 10:00', about: 'pipelines:lead' },
        ],
      },
    ],
    below: [
      {
        says: 'the first configuration, and the same again',
        given: (portal) => portal.configured('deal', 'Tue 10:00'),
        cases: [],
      },
    ],
  },
  O06: {
    on: 'deal:1',
    fires: [
      {
        says: 'a field changed for the fifth time within an hour',
        until: 'Tue 10:00',
        given: (portal) =>
          flips(
            portal.appears('deal:1', 'Mon 09:00'),
            'deal:1',
            ...['Mon 10:00', 'Mon 10:10', 'Mon 10:20', 'Mon 10:30', 'Mon 11:00'],
          ),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00' }],
      },
      {
        says: 'of a lead, at night',
        on: 'lead:1',
        settings: { times: 2 },
        until: 'Tue 01:00',
        given: (portal) => flips(portal.appears('lead:1', 'Mon 09:00'), 'lead:1', 'Tue 00:10', 'Tue 00:20'),
        cases: [{ from: 'Tue 00:20', opens: 'Tue 00:20' }],
      },
    ],
    below: [
      {
        says: 'fields that people do not fill in',
        settings: { times: 2 },
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 09:00')
            .changes('deal:1', 'Mon 10:00', { extra: { LAST_COMMUNICATION_TIME: '1' }, fields: { quoteId: '1' } })
            .changes('deal:1', 'Mon 10:01', { extra: { LAST_COMMUNICATION_TIME: '2' }, fields: { quoteId: '2' } }),
        cases: [],
      },
      {
        says: 'a second too slow',
        given: (portal) =>
          flips(
            portal.appears('deal:1', 'Mon 09:00'),
            'deal:1',
            ...['Mon 10:00', 'Mon 10:10', 'Mon 10:20', 'Mon 10:30', 'Mon 11:00:01'],
          ),
        cases: [],
      },
      {
        says: 'two fields, neither of them often; and what is no change',
        settings: { times: 3 },
        given: (portal) =>
          flips(portal.appears('deal:1', 'Mon 09:00'), 'deal:1', 'Mon 10:00', 'Mon 10:01')
            .changes('deal:1', 'Mon 10:02', { fields: { amountKopecks: '1' } })
            .changes('deal:1', 'Mon 10:03', { fields: { amountKopecks: '2' } })
            .changes('deal:1', 'Mon 10:04', { fields: { amountKopecks: '2' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it does not happen again for a day; what happens before joins',
        settings: { times: 2 },
        given: (portal) =>
          flips(
            portal.appears('deal:1', 'Mon 09:00'),
            'deal:1',
            ...['Mon 10:00', 'Mon 10:01', 'Tue 09:50', 'Tue 10:01', 'Thu 12:00', 'Thu 12:01'],
          ),
        cases: [
          { from: 'Mon 10:01', opens: 'Mon 10:01', resolved: 'Wed 10:01', items: ['deal:1', 'deal:1'] },
          { from: 'Thu 12:01', opens: 'Thu 12:01', resolved: 'Fri 12:01', items: ['deal:1'] },
        ],
      },
      {
        says: 'and is a case of its own a second after that day',
        settings: { times: 1 },
        given: (portal) => flips(portal.appears('deal:1', 'Mon 09:00'), 'deal:1', 'Mon 10:00', 'Tue 10:00:01'),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 10:00', resolved: 'Tue 10:00' },
          { from: 'Tue 10:00:01', opens: 'Tue 10:00:01', resolved: 'Wed 10:00:01' },
        ],
      },
    ],
    void: [
      {
        says: 'deleted within the day',
        settings: { times: 2 },
        given: (portal) =>
          flips(portal.appears('deal:1', 'Mon 09:00'), 'deal:1', 'Mon 10:00', 'Mon 10:01').deleted(
            'deal:1',
            'Mon 12:00',
          ),
        cases: [{ from: 'Mon 10:01', opens: 'Mon 10:01', void: 'Mon 12:00' }],
      },
    ],
  },
  O07: {
    on: 'employee:5',
    fires: [
      {
        says: 'sixty-one open deals',
        given: (portal) => owning(portal, 61),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      { says: 'sixty, and a lead', given: (portal) => owning(portal, 60).appears('lead:1', 'Mon 10:00'), cases: [] },
    ],
    resolves: [
      {
        says: 'when one is won',
        settings: { deals: 1 },
        given: (portal) => owning(portal, 2).moves('deal:1', 'WON', 'Tue 11:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'deal:1 StageMoved#2' }],
      },
    ],
  },
  O08: {
    on: 'portal:-',
    settings: { hours: { WEB: 6, calls: 3 } },
    fires: [
      {
        says: 'nothing came from a source for so long; neither another source nor a deal that came from a lead counts',
        until: 'Tue 12:00',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('deal:1', 'Mon 11:00', { fields: { sourceId: 'OTHER' } })
            .appears('deal:2', 'Mon 12:00', { fields: { leadId: '1' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 16:00', about: 'channel:WEB' }],
      },
      {
        says: 'calls go by a limit of their own, and so does each channel that is known to be silent at times',
        given: (portal) =>
          portal
            .learned('Mon 00:00', {}, {}, { mail: 5, WEB: 2 })
            .appears('lead:1', 'Mon 09:30', { fields: { sourceId: 'OTHER' } })
            .call('1', 'lead:1', 'Mon 10:00', 'incoming', null)
            .letter('activity:2', 'lead:1', 'Mon 11:00', 'incoming')
            .appears('deal:1', 'Mon 12:00'),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 13:00', about: 'channel:calls' },
          { from: 'Mon 11:00', opens: 'Mon 16:00', about: 'channel:mail' },
          { from: 'Mon 12:00', opens: 'Mon 18:00', about: 'channel:WEB' },
        ],
      },
      {
        says: 'shorter than an hour is an hour; the last one of an hour counts',
        settings: { hours: { WEB: 0 } },
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:10').appears('lead:2', 'Mon 10:20').appears('lead:3', 'Mon 10:50'),
        cases: [{ from: 'Mon 10:50', opens: 'Mon 11:50', about: 'channel:WEB' }],
      },
    ],
    below: [
      {
        says: 'something came at the last minute, and what nobody knows the usual silence of',
        until: 'Mon 16:00',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('lead:2', 'Mon 15:59', { by: null })
            .appears('lead:3', 'Mon 09:00', { fields: { sourceId: 'OTHER' } })
            .appears('lead:4', 'Mon 09:00', { fields: { sourceId: null } })
            .call('1', 'lead:1', 'Mon 10:00', 'outgoing', null)
            .todo('activity:2', 'lead:1', 'Mon 10:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it brings something again, deleted or not',
        until: 'Tue 12:00',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00').appears('lead:2', 'Tue 10:00').deleted('lead:2', 'Tue 11:00'),
        cases: [
          {
            ...{ from: 'Mon 10:00', opens: 'Mon 16:00', about: 'channel:WEB' },
            ...{ resolved: 'Tue 10:00', by: 'lead:2 Appeared' },
          },
        ],
      },
    ],
  },
});
