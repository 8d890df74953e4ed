import type { Chronicle } from '../../chronicle/chronicle.spec-fixture.js';
import { activityRules } from './activities.js';
import { specify } from './specify.spec-fixture.js';

const lead = (portal: Chronicle) => portal.appears('lead:1', 'Mon 09:00');
const task = (portal: Chronicle, at: string, closed: object = {}) =>
  portal.appears('task:1', at, {
    fields: { status: '2', closedAt: null, closedBy: null, crmBindings: ['L_1', 'C_3'], ...closed },
  });

/** So many activities with a deadline of Monday noon. */
function overdue(portal: Chronicle, count: number): Chronicle {
  for (let index = 1; index <= count; index += 1) portal.todo(`activity:${index}`, 'lead:1', 'Mon 10:00', 'Mon 12:00');
  return portal;
}

specify(activityRules, {
  A01: {
    on: 'lead:1',
    fires: [
      {
        says: 'half an hour has been worked and nobody called back',
        given: (portal) => lead(portal).call('1', 'lead:1', 'Mon 17:50', 'incoming', null),
        cases: [{ from: 'Mon 17:50', opens: 'Tue 09:20', about: 'activity:1' }],
      },
      {
        says: 'every missed call is a case of its own; to try in vain is not to call back',
        on: 'contact:1',
        given: (portal) =>
          portal
            .appears('contact:1', 'Mon 09:00')
            .call('1', 'contact:1', 'Mon 10:00', 'incoming', null)
            .call('2', 'contact:1', 'Mon 10:10', 'incoming', null)
            .call('3', 'contact:1', 'Mon 10:20', 'outgoing', null),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 10:30', about: 'activity:1' },
          { from: 'Mon 10:10', opens: 'Mon 10:40', about: 'activity:2' },
        ],
      },
    ],
    below: [
      {
        says: 'called back at the last instant, if only for a second',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'incoming', null)
            .call('2', 'lead:1', 'Mon 10:30', 'outgoing', 1),
        cases: [],
      },
      {
        says: 'the call is another record’s, bound to this one too',
        given: (portal) =>
          lead(portal)
            .call('1', 'contact:1', 'Mon 10:00', 'incoming', null)
            .changes('activity:1', 'Mon 10:01', { extra: { BINDINGS: [{ OWNER_TYPE_ID: '1', OWNER_ID: '1' }] } }),
        cases: [],
      },
      {
        says: 'without a row of telephony nobody knows that a call was missed',
        given: (portal) =>
          lead(portal).activity('activity:1', 'lead:1', 'Mon 10:00', {
            fields: { activityType: '2', direction: 'incoming', completed: true },
          }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the client calls again and is heard',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'incoming', null)
            .call('2', 'lead:1', 'Mon 11:00', 'incoming', 5),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 10:30', about: 'activity:1', resolved: 'Mon 11:00', by: 'call:2 Appeared' },
        ],
      },
    ],
    void: [
      {
        says: 'the lead is deleted',
        given: (portal) =>
          lead(portal).call('1', 'lead:1', 'Mon 10:00', 'incoming', null).deleted('lead:1', 'Tue 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:30', about: 'activity:1', void: 'Tue 10:00' }],
      },
    ],
  },
  A02: {
    on: 'lead:1',
    fires: [
      {
        says: 'an hour after a call of thirty seconds nothing was written',
        given: (portal) => lead(portal).call('1', 'lead:1', 'Mon 10:00', 'incoming', 30),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1' }],
      },
      {
        says: 'that the call itself is done afterwards is no result',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'outgoing', 60)
            .changes('activity:1', 'Mon 10:01', { fields: { completed: false } })
            .done('activity:1', 'Mon 10:02'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1' }],
      },
    ],
    below: [
      {
        says: 'twenty-nine seconds, or with a comment at once',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'incoming', 29)
            .call('2', 'lead:1', 'Tue 10:00', 'outgoing', 300, { comment: 1 }),
        cases: [],
      },
      {
        says: 'nobody is known to have spoken',
        given: (portal) => lead(portal).call('1', 'lead:1', 'Mon 10:00', 'incoming', 60, { by: null }),
        cases: [],
      },
      {
        says: 'the lead is moved at the last instant',
        given: (portal) =>
          lead(portal).call('1', 'lead:1', 'Mon 10:00', 'incoming', 30).moves('lead:1', 'WORK', 'Mon 11:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the description of the activity is written',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'incoming', 30)
            .changes('activity:1', 'Mon 12:00', { texts: { description: { v: 2, length: 9 } } }),
        cases: [
          {
            from: 'Mon 10:00',
            opens: 'Mon 11:00',
            about: 'activity:1',
            resolved: 'Mon 12:00',
            by: 'activity:1 Changed',
          },
        ],
      },
      {
        says: 'when the comment of the call is written',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'incoming', 30)
            .changes('call:1', 'Mon 12:00', { by: null, texts: { comment: { v: 2, length: 9 } } }),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1', resolved: 'Mon 12:00', by: 'call:1 Changed' },
        ],
      },
      {
        says: 'when a text of the lead changes',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'incoming', 30)
            .changes('lead:1', 'Mon 12:00', { texts: { comments: { v: 2, length: 9 } } }),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1', resolved: 'Mon 12:00', by: 'lead:1 Changed' },
        ],
      },
      {
        says: 'when another activity is made',
        on: 'deal:1',
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 09:00')
            .call('1', 'deal:1', 'Mon 10:00', 'incoming', 30)
            .todo('activity:2', 'deal:1', 'Mon 12:00'),
        cases: [
          {
            from: 'Mon 10:00',
            opens: 'Mon 11:00',
            about: 'activity:1',
            resolved: 'Mon 12:00',
            by: 'activity:2 Appeared',
          },
        ],
      },
    ],
    void: [
      {
        says: 'the activity of the call is deleted',
        given: (portal) =>
          lead(portal).call('1', 'lead:1', 'Mon 10:00', 'incoming', 30).deleted('activity:1', 'Tue 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1', void: 'Tue 10:00' }],
      },
    ],
  },
  A03: {
    on: 'activity:1',
    fires: [
      {
        says: 'a working day after the end of the meeting',
        given: (portal) => portal.meeting('activity:1', 'deal:1', 'Mon 10:00', 'Fri 16:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon2 16:00' }],
      },
    ],
    below: [
      {
        says: 'done at the last instant',
        given: (portal) =>
          portal.meeting('activity:1', 'deal:1', 'Mon 10:00', 'Fri 16:00').done('activity:1', 'Mon2 16:00'),
        cases: [],
      },
      {
        says: 'a meeting that is to end at no time',
        given: (portal) => portal.activity('activity:1', 'deal:1', 'Mon 10:00', { fields: { activityType: '1' } }),
        cases: [],
      },
      {
        says: 'a to-do',
        given: (portal) => portal.todo('activity:1', 'deal:1', 'Mon 10:00', 'Tue 16:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is put off, from where the clock runs anew, and when it was held',
        given: (portal) =>
          portal
            .meeting('activity:1', 'deal:1', 'Mon 10:00', 'Tue 16:00')
            .changes('activity:1', 'Thu 10:00', { fields: { endAt: '2026-04-10T12:00:00.000Z' } })
            .done('activity:1', 'Tue2 10:00'),
        cases: [
          { from: 'Mon 10:00', opens: 'Wed 16:00', resolved: 'Thu 10:00', by: 'activity:1 Changed' },
          { from: 'Thu 10:00', opens: 'Mon2 15:00', resolved: 'Tue2 10:00', by: 'activity:1 Changed#2' },
        ],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) =>
          portal.meeting('activity:1', 'deal:1', 'Mon 10:00', 'Tue 16:00').deleted('activity:1', 'Fri 16:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Wed 16:00', void: 'Fri 16:00' }],
      },
    ],
  },
  A04: {
    on: 'lead:1',
    fires: [
      {
        says: 'a letter without an answer for an hour',
        given: (portal) => lead(portal).letter('activity:1', 'lead:1', 'Mon 17:30', 'incoming'),
        cases: [{ from: 'Mon 17:30', opens: 'Tue 09:30', about: 'activity:1' }],
      },
      {
        says: 'a message of a messenger',
        on: 'contact:1',
        given: (portal) =>
          portal.appears('contact:1', 'Mon 09:00').activity('activity:1', 'contact:1', 'Mon 10:00', {
            fields: { providerId: 'IMOPENLINES_SESSION', direction: 'incoming' },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1' }],
      },
    ],
    below: [
      {
        says: 'without a direction it is a to-do',
        given: (portal) =>
          lead(portal).activity('activity:1', 'lead:1', 'Mon 10:00', { fields: { providerId: 'IMOPENLINES_SESSION' } }),
        cases: [],
      },
      {
        says: 'answered at the last instant',
        given: (portal) =>
          lead(portal)
            .letter('activity:1', 'lead:1', 'Mon 10:00', 'incoming')
            .letter('activity:2', 'lead:1', 'Mon 11:00', 'outgoing'),
        cases: [],
      },
      {
        says: 'a letter of ours',
        given: (portal) => lead(portal).letter('activity:1', 'lead:1', 'Mon 10:00', 'outgoing'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'by a connected call',
        given: (portal) =>
          lead(portal)
            .letter('activity:1', 'lead:1', 'Mon 10:00', 'incoming')
            .call('2', 'lead:1', 'Mon 12:00', 'outgoing', null)
            .call('3', 'lead:1', 'Mon 13:00', 'outgoing', 3),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1', resolved: 'Mon 13:00', by: 'call:3 Appeared' },
        ],
      },
    ],
    void: [
      {
        says: 'the letter is deleted',
        given: (portal) =>
          lead(portal).letter('activity:1', 'lead:1', 'Mon 10:00', 'incoming').deleted('activity:1', 'Tue 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 11:00', about: 'activity:1', void: 'Tue 10:00' }],
      },
    ],
  },
  A05: {
    on: 'lead:1',
    fires: [
      {
        says: 'closed 119 seconds after it was made',
        given: (portal) =>
          task(lead(portal), 'Mon 10:00').changes('task:1', 'Mon 10:01:59', { fields: { status: '5' } }),
        cases: [{ from: 'Mon 10:01:59', opens: 'Tue 10:01:59', about: 'task:1' }],
      },
      {
        says: 'closed already when it was seen for the first time',
        given: (portal) =>
          task(lead(portal), 'Mon 10:00', { status: '5', closedAt: '2026-04-06T07:01:00.000Z', closedBy: '6' }),
        cases: [{ from: 'Mon 10:01', opens: 'Tue 10:01', about: 'task:1' }],
      },
    ],
    below: [
      {
        says: 'two minutes',
        given: (portal) => task(lead(portal), 'Mon 10:00').changes('task:1', 'Mon 10:02', { fields: { status: '5' } }),
        cases: [],
      },
      {
        says: 'with a touch at the instant of closing',
        given: (portal) =>
          task(lead(portal), 'Mon 10:00')
            .letter('activity:2', 'lead:1', 'Mon 10:01', 'outgoing')
            .changes('task:1', 'Mon 10:01', { fields: { status: '5' } }),
        cases: [],
      },
    ],
    void: [
      {
        says: 'the task is deleted',
        given: (portal) =>
          task(lead(portal), 'Mon 10:00')
            .changes('task:1', 'Mon 10:01', { fields: { status: '5' } })
            .deleted('task:1', 'Wed 10:00'),
        cases: [{ from: 'Mon 10:01', opens: 'Tue 10:01', about: 'task:1', void: 'Wed 10:00' }],
      },
    ],
  },
  A06: {
    on: 'employee:5',
    fires: [
      {
        says: 'the tenth overdue activity within five minutes',
        given: (portal) => {
          overdue(portal, 11);
          for (let index = 1; index <= 9; index += 1) portal.done(`activity:${index}`, 'Tue 10:00');
          return portal.done('activity:10', 'Tue 10:05').done('activity:11', 'Tue 11:05');
        },
        cases: [{ from: 'Tue 10:05', opens: 'Wed 10:05', items: ['activity:10'] }],
      },
      {
        says: 'what is overdue and finished within the hour after joins; what is on time does not, nor what comes later',
        settings: { count: 1 },
        given: (portal) =>
          overdue(portal, 3)
            .todo('activity:4', 'lead:1', 'Mon 10:00', 'Fri 10:00')
            .done('activity:1', 'Tue 10:00')
            .done('activity:4', 'Tue 10:01')
            .done('activity:2', 'Tue 11:00')
            .done('activity:3', 'Tue 12:00:01'),
        cases: [
          { from: 'Tue 10:00', opens: 'Wed 10:00', items: ['activity:1', 'activity:2'] },
          { from: 'Tue 12:00:01', opens: 'Wed 12:00:01', items: ['activity:3'] },
        ],
      },
    ],
    below: [
      {
        says: 'the portal closes what is open when the lead ends',
        settings: { count: 1 },
        given: (portal) =>
          overdue(portal, 1).changes('activity:1', 'Tue 10:00', { fields: { completed: true, status: '3' } }),
        cases: [],
      },
      {
        says: 'one of ten was not overdue',
        given: (portal) => {
          overdue(portal, 9).todo('activity:10', 'lead:1', 'Mon 10:00', 'Tue 10:00');
          for (let index = 1; index <= 10; index += 1) portal.done(`activity:${index}`, 'Tue 10:00');
          return portal;
        },
        cases: [],
      },
      {
        says: 'a second too slow',
        given: (portal) => {
          overdue(portal, 10);
          for (let index = 1; index <= 9; index += 1) portal.done(`activity:${index}`, 'Tue 10:00');
          return portal.done('activity:10', 'Tue 10:05:01');
        },
        cases: [],
      },
      {
        says: 'one of ten was finished by somebody else',
        given: (portal) => {
          overdue(portal, 10);
          for (let index = 1; index <= 10; index += 1)
            portal.done(`activity:${index}`, 'Tue 10:00', index === 1 ? '6' : '5');
          return portal;
        },
        cases: [],
      },
    ],
  },
  A07: {
    on: 'lead:1',
    settings: { allowed: ['8'] },
    fires: [
      {
        says: 'a colleague calls; what follows within a working day joins',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'outgoing', 10, { by: '6' })
            .call('2', 'lead:1', 'Tue 10:00', 'outgoing', 10, { by: '7' })
            .call('3', 'lead:1', 'Thu 10:00', 'outgoing', 10, { by: '6' }),
        cases: [
          { from: 'Mon 10:00', opens: 'Tue 10:00', items: ['activity:1', 'activity:2'] },
          { from: 'Thu 10:00', opens: 'Fri 10:00', items: ['activity:3'] },
        ],
      },
      {
        says: 'a call without a row of telephony, when it is done',
        given: (portal) =>
          lead(portal)
            .activity('activity:1', 'lead:1', 'Mon 10:00', {
              fields: {
                ...{ activityType: '2', direction: 'outgoing', responsibleId: '6' },
                ...{ startAt: '2026-04-06T07:00:00.000Z', endAt: '2026-04-06T07:01:00.000Z' },
              },
            })
            .done('activity:1', 'Mon 11:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [
      {
        says: 'the owner, one who may, a client who calls, and a call in vain',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'outgoing', 60)
            .call('2', 'lead:1', 'Mon 10:00', 'outgoing', 60, { by: '8' })
            .call('3', 'lead:1', 'Mon 10:00', 'incoming', 60, { by: '6' })
            .call('4', 'lead:1', 'Mon 10:00', 'outgoing', null, { by: '6' }),
        cases: [],
      },
      {
        says: 'the owner of that instant',
        given: (portal) =>
          lead(portal)
            .changes('lead:1', 'Mon 10:00', { fields: { ownerId: '6' } })
            .call('1', 'lead:1', 'Mon 10:00', 'outgoing', 60, { by: '6' }),
        cases: [],
      },
      {
        says: 'nobody is known to have called, or to be responsible',
        given: (portal) =>
          lead(portal)
            .call('1', 'lead:1', 'Mon 10:00', 'outgoing', 60, { by: null })
            .changes('lead:1', 'Mon 11:00', { fields: { ownerId: null } })
            .call('2', 'lead:1', 'Mon 12:00', 'outgoing', 60, { by: '6' }),
        cases: [],
      },
    ],
    void: [
      {
        says: 'the lead is deleted',
        given: (portal) =>
          lead(portal).call('1', 'lead:1', 'Mon 10:00', 'outgoing', 10, { by: '6' }).deleted('lead:1', 'Wed 10:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', void: 'Wed 10:00' }],
      },
    ],
  },
  A08: {
    on: 'activity:1',
    fires: [
      {
        says: 'half an hour after the time that was agreed',
        given: (portal) =>
          portal.activity('activity:1', 'lead:1', 'Mon 10:00', {
            fields: { activityType: '2', direction: 'outgoing', deadline: '2026-04-06T14:45:00.000Z' },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 09:15' }],
      },
    ],
    below: [
      {
        says: 'called at the last instant',
        given: (portal) =>
          portal
            .activity('activity:1', 'lead:1', 'Mon 10:00', {
              fields: { activityType: '2', direction: 'outgoing', deadline: '2026-04-06T08:00:00.000Z' },
            })
            .done('activity:1', 'Mon 11:30'),
        cases: [],
      },
      {
        says: 'an incoming call',
        given: (portal) =>
          portal.activity('activity:1', 'lead:1', 'Mon 10:00', {
            fields: { activityType: '2', direction: 'incoming', deadline: '2026-04-06T08:00:00.000Z' },
          }),
        cases: [],
      },
      { says: 'a to-do', given: (portal) => portal.todo('activity:1', 'lead:1', 'Mon 10:00', 'Mon 11:00'), cases: [] },
      {
        says: 'a call that is due at no time',
        given: (portal) => portal.activity('activity:1', 'lead:1', 'Mon 10:00', { fields: { activityType: '2' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the call is put off, and when it is done',
        given: (portal) =>
          portal
            .activity('activity:1', 'lead:1', 'Mon 10:00', {
              fields: { activityType: '2', direction: 'outgoing', deadline: '2026-04-06T08:00:00.000Z' },
            })
            .reschedules('activity:1', 'Mon 12:00', 'Tue 12:00')
            .done('activity:1', 'Tue 13:00'),
        cases: [
          { from: 'Mon 10:00', opens: 'Mon 11:30', resolved: 'Mon 12:00', by: 'activity:1 Changed' },
          { from: 'Mon 12:00', opens: 'Tue 12:30', resolved: 'Tue 13:00', by: 'activity:1 Changed#2' },
        ],
      },
    ],
    void: [
      {
        says: 'deleted',
        given: (portal) =>
          portal
            .activity('activity:1', 'lead:1', 'Mon 10:00', {
              fields: { activityType: '2', direction: 'outgoing', deadline: '2026-04-06T08:00:00.000Z' },
            })
            .deleted('activity:1', 'Wed 12:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 11:30', void: 'Wed 12:00' }],
      },
    ],
  },
  A09: {
    on: 'employee:5',
    fires: [
      {
        says: 'a call was audited, and failed',
        given: (portal) => portal.drawn('1', 'activity:7', 'Mon 10:00').scored('1', 'Tue 12:00', 69),
        cases: [{ from: 'Tue 12:00', opens: 'Tue 12:00', about: 'activity:7' }],
      },
      {
        says: 'each failed audit, about its record',
        given: (portal) =>
          portal
            .drawn('1', 'deal:1', 'Mon 10:00')
            .drawn('2', 'deal:2', 'Mon 10:00')
            .scored('2', 'Tue 12:00', 0)
            .scored('1', 'Wed 12:00', 50),
        cases: [
          { from: 'Tue 12:00', opens: 'Tue 12:00', about: 'deal:2' },
          { from: 'Wed 12:00', opens: 'Wed 12:00', about: 'deal:1' },
        ],
      },
    ],
    below: [
      {
        says: 'it passed',
        given: (portal) => portal.drawn('1', 'deal:1', 'Mon 10:00').scored('1', 'Tue 12:00', 70),
        cases: [],
      },
      { says: 'nobody scored it yet', given: (portal) => portal.drawn('1', 'deal:1', 'Mon 10:00'), cases: [] },
      {
        says: 'it was the work of somebody else',
        given: (portal) => portal.drawn('1', 'deal:1', 'Mon 10:00', '6').scored('1', 'Tue 12:00', 0),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the score is taken back',
        given: (portal) =>
          portal.drawn('1', 'deal:1', 'Mon 10:00').scored('1', 'Tue 12:00', 0).scoreWithdrawn('1', 'Tue 13:00'),
        cases: [
          {
            ...{ from: 'Tue 12:00', opens: 'Tue 12:00', about: 'deal:1' },
            ...{ resolved: 'Tue 13:00', by: 'audit:1 Withdrawn' },
          },
        ],
      },
      {
        says: 'given anew, the score that stands counts',
        given: (portal) =>
          portal
            .drawn('1', 'deal:1', 'Mon 10:00')
            .scored('1', 'Tue 12:00', 90)
            .scoreWithdrawn('1', 'Tue 12:10')
            .scored('1', 'Tue 12:20', 40),
        cases: [{ from: 'Tue 12:20', opens: 'Tue 12:20', about: 'deal:1' }],
      },
    ],
  },
});
