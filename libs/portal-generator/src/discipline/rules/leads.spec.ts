import type { SmallPortal, Tale } from '../small-portal.spec-fixture.js';
import { testTales } from '../test-tales.spec-fixture.js';

const rules: Record<string, Tale[]> = {
  L01: [
    {
      story: 'nobody calls within half an hour of work',
      tell: (portal) => portal.lead('01 17:45'),
      live: ['lead:1 01 17:45 > 02 09:15'],
    },
    {
      story: 'a call of the last minute is in time, and an incoming one is no first touch',
      tell: (portal) =>
        portal
          .lead('01 10:00')
          .call('01 10:30', 'lead:1')
          .lead('01 11:00')
          .call('01 11:05', 'lead:2', { incoming: true }),
      live: ['lead:2 01 11:00 > 01 11:30'],
    },
    {
      story: 'hot sources have five minutes; the late call ends the case',
      tell: (portal) => portal.lead('01 10:00', { SOURCE_ID: 'WEB' }).call('01 10:06', 'lead:1'),
      live: ['lead:1 01 10:00 > 01 10:05 resolved 01 10:06'],
    },
    {
      story: 'a call of nine seconds and one that was not answered touch nobody',
      tell: (portal) =>
        portal.lead('01 10:00').call('01 10:10', 'lead:1', { seconds: 9 }).call('01 10:12', 'lead:1', { code: '480' }),
      live: ['lead:1 01 10:00 > 01 10:30'],
    },
    {
      story: 'a deleted lead is void, and one deleted before its time never was a case',
      tell: (portal) =>
        portal.lead('01 10:00').remove('01 11:00', 'lead:1').lead('01 12:00').remove('01 12:30', 'lead:2'),
      live: ['lead:1 01 10:00 > 01 10:30 void 01 11:00'],
      history: [],
    },
    {
      story: 'the touches of a merged lead are those of the other one from then on',
      tell: (portal) =>
        portal.lead('01 10:00').lead('01 10:00').call('01 10:05', 'lead:2').merge('01 11:00', 'lead:1', 'lead:2'),
      live: ['lead:1 01 10:00 > 01 10:30 resolved 01 11:00'],
      history: [],
    },
  ],
  L02: [
    {
      story: 'a working day in the first stage, then it moves on',
      tell: (portal) => portal.lead('03 10:00').move('07 09:00', 'lead:1', 'WORK'),
      live: ['lead:1 03 10:00 > 04 10:00 resolved 07 09:00'],
    },
    {
      story: 'moved at the very instant: in time',
      tell: (portal) => portal.lead('04 10:00').move('07 10:00', 'lead:1', 'WORK'),
      live: [],
    },
    {
      story: 'Saturday begins on Monday morning; back in the first stage the clock begins anew',
      tell: (portal) => portal.lead('05 13:00').move('07 12:00', 'lead:1', 'WORK').move('14 11:00', 'lead:1', 'NEW'),
      live: ['lead:1 14 11:00 > 15 11:00'],
    },
  ],
  L03: [
    {
      story: 'four hours of work without a plan; a planned step ends it',
      tell: (portal) => portal.lead('01 10:00').todo('01 15:00', 'lead:1', '20 10:00'),
      live: ['lead:1 01 10:00 > 01 14:00 resolved 01 15:00'],
    },
    {
      story: 'the clock begins when the last step is done; a task and an outgoing call are plans, a letter is none',
      tell: (portal) =>
        portal
          .lead('01 10:00')
          .todo('01 10:00', 'lead:1', '02 10:00')
          .done('01 16:00', 'activity:1')
          .task('02 10:59', 'L_1', '20 10:00')
          .done('03 09:00', 'task:1')
          .activity('03 12:00', 'lead:1', { TYPE_ID: '2', DIRECTION: '2', COMPLETED: 'N' })
          .done('03 13:00', 'activity:2')
          .letter('03 14:00', 'lead:1', { incoming: true }),
      live: ['lead:1 03 13:00 > 03 17:00'],
      history: ['lead:1 03 13:00 > 03 17:00'],
    },
    {
      story: 'the end of a working day is in time for four hours',
      tell: (portal) => portal.lead('01 14:00').todo('01 18:00', 'lead:1', '20 10:00'),
      live: [],
    },
    {
      story: 'a lost lead needs no plan',
      tell: (portal) => portal.lead('01 10:00').move('01 13:00', 'lead:1', 'JUNK'),
      live: [],
    },
  ],
  L04: [
    {
      story: 'a working day past the deadline; done ends it',
      tell: (portal) => portal.lead('01 09:00').todo('01 10:00', 'lead:1', '02 12:00').done('04 10:00', 'activity:1'),
      live: ['activity:1 01 10:00 > 03 12:00 resolved 04 10:00'],
      history: ['activity:1 01 10:00 > 03 12:00 resolved 04 10:00'],
    },
    {
      story: 'moved in time begins anew; what was planned for the past opens at once',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .todo('01 10:00', 'deal:1', '02 12:00')
          .change('03 12:00', 'activity:1', { DEADLINE: '2026-09-08T09:00:00Z' })
          .todo('10 10:00', 'deal:1', '01 12:00'),
      live: ['activity:1 03 12:00 > 09 12:00', 'activity:2 10 10:00 > 10 10:00'],
      history: ['activity:1 01 10:00 > 09 12:00', 'activity:2 10 10:00 > 10 10:00'],
    },
    {
      story: 'meetings have a rule of their own, contacts none, and the end of a deal closes what is open',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .contact('01 09:00')
          .meeting('01 10:00', 'deal:1', '01 11:00')
          .todo('01 10:00', 'contact:1', '01 11:00')
          .todo('01 10:00', 'deal:1', '01 11:00')
          .move('02 11:00', 'deal:1', 'LOSE'),
      live: [],
    },
    {
      story: 'tasks count; a task that names a deal which has gone still does',
      tell: (portal) =>
        portal.deal('01 09:00').task('01 10:00', 'D_1', '01 12:00').remove('03 12:00', 'deal:1').lead('04 09:00'),
      live: ['task:1 01 10:00 > 02 12:00'],
    },
    {
      story: 'an activity that goes with its deal is void',
      tell: (portal) => portal.deal('01 09:00').todo('01 10:00', 'deal:1', '01 12:00').remove('03 12:00', 'deal:1'),
      live: ['activity:1 01 10:00 > 02 12:00 void 03 12:00'],
      history: [],
    },
  ],
  L05: [
    {
      story: 'the third later move, and not the fourth, until a touch',
      tell: (portal) =>
        putOff(portal.lead('01 09:00').todo('01 10:00', 'lead:1', '02 10:00'), 4).call('10 12:00', 'lead:1'),
      live: ['lead:1 about activity:1 04 10:00 > 07 10:00 resolved 10 12:00'],
      history: [],
    },
    {
      story: 'a touch in between counts from nothing again',
      tell: (portal) =>
        putOff(portal.deal('01 09:00').todo('01 10:00', 'deal:1', '02 10:00').letter('03 12:00', 'deal:1'), 3),
      live: [],
    },
    {
      story: 'an earlier deadline is no putting off',
      tell: (portal) =>
        putOff(portal.deal('01 09:00').todo('01 10:00', 'deal:1', '02 10:00'), 2).change('08 10:00', 'activity:1', {
          DEADLINE: '2026-09-03T07:00:00Z',
        }),
      live: [],
    },
    {
      story: 'touched within the working day: no case',
      tell: (portal) =>
        putOff(portal.lead('01 09:00').todo('01 10:00', 'lead:1', '02 10:00'), 3).call('07 10:00', 'lead:1'),
      live: [],
    },
  ],
  L06: [
    {
      story: 'lost with two touches, and with three before a working day has passed',
      tell: (portal) =>
        touched(portal.lead('01 10:00'), 'lead:1', 2)
          .move('04 10:00', 'lead:1', 'JUNK')
          .lead('07 10:00')
          .call('07 10:01', 'lead:2')
          .call('07 10:03', 'lead:2')
          .call('07 10:05', 'lead:2')
          .move('08 09:59', 'lead:2', 'JUNK'),
      live: ['lead:1 04 10:00 > 04 10:00', 'lead:2 08 09:59 > 08 09:59'],
    },
    {
      story: 'three touches and a working day are ground enough; from one lost stage to another is no giving up',
      tell: (portal) =>
        touched(portal.lead('01 10:00'), 'lead:1', 3)
          .move('02 10:00', 'lead:1', 'JUNK')
          .lead('01 10:00', { STATUS_ID: 'JUNK' })
          .move('03 10:00', 'lead:2', 'BUDGET'),
      live: [],
    },
  ],
  L07: [
    {
      story: 'no reason; filling it in ends the case',
      tell: (portal) =>
        portal.lead('01 10:00').move('02 10:00', 'lead:1', 'JUNK').change('04 10:00', 'lead:1', { UF_REASON: 'price' }),
      live: ['lead:1 02 10:00 > 03 10:00 resolved 04 10:00'],
      history: [],
    },
    {
      story: 'filled within a working day: no case',
      tell: (portal) =>
        portal.lead('01 10:00').move('02 10:00', 'lead:1', 'JUNK').change('03 10:00', 'lead:1', { UF_REASON: 'price' }),
      live: [],
    },
    {
      story: '"other" wants a comment of fifteen letters: of a deal its comment, of a lead that about the status',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('02 10:00', 'deal:1', 'LOSE', { UF_REASON: 'other', COMMENTS: ' fourteen lette ' })
          .deal('01 10:00')
          .move('02 10:00', 'deal:2', 'LOSE', { UF_REASON: 'other', COMMENTS: 'fifteen letters' })
          .lead('01 10:00')
          .move('02 10:00', 'lead:1', 'JUNK', { UF_REASON: 'other', COMMENTS: 'a long enough comment' }),
      live: ['deal:1 02 10:00 > 03 10:00', 'lead:1 02 10:00 > 03 10:00'],
    },
    {
      story: 'another lost stage is another episode',
      tell: (portal) => portal.lead('01 10:00').move('02 10:00', 'lead:1', 'JUNK').move('07 10:00', 'lead:1', 'BUDGET'),
      live: ['lead:1 02 10:00 > 03 10:00 resolved 07 10:00', 'lead:1 07 10:00 > 08 10:00'],
    },
  ],
  L08: [
    {
      story: 'a source after the working day ends the case, one before it prevents it',
      tell: (portal) =>
        portal
          .lead('01 10:00', { SOURCE_ID: null })
          .change('03 10:00', 'lead:1', { SOURCE_ID: 'WEB' })
          .deal('01 10:00', { SOURCE_ID: null })
          .change('02 10:00', 'deal:1', { SOURCE_ID: 'WEB' }),
      live: ['lead:1 01 10:00 > 02 10:00 resolved 03 10:00'],
      history: [],
    },
  ],
  L09: [
    {
      story: 'an older open lead with the same phone, until it is closed',
      tell: (portal) =>
        portal
          .lead('01 10:00', { PHONE: [{ VALUE: '8 916 123-45-67' }] })
          .lead('01 10:00', { PHONE: [{ VALUE: '+7 (916) 1234567' }] })
          .move('04 10:00', 'lead:1', 'JUNK'),
      live: ['lead:2 01 10:00 > 02 10:00 resolved 04 10:00'],
      history: ['lead:2 01 10:00 > 02 10:00 resolved 04 10:00'],
    },
    {
      story: 'merged within a working day, and what is no phone or a dummy is the same as nothing',
      tell: (portal) =>
        portal
          .lead('01 10:00', { EMAIL: [{ VALUE: 'anna@mail.internal' }] })
          .lead('01 11:00', { EMAIL: [{ VALUE: 'ANNA@mail.internal' }] })
          .merge('02 11:00', 'lead:1', 'lead:2')
          .lead('01 10:00', { PHONE: [{ VALUE: '12345' }], EMAIL: [{ VALUE: 'test@mail.ru' }] })
          .lead('01 10:00', { PHONE: [{ VALUE: '12345' }], EMAIL: [{ VALUE: 'test@mail.ru' }] }),
      live: [],
    },
    {
      story: 'the merged lead is void',
      tell: (portal) =>
        portal
          .lead('01 10:00', { PHONE: [{ VALUE: '8 916 123-45-67' }] })
          .lead('01 11:00', { PHONE: [{ VALUE: '8 916 123-45-67' }] })
          .merge('03 11:00', 'lead:1', 'lead:2'),
      live: ['lead:2 01 11:00 > 02 11:00 void 03 11:00'],
      history: [],
    },
  ],
  L10: [
    {
      story: 'a contact made from a lead without phone and e-mail; a phone ends it',
      tell: (portal) =>
        portal
          .contact('01 10:00', { LEAD_ID: '1' })
          .change('03 10:00', 'contact:1', { PHONE: [{ VALUE: '1' }] })
          .contact('01 10:00')
          .contact('01 10:00', { LEAD_ID: '1', EMAIL: [{ VALUE: 'a@bv.internal' }] }),
      live: ['contact:1 01 10:00 > 02 10:00 resolved 03 10:00'],
      history: [],
    },
  ],
  L11: [
    {
      story: 'made by hand beside a call that came in two hours before; a verdict alone ends it',
      tell: (portal) =>
        portal
          .contact('01 09:00')
          .call('01 10:00', 'contact:1', { incoming: true })
          .lead('01 12:00', { PHONE: [{ VALUE: '8 916 555 00 01' }] }),
      live: ['lead:1 01 12:00 > 02 12:00'],
    },
    {
      story: 'longer ago, outgoing, bound to the lead, by automation, or with an origin: nothing to object to',
      tell: (portal) => {
        const phone = { PHONE: [{ VALUE: '8 916 555 00 01' }] };
        return portal
          .contact('01 09:00')
          .call('01 10:00', 'contact:1', { incoming: true })
          .lead('01 12:01', phone)
          .lead('01 11:00', phone, 'robot')
          .lead('01 11:00', { ...phone, ORIGIN_ID: 'form 5' })
          .lead('03 11:00', phone)
          .call('03 11:30', 'lead:4', { incoming: true })
          .call('03 11:40', 'contact:1');
      },
      live: [],
    },
    {
      story: 'the call comes after; a deleted lead is void',
      tell: (portal) =>
        portal
          .contact('01 09:00')
          .lead('01 12:00', { PHONE: [{ VALUE: '8 916 555 00 01' }] })
          .call('01 14:00', 'contact:1', { incoming: true })
          .remove('03 12:00', 'lead:1'),
      live: ['lead:1 01 14:00 > 02 14:00 void 03 12:00'],
      history: [],
    },
  ],
  L12: [
    {
      story: 'three owners within two working days; the fourth change joins; a touch ends it',
      tell: (portal) =>
        handOver(portal.lead('01 09:00'), 'lead:1', ['01 10:00', '02 10:00', '03 10:00', '03 16:00']).call(
          '07 10:00',
          'lead:1',
        ),
      live: ['lead:1 03 10:00 > 04 10:00 resolved 07 10:00'],
      history: [],
    },
    {
      story: 'three owners over more than two working days, or with a touch between',
      tell: (portal) =>
        handOver(
          handOver(portal.lead('01 09:00').deal('01 09:00'), 'lead:1', ['01 10:00', '02 10:00', '03 10:01']).call(
            '02 12:00',
            'deal:1',
          ),
          'deal:1',
          ['02 11:00', '02 12:00', '02 13:00', '02 14:00'],
        ),
      live: [],
    },
  ],
  L13: [
    {
      story: 'handed back to the queue without a touch',
      tell: (portal) =>
        portal
          .lead('01 09:00')
          .change('01 12:00', 'lead:1', { ASSIGNED_BY_ID: '1' })
          .lead('01 09:00')
          .call('01 10:00', 'lead:2')
          .change('01 12:00', 'lead:2', { ASSIGNED_BY_ID: '1' })
          .deal('01 09:00')
          .change('01 12:00', 'deal:1', { ASSIGNED_BY_ID: '4' }),
      live: ['lead:1 01 12:00 > 02 12:00'],
      history: [],
    },
  ],
};

/** Moves the deadline of activity 1 a day later each day, from the second of the month on. */
function putOff(portal: SmallPortal, times: number): SmallPortal {
  for (let day = 2; day < times + 2; day += 1) {
    const deadline = `2026-09-${String(day + 8).padStart(2, '0')}T07:00:00Z`;
    portal.change(`0${day} 10:00`, 'activity:1', { DEADLINE: deadline });
  }
  return portal;
}

function touched(portal: SmallPortal, key: string, times: number): SmallPortal {
  for (let call = 0; call < times; call += 1) portal.call(`01 1${call}:30`, key);
  return portal;
}

function handOver(portal: SmallPortal, key: string, times: string[]): SmallPortal {
  times.forEach((at, place) => portal.change(at, key, { ASSIGNED_BY_ID: place % 2 === 0 ? '4' : '5' }));
  return portal;
}

testTales(rules);
