import { leadRules } from './leads.js';
import { specify } from './specify.spec-fixture.js';

const phone = { v: 2, length: 1, invalidCount: 0 };
const reason = { length: 20, v: 2, isPlaceholder: false };

specify(leadRules, {
  L01: {
    on: 'lead:1',
    fires: [
      {
        says: 'half an hour has been worked and nobody was called',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:30' }],
      },
      {
        says: 'five minutes for a hot source',
        settings: { hot_sources: ['WEB'] },
        given: (portal) => portal.appears('lead:1', 'Mon 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:05' }],
      },
      {
        says: 'a night does not count, and to be called by the client is no touch of ours',
        given: (portal) => portal.appears('lead:1', 'Fri 17:50').call('1', 'lead:1', 'Sat 12:00', 'incoming', 60),
        cases: [{ from: 'Fri 17:50', opens: 'Mon2 09:20' }],
      },
      {
        says: 'a call of nine seconds is none',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').call('1', 'lead:1', 'Mon 10:05', 'outgoing', 9),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:30' }],
      },
    ],
    below: [
      {
        says: 'a call at the very end of the half hour counts',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').call('1', 'lead:1', 'Mon 10:30', 'outgoing', 10),
        cases: [],
      },
      {
        says: 'junk by then',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').moves('lead:1', 'JUNK', 'Mon 10:20'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'by a letter',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00').letter('activity:1', 'lead:1', 'Mon 11:00', 'outgoing'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:30', resolved: 'Mon 11:00', by: 'activity:1 Appeared' }],
      },
      {
        says: 'by a call without a row of telephony, when it is done',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .activity('activity:1', 'lead:1', 'Mon 10:20', {
              fields: {
                ...{ activityType: '2', direction: 'outgoing' },
                ...{ startAt: '2026-04-06T07:20:00.000Z', endAt: '2026-04-06T07:22:00.000Z' },
              },
            })
            .done('activity:1', 'Mon 12:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:30', resolved: 'Mon 12:00', by: 'activity:1 Changed' }],
      },
    ],
    void: [
      {
        says: 'merged into another lead',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').merged('lead:1', '2', 'Mon 12:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:30', void: 'Mon 12:00', into: 'lead:2' }],
      },
    ],
  },
  L02: {
    on: 'lead:1',
    fires: [
      {
        says: 'a working day in the first stage',
        given: (portal) => portal.appears('lead:1', 'Fri 10:00'),
        cases: [{ from: 'Fri 10:00', opens: 'Mon2 10:00' }],
      },
    ],
    below: [
      {
        says: 'moved on at the last instant',
        given: (portal) => portal.appears('lead:1', 'Fri 10:00').moves('lead:1', 'WORK', 'Mon2 10:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it moves on, and anew when it comes back',
        until: 'Thu2 10:00',
        given: (portal) =>
          portal
            .appears('lead:1', 'Fri 10:00')
            .moves('lead:1', 'WORK', 'Mon2 11:00')
            .moves('lead:1', 'NEW', 'Wed2 09:30'),
        cases: [
          { from: 'Fri 10:00', opens: 'Mon2 10:00', resolved: 'Mon2 11:00', by: 'lead:1 StageMoved#2' },
          { from: 'Wed2 09:30', opens: 'Thu2 09:30' },
        ],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) => portal.appears('lead:1', 'Fri 10:00').deleted('lead:1', 'Tue2 10:00'),
        cases: [{ from: 'Fri 10:00', opens: 'Mon2 10:00', void: 'Tue2 10:00' }],
      },
    ],
  },
  L03: {
    on: 'lead:1',
    fires: [
      {
        says: 'four hours after the last plan was done',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .todo('activity:1', 'lead:1', 'Mon 10:10')
            .done('activity:1', 'Mon 16:00'),
        cases: [{ from: 'Mon 16:00', opens: 'Tue 11:00' }],
      },
      {
        says: 'an incoming call is no plan',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00').activity('activity:1', 'lead:1', 'Mon 10:00', {
            fields: { activityType: '2', direction: 'incoming' },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 14:00' }],
      },
    ],
    below: [
      {
        says: 'something is planned after four hours',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').todo('activity:1', 'lead:1', 'Mon 14:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when something is planned',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').todo('activity:1', 'lead:1', 'Mon 15:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 14:00', resolved: 'Mon 15:00', by: 'activity:1 Appeared' }],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').deleted('lead:1', 'Mon 15:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 14:00', void: 'Mon 15:00' }],
      },
    ],
  },
  L04: {
    on: 'activity:1',
    fires: [
      {
        says: 'a to-do of a lead is a working day overdue',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').todo('activity:1', 'lead:1', 'Mon 10:00', 'Tue 12:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Wed 12:00' }],
      },
      {
        says: 'a task of a deal',
        given: (portal) =>
          portal.activity('activity:1', 'deal:1', 'Mon 10:00', {
            fields: { activityType: '3', deadline: '2026-04-07T09:00:00.000Z' },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Wed 12:00' }],
      },
    ],
    below: [
      {
        says: 'done just in time',
        given: (portal) =>
          portal.todo('activity:1', 'lead:1', 'Mon 10:00', 'Tue 12:00').done('activity:1', 'Wed 12:00'),
        cases: [],
      },
      { says: 'no deadline', given: (portal) => portal.todo('activity:1', 'lead:1', 'Mon 10:00'), cases: [] },
      {
        says: 'of a contact alone',
        given: (portal) => portal.todo('activity:1', 'contact:1', 'Mon 10:00', 'Tue 12:00'),
        cases: [],
      },
      {
        says: 'a meeting',
        given: (portal) => portal.meeting('activity:1', 'lead:1', 'Mon 10:00', 'Tue 12:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when done',
        given: (portal) =>
          portal.todo('activity:1', 'lead:1', 'Mon 10:00', 'Tue 12:00').done('activity:1', 'Wed 12:01'),
        cases: [{ from: 'Mon 10:00', opens: 'Wed 12:00', resolved: 'Wed 12:01', by: 'activity:1 Changed' }],
      },
      {
        says: 'when the deadline is moved, from which the clock runs anew',
        given: (portal) =>
          portal
            .todo('activity:1', 'lead:1', 'Mon 10:00', 'Tue 12:00')
            .reschedules('activity:1', 'Wed 15:00', 'Fri 12:00'),
        cases: [
          { from: 'Mon 10:00', opens: 'Wed 12:00', resolved: 'Wed 15:00', by: 'activity:1 Changed' },
          { from: 'Wed 15:00', opens: 'Mon2 12:00' },
        ],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) =>
          portal.todo('activity:1', 'lead:1', 'Mon 10:00', 'Tue 12:00').deleted('activity:1', 'Thu 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Wed 12:00', void: 'Thu 10:00' }],
      },
    ],
  },
  L05: {
    on: 'lead:1',
    fires: [
      {
        says: 'the deadline of one activity is moved later for the third time',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .todo('activity:1', 'lead:1', 'Mon 10:00', 'Mon 12:00')
            .reschedules('activity:1', 'Mon 11:00', 'Tue 12:00')
            .reschedules('activity:1', 'Tue 11:00', 'Wed 12:00')
            .reschedules('activity:1', 'Wed 11:00', 'Thu 12:00')
            .reschedules('activity:1', 'Thu 11:00', 'Fri 12:00'),
        cases: [{ from: 'Wed 11:00', opens: 'Thu 11:00', about: 'activity:1' }],
      },
      {
        says: 'a touch before the first of them changes nothing',
        settings: { times: 2 },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .call('9', 'lead:1', 'Mon 10:30', 'outgoing', 30)
            .todo('activity:1', 'lead:1', 'Mon 10:00', 'Mon 12:00')
            .reschedules('activity:1', 'Mon 11:00', 'Tue 12:00')
            .reschedules('activity:1', 'Tue 11:00', 'Wed 12:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Wed 11:00', about: 'activity:1' }],
      },
      {
        says: 'also on a deal',
        on: 'deal:1',
        settings: { times: 1 },
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 10:00')
            .todo('activity:1', 'deal:1', 'Mon 10:00', 'Mon 12:00')
            .reschedules('activity:1', 'Mon 11:00', 'Tue 12:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', about: 'activity:1' }],
      },
    ],
    below: [
      {
        says: 'a touch between begins the count anew, and an earlier deadline is none',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .todo('activity:1', 'lead:1', 'Mon 10:00', 'Mon 12:00')
            .reschedules('activity:1', 'Mon 11:00', 'Tue 12:00')
            .reschedules('activity:1', 'Tue 11:00', 'Wed 12:00')
            .call('9', 'lead:1', 'Tue 12:00', 'incoming', 30)
            .reschedules('activity:1', 'Wed 11:00', 'Thu 12:00')
            .reschedules('activity:1', 'Thu 10:00', 'Thu 11:00')
            .reschedules('activity:1', 'Thu 11:00', 'Fri 12:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'by a touch of the record',
        settings: { times: 1 },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .todo('activity:1', 'lead:1', 'Mon 10:00', 'Mon 12:00')
            .reschedules('activity:1', 'Mon 11:00', 'Tue 12:00')
            .call('9', 'lead:1', 'Tue 12:00', 'outgoing', 30),
        cases: [
          { from: 'Mon 11:00', opens: 'Tue 11:00', about: 'activity:1', resolved: 'Tue 12:00', by: 'call:9 Appeared' },
        ],
      },
    ],
    void: [
      {
        says: 'the activity is deleted',
        settings: { times: 1 },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .todo('activity:1', 'lead:1', 'Mon 10:00', 'Mon 12:00')
            .reschedules('activity:1', 'Mon 11:00', 'Tue 12:00')
            .deleted('activity:1', 'Thu 09:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', about: 'activity:1', void: 'Thu 09:00' }],
      },
      {
        says: 'the lead is deleted',
        settings: { times: 1 },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .todo('activity:1', 'lead:1', 'Mon 10:00', 'Mon 12:00')
            .reschedules('activity:1', 'Mon 11:00', 'Tue 12:00')
            .deleted('lead:1', 'Thu 09:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', about: 'activity:1', void: 'Thu 09:00' }],
      },
    ],
  },
  L06: {
    on: 'lead:1',
    fires: [
      {
        says: 'junk after two touches',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .call('1', 'lead:1', 'Mon 11:00', 'outgoing', 60)
            .letter('activity:2', 'lead:1', 'Tue 11:00', 'outgoing')
            .call('3', 'lead:1', 'Wed 11:00', 'outgoing', null)
            .moves('lead:1', 'JUNK', 'Thu 12:00'),
        cases: [{ from: 'Thu 12:00', opens: 'Thu 12:00' }],
      },
      {
        says: 'junk within a working day',
        settings: { touches: 0 },
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').moves('lead:1', 'JUNK', 'Tue 09:59:59'),
        cases: [{ from: 'Tue 09:59:59', opens: 'Tue 09:59:59' }],
      },
    ],
    below: [
      {
        says: 'three touches, the last at the same instant, and a whole working day',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .call('1', 'lead:1', 'Mon 11:00', 'outgoing', 60)
            .call('2', 'lead:1', 'Mon 12:00', 'incoming', 10)
            .letter('activity:3', 'lead:1', 'Tue 10:00', 'outgoing')
            .moves('lead:1', 'JUNK', 'Tue 10:00'),
        cases: [],
      },
      {
        says: 'moved on',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00').moves('lead:1', 'WORK', 'Mon 12:00'),
        cases: [],
      },
      {
        says: 'to begin as junk is no move',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00', { stage: 'JUNK' }),
        cases: [],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00').moves('lead:1', 'JUNK', 'Thu 12:00').deleted('lead:1', 'Fri 12:00'),
        cases: [{ from: 'Thu 12:00', opens: 'Thu 12:00', void: 'Fri 12:00' }],
      },
    ],
  },
  L07: {
    on: 'lead:1',
    fires: [
      {
        says: 'lost, and too little was said about it',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00', { derived: { statusDescription: { ...reason, length: 14 } } })
            .moves('lead:1', 'JUNK', 'Tue 12:00'),
        cases: [{ from: 'Tue 12:00', opens: 'Wed 12:00' }],
      },
      {
        says: 'a deal was lost without a reason, whatever its comment says',
        on: 'deal:1',
        settings: { reason_field: 'UF_REASON' },
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00', { derived: { comments: reason } }).moves('deal:1', 'LOSE', 'Tue 12:00'),
        cases: [{ from: 'Tue 12:00', opens: 'Wed 12:00' }],
      },
      {
        says: 'the reason is one that needs a comment',
        settings: { reason_field: 'UF_REASON', stop_list: ['other'] },
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00', { extra: { UF_REASON: 'other' } }).moves('lead:1', 'JUNK', 'Tue 12:00'),
        cases: [{ from: 'Tue 12:00', opens: 'Wed 12:00' }],
      },
    ],
    below: [
      {
        says: 'a placeholder is a reason still',
        settings: { reason_field: 'UF_REASON' },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00', { derived: { UF_REASON: { v: 2, length: 1, isPlaceholder: true } } })
            .moves('lead:1', 'JUNK', 'Tue 12:00'),
        cases: [],
      },
      {
        says: 'fifteen letters, written at the last instant',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .moves('lead:1', 'JUNK', 'Tue 12:00')
            .changes('lead:1', 'Wed 12:00', { texts: { statusDescription: { ...reason, length: 15 } } }),
        cases: [],
      },
      {
        says: 'a reason is enough',
        settings: { reason_field: 'UF_REASON', stop_list: ['other'] },
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00', { extra: { UF_REASON: 'price' } }).moves('lead:1', 'JUNK', 'Tue 12:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the reason is filled',
        settings: { reason_field: 'UF_REASON' },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .moves('lead:1', 'JUNK', 'Tue 12:00')
            .changes('lead:1', 'Wed 12:01', { extra: { UF_REASON: 'price' } }),
        cases: [{ from: 'Tue 12:00', opens: 'Wed 12:00', resolved: 'Wed 12:01', by: 'lead:1 Changed' }],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00').moves('lead:1', 'JUNK', 'Tue 12:00').deleted('lead:1', 'Thu 12:00'),
        cases: [{ from: 'Tue 12:00', opens: 'Wed 12:00', void: 'Thu 12:00' }],
      },
    ],
  },
  L08: {
    on: 'lead:1',
    fires: [
      {
        says: 'a working day without a source',
        given: (portal) => portal.appears('lead:1', 'Mon 10:00', { fields: { sourceId: null } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
      {
        says: 'taken away later: the clock still runs from the creation',
        on: 'deal:1',
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00').changes('deal:1', 'Thu 10:00', { fields: { sourceId: null } }),
        cases: [{ from: 'Thu 10:00', opens: 'Thu 10:00' }],
      },
    ],
    below: [
      {
        says: 'filled at the last instant',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00', { fields: { sourceId: null } })
            .changes('lead:1', 'Tue 10:00', { fields: { sourceId: 'WEB' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is filled',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00', { fields: { sourceId: null } })
            .changes('lead:1', 'Tue 10:01', { fields: { sourceId: 'WEB' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 10:01', by: 'lead:1 Changed' }],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 10:00', { fields: { sourceId: null } }).deleted('lead:1', 'Tue 10:01'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', void: 'Tue 10:01' }],
      },
    ],
  },
  L09: {
    on: 'lead:2',
    fires: [
      {
        says: 'an older open lead has the same phone',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('lead:2', 'Mon 11:00')
            .shares('lead:2', 'Mon 11:01', ['lead:1', 'phone']),
        cases: [{ from: 'Mon 11:01', opens: 'Tue 11:01' }],
      },
      {
        says: 'of two made at one instant the one with the smaller id is the older',
        given: (portal) =>
          portal
            .appears('lead:2', 'Mon 10:00')
            .appears('lead:1', 'Mon 10:00')
            .shares('lead:2', 'Mon 10:00', ['lead:1', 'email']),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'the older one is closed by then',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('lead:2', 'Mon 11:00')
            .shares('lead:2', 'Mon 11:00', ['lead:1', 'phone'])
            .moves('lead:1', 'CONVERTED', 'Tue 11:00'),
        cases: [],
      },
      {
        says: 'the younger one is no offence of the older',
        on: 'lead:1',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('lead:2', 'Mon 11:00')
            .shares('lead:1', 'Mon 11:01', ['lead:2', 'phone']),
        cases: [],
      },
      {
        says: 'the same title is nothing',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('lead:2', 'Mon 11:00')
            .shares('lead:2', 'Mon 11:01', ['lead:1', 'title']),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the older one is merged into this one',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('lead:2', 'Mon 11:00')
            .shares('lead:2', 'Mon 11:00', ['lead:1', 'phone'])
            .merged('lead:1', '2', 'Wed 11:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', resolved: 'Wed 11:00', by: 'lead:1 Merged' }],
      },
    ],
    void: [
      {
        says: 'merged into the older one',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .appears('lead:2', 'Mon 11:00')
            .shares('lead:2', 'Mon 11:00', ['lead:1', 'phone'])
            .merged('lead:2', '1', 'Wed 11:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', void: 'Wed 11:00', into: 'lead:1' }],
      },
    ],
  },
  L10: {
    on: 'contact:1',
    fires: [
      {
        says: 'made from a lead with neither phone nor e-mail',
        given: (portal) =>
          portal.appears('contact:1', 'Mon 10:00', {
            fields: { leadId: '1' },
            derived: { phones: { v: 2, length: 0 } },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'not made from a lead',
        given: (portal) => portal.appears('contact:1', 'Mon 10:00', { derived: { phones: { v: 2, length: 0 } } }),
        cases: [],
      },
      {
        says: 'with a phone',
        given: (portal) => portal.appears('contact:1', 'Mon 10:00', { fields: { leadId: '1' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when an e-mail is written down',
        given: (portal) =>
          portal
            .appears('contact:1', 'Mon 10:00', { fields: { leadId: '1' }, derived: { phones: { v: 2, length: 0 } } })
            .changes('contact:1', 'Tue 12:00', { texts: { emails: phone } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 12:00', by: 'contact:1 Changed' }],
      },
    ],
    void: [
      {
        says: 'merged',
        given: (portal) =>
          portal
            .appears('contact:1', 'Mon 10:00', { fields: { leadId: '1' }, derived: { phones: { v: 2, length: 0 } } })
            .merged('contact:1', '2', 'Tue 12:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', void: 'Tue 12:00', into: 'contact:2' }],
      },
    ],
  },
  L11: {
    on: 'lead:1',
    fires: [
      {
        says: 'the same phone called two hours before somebody made the lead by hand',
        given: (portal) =>
          portal
            .call('7', 'contact:1', 'Mon 08:00', 'incoming', 60)
            .appears('lead:1', 'Mon 10:00')
            .shares('call:7', 'Mon 10:00', ['lead:1', 'phone']),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
      {
        says: 'a verdict alone ends it, not the binding of the call',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .call('7', 'contact:1', 'Mon 12:00', 'incoming', 60)
            .shares('call:7', 'Mon 12:00', ['lead:1', 'phone'])
            .changes('activity:7', 'Wed 12:00', { fields: { ownerKind: 'lead', ownerObjectId: '1' } }),
        cases: [{ from: 'Mon 12:00', opens: 'Tue 12:00' }],
      },
    ],
    below: [
      {
        says: 'the call began a second too early',
        given: (portal) =>
          portal
            .call('7', 'contact:1', 'Mon 07:59:59', 'incoming', 60)
            .appears('lead:1', 'Mon 10:00')
            .shares('call:7', 'Mon 10:00', ['lead:1', 'phone']),
        cases: [],
      },
      {
        says: 'nobody made the lead',
        given: (portal) =>
          portal
            .call('7', 'contact:1', 'Mon 09:00', 'incoming', 60)
            .appears('lead:1', 'Mon 10:00', { by: null })
            .shares('call:7', 'Mon 10:00', ['lead:1', 'phone']),
        cases: [],
      },
      {
        says: 'the lead came through a channel',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00', { fields: { originId: 'form-1' } })
            .call('7', 'contact:1', 'Mon 09:00', 'incoming', 60)
            .shares('call:7', 'Mon 10:00', ['lead:1', 'phone']),
        cases: [],
      },
      {
        says: 'the call is bound to the lead',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .call('7', 'lead:1', 'Mon 10:00', 'incoming', 60)
            .shares('call:7', 'Mon 10:00', ['lead:1', 'phone']),
        cases: [],
      },
    ],
    void: [
      {
        says: 'deleted, also after the call was bound',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 10:00')
            .call('7', 'contact:1', 'Mon 12:00', 'incoming', 60)
            .shares('call:7', 'Mon 12:00', ['lead:1', 'phone'])
            .changes('activity:7', 'Wed 12:00', { fields: { ownerKind: 'lead', ownerObjectId: '1' } })
            .deleted('lead:1', 'Fri 12:00'),
        cases: [{ from: 'Mon 12:00', opens: 'Tue 12:00', void: 'Fri 12:00' }],
      },
    ],
  },
  L12: {
    on: 'lead:1',
    fires: [
      {
        says: 'the third change within two working days; further ones join until a touch',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '6' } })
            .changes('lead:1', 'Tue 10:00', { fields: { ownerId: '5' } })
            .changes('lead:1', 'Wed 10:00', { fields: { ownerId: '6' } })
            .changes('lead:1', 'Wed 11:00', { fields: { ownerId: '5' } })
            .changes('lead:1', 'Wed 12:00', { fields: { ownerId: '7' } }),
        cases: [{ from: 'Wed 10:00', opens: 'Thu 10:00', items: ['lead:1', 'lead:1', 'lead:1'] }],
      },
      {
        says: 'a touch before the first of them changes nothing',
        settings: { times: 1 },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .call('1', 'lead:1', 'Mon 09:30', 'outgoing', 30)
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '6' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'a minute later the first change lies too far back',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '6' } })
            .changes('lead:1', 'Tue 10:00', { fields: { ownerId: '5' } })
            .changes('lead:1', 'Wed 10:01', { fields: { ownerId: '6' } }),
        cases: [],
      },
      {
        says: 'with a touch between',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '6' } })
            .changes('lead:1', 'Mon 11:00', { fields: { ownerId: '5' } })
            .call('1', 'lead:1', 'Mon 12:00', 'outgoing', 30)
            .changes('lead:1', 'Mon 13:00', { fields: { ownerId: '6' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'by a touch',
        on: 'deal:1',
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 09:00')
            .changes('deal:1', 'Mon 10:00', { fields: { ownerId: '6' } })
            .changes('deal:1', 'Mon 11:00', { fields: { ownerId: '5' } })
            .changes('deal:1', 'Mon 12:00', { fields: { ownerId: '7' } })
            .letter('activity:1', 'deal:1', 'Wed 12:00', 'outgoing'),
        cases: [{ from: 'Mon 12:00', opens: 'Tue 12:00', resolved: 'Wed 12:00', by: 'activity:1 Appeared' }],
      },
    ],
    void: [
      {
        says: 'deleted',
        settings: { times: 1 },
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '6' } })
            .deleted('lead:1', 'Wed 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', void: 'Wed 10:00' }],
      },
    ],
  },
  L13: {
    on: 'lead:1',
    settings: { queue_users: ['100'] },
    fires: [
      {
        says: 'given back to the queue without a touch',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 09:00').changes('lead:1', 'Mon 10:00', { fields: { ownerId: '100' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'with a touch at that very instant',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '100' } })
            .letter('activity:1', 'lead:1', 'Mon 10:00', 'outgoing'),
        cases: [],
      },
      {
        says: 'given to a colleague',
        given: (portal) =>
          portal.appears('lead:1', 'Mon 09:00').changes('lead:1', 'Mon 10:00', { fields: { ownerId: '6' } }),
        cases: [],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) =>
          portal
            .appears('lead:1', 'Mon 09:00')
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '100' } })
            .deleted('lead:1', 'Thu 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', void: 'Thu 10:00' }],
      },
    ],
  },
});
