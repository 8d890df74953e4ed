import type { Chronicle } from '../../chronicle/chronicle.spec-fixture.js';
import { dealMovementRules } from './deal-movement.js';
import { type ExpectedCase, specify } from './specify.spec-fixture.js';

const made = (portal: Chronicle, stage = 'FRESH') => portal.appears('deal:1', 'Mon 10:00', { stage });
const proofs = { OFFER: ['meeting', 'file'] };

/** Deals `from` to `to` appear on a day and are moved on another, minute after minute or as told. */
function movesInRow(portal: Chronicle, count: number, at: (index: number) => string, by = '5'): Chronicle {
  for (let index = 1; index <= count; index += 1) {
    portal.appears(`deal:${index}`, 'Mon 09:00').moves(`deal:${index}`, 'NEED', at(index), by);
  }
  return portal;
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.floor(minutes % 60)).padStart(2, '0')}`;

/** A verdict alone ends these: what they fire at is void when the deal is deleted. */
const voided = (given: (portal: Chronicle) => Chronicle, expected: ExpectedCase) => [
  {
    says: 'deleted',
    given: (portal: Chronicle) => given(portal).deleted('deal:1', 'Fri3 12:00'),
    cases: [{ ...expected, void: 'Fri3 12:00' }],
  },
];

specify(dealMovementRules, {
  D01: {
    on: 'deal:1',
    fires: [
      {
        says: 'two stages are passed over',
        given: (portal) => made(portal).moves('deal:1', 'CONTRACT', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Wed 11:00' }],
      },
      {
        says: 'a stage without proofs takes a verdict, whatever proofs the others have',
        settings: { proofs: { NEED: ['call'] } },
        given: (portal) =>
          made(portal).moves('deal:1', 'CONTRACT', 'Tue 11:00').call('1', 'deal:1', 'Tue 12:00', 'outgoing', 60),
        cases: [{ from: 'Tue 11:00', opens: 'Wed 11:00' }],
      },
    ],
    below: [
      {
        says: 'the stage was entered before, or is not mandatory',
        settings: { mandatory: ['NEED'] },
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'NEED', 'Mon 11:00')
            .moves('deal:1', 'FRESH', 'Mon 12:00')
            .moves('deal:1', 'CONTRACT', 'Tue 11:00'),
        cases: [],
      },
      {
        says: 'lost, or in another pipeline',
        given: (portal) => made(portal).moves('deal:1', 'LOSE', 'Tue 11:00').moves('deal:1', 'C5:WON', 'Tue 12:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the proofs of all skipped stages are there',
        settings: { proofs: { NEED: ['call'], OFFER: ['file'] } },
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'CONTRACT', 'Tue 11:00')
            .call('1', 'deal:1', 'Tue 12:00', 'outgoing', 5)
            .letter('activity:2', 'deal:1', 'Thu 12:00', 'outgoing', 1),
        cases: [{ from: 'Tue 11:00', opens: 'Wed 11:00', resolved: 'Thu 12:00', by: 'activity:2 Appeared' }],
      },
    ],
    void: voided((portal) => made(portal).moves('deal:1', 'WON', 'Tue 11:00'), {
      from: 'Tue 11:00',
      opens: 'Wed 11:00',
    }),
  },
  D02: {
    on: 'deal:1',
    fires: [
      {
        says: 'moved back, and nothing said within the hour',
        given: (portal) => made(portal, 'OFFER').moves('deal:1', 'NEED', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 12:00' }],
      },
    ],
    below: [
      {
        says: 'the comment is written after an hour',
        given: (portal) =>
          made(portal, 'OFFER')
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .changes('deal:1', 'Tue 12:00', { texts: { comments: { v: 2, length: 5 } } }),
        cases: [],
      },
      {
        says: 'the comment is saved together with the move',
        given: (portal) =>
          made(portal, 'OFFER')
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .changes('deal:1', 'Tue 11:00', { texts: { comments: { v: 2, length: 5 } } }),
        cases: [],
      },
      {
        says: 'from lost, or into another pipeline',
        given: (portal) =>
          made(portal, 'OFFER')
            .moves('deal:1', 'LOSE', 'Tue 11:00')
            .moves('deal:1', 'FRESH', 'Tue 12:00')
            .moves('deal:1', 'C5:FRESH', 'Tue 13:00'),
        cases: [],
      },
      {
        says: 'forward, from won, from a higher rank into another pipeline, and to a stage that is configured no longer',
        given: (portal) =>
          made(portal, 'WON')
            .moves('deal:1', 'NEED', 'Tue 10:00')
            .moves('deal:1', 'CONTRACT', 'Tue 11:00')
            .moves('deal:1', 'C5:FRESH', 'Tue 12:00')
            .moves('deal:1', 'CONTRACT', 'Tue 13:00')
            .configured('deal', 'Wed 10:00', 'NEED')
            .moves('deal:1', 'NEED', 'Wed 11:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the reason changes and is filled',
        settings: { reason_field: 'UF_BACK' },
        given: (portal) =>
          made(portal, 'OFFER')
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .changes('deal:1', 'Tue 15:00', { extra: { UF_BACK: 'budget' } }),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 12:00', resolved: 'Tue 15:00', by: 'deal:1 Changed' }],
      },
      {
        says: 'when the reason is a text, of which only that it changed is known',
        settings: { reason_field: 'UF_BACK' },
        given: (portal) =>
          made(portal, 'OFFER')
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .changes('deal:1', 'Tue 15:00', { texts: { UF_BACK: { v: 2, length: 9, isPlaceholder: false } } }),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 12:00', resolved: 'Tue 15:00', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => made(portal, 'OFFER').moves('deal:1', 'NEED', 'Tue 11:00'), {
      from: 'Tue 11:00',
      opens: 'Tue 12:00',
    }),
  },
  D03: {
    on: 'deal:1',
    fires: [
      {
        says: 'three moves forward in ten minutes; the fourth joins',
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .moves('deal:1', 'OFFER', 'Tue 11:05')
            .moves('deal:1', 'CONTRACT', 'Tue 11:10')
            .moves('deal:1', 'WON', 'Tue 11:20'),
        cases: [{ from: 'Tue 11:10', opens: 'Wed 11:10', items: ['deal:1'] }],
      },
      {
        says: 'moves of nobody known count; the fourth within ten minutes joins',
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .moves('deal:1', 'OFFER', 'Tue 11:03', null)
            .moves('deal:1', 'CONTRACT', 'Tue 11:06')
            .moves('deal:1', 'WON', 'Tue 11:09'),
        cases: [{ from: 'Tue 11:06', opens: 'Wed 11:06', items: ['deal:1', 'deal:1'] }],
      },
      {
        says: 'a move back and one into another pipeline are none of it',
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .moves('deal:1', 'OFFER', 'Tue 11:01')
            .moves('deal:1', 'CONTRACT', 'Tue 11:02')
            .moves('deal:1', 'NEED', 'Tue 11:03')
            .moves('deal:1', 'C5:WON', 'Tue 11:04'),
        cases: [{ from: 'Tue 11:02', opens: 'Wed 11:02', items: ['deal:1'] }],
      },
    ],
    below: [
      {
        says: 'the first lies a second too far back',
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .moves('deal:1', 'OFFER', 'Tue 11:05')
            .moves('deal:1', 'CONTRACT', 'Tue 11:10:01'),
        cases: [],
      },
      {
        says: 'one was made by a colleague',
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'NEED', 'Tue 11:00')
            .moves('deal:1', 'OFFER', 'Tue 11:01', '6')
            .moves('deal:1', 'CONTRACT', 'Tue 11:02'),
        cases: [],
      },
    ],
    void: voided(
      (portal) =>
        made(portal)
          .moves('deal:1', 'NEED', 'Tue 11:00')
          .moves('deal:1', 'OFFER', 'Tue 11:05')
          .moves('deal:1', 'CONTRACT', 'Tue 11:10'),
      { from: 'Tue 11:10', opens: 'Wed 11:10' },
    ),
  },
  D04: {
    on: 'deal:1',
    fires: [
      {
        says: 'three working days in a stage without a touch',
        given: (portal) => made(portal),
        cases: [{ from: 'Mon 10:00', opens: 'Thu 10:00' }],
      },
      {
        says: 'the stage has a limit of its own',
        settings: { stage_limits: { OFFER: 1 } },
        given: (portal) => made(portal, 'OFFER'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
      {
        says: 'as long as won deals usually stand in the stage, as known when it began',
        given: (portal) => made(portal.learned('Mon 00:00', { FRESH: 5, OFFER: 9 }).learned('Tue 00:00', { FRESH: 7 })),
        cases: [{ from: 'Mon 10:00', opens: 'Mon2 10:00' }],
      },
      {
        says: 'what is usual is no shorter and no longer than allowed, and a limit of the stage’s own counts before it',
        settings: { most_days: 4, stage_limits: { NEED: 1 } },
        given: (portal) =>
          portal
            .learned('Mon 00:00', { FRESH: 1, OFFER: 9, NEED: 8 })
            .appears('deal:1', 'Mon 10:00')
            .moves('deal:1', 'OFFER', 'Fri 11:00')
            .moves('deal:1', 'NEED', 'Fri2 11:00'),
        cases: [
          { from: 'Mon 10:00', opens: 'Thu 10:00', resolved: 'Fri 11:00', by: 'deal:1 StageMoved#2' },
          { from: 'Fri 11:00', opens: 'Thu2 11:00', resolved: 'Fri2 11:00', by: 'deal:1 StageMoved#3' },
          { from: 'Fri2 11:00', opens: 'Mon3 11:00' },
        ],
      },
    ],
    below: [
      {
        says: 'it began before longer stays were known to be rare, and ends within them',
        given: (portal) =>
          made(portal.learned('Mon 00:00', { FRESH: 8 }).learned('Tue 00:00', { FRESH: 3 })).moves(
            'deal:1',
            'WON',
            'Wed2 10:00',
          ),
        cases: [],
      },
      {
        says: 'touched or moved at the last instant, time after time, until won',
        given: (portal) =>
          made(portal)
            .call('1', 'deal:1', 'Thu 10:00', 'incoming', 10)
            .moves('deal:1', 'NEED', 'Tue2 10:00')
            .moves('deal:1', 'WON', 'Fri2 10:00'),
        cases: [],
      },
      { says: 'excluded', settings: { excluded: ['FRESH'] }, given: (portal) => made(portal), cases: [] },
    ],
    resolves: [
      {
        says: 'by a touch, from which the clock runs anew; then by a move; then by being lost',
        given: (portal) =>
          made(portal)
            .letter('activity:1', 'deal:1', 'Fri 12:00', 'outgoing')
            .moves('deal:1', 'NEED', 'Thu2 09:00')
            .moves('deal:1', 'LOSE', 'Wed3 09:00'),
        cases: [
          { from: 'Mon 10:00', opens: 'Thu 10:00', resolved: 'Fri 12:00', by: 'activity:1 Appeared' },
          { from: 'Fri 12:00', opens: 'Wed2 12:00', resolved: 'Thu2 09:00', by: 'deal:1 StageMoved#2' },
          { from: 'Thu2 09:00', opens: 'Tue3 09:00', resolved: 'Wed3 09:00', by: 'deal:1 StageMoved#3' },
        ],
      },
    ],
    void: voided((portal) => made(portal), { from: 'Mon 10:00', opens: 'Thu 10:00' }),
  },
  D05: {
    on: 'deal:1',
    settings: { proofs },
    fires: [
      {
        says: 'a meeting that the portal closed by itself was not held',
        settings: { proofs: { OFFER: ['meeting'] } },
        given: (portal) =>
          made(portal)
            .meeting('activity:1', 'deal:1', 'Mon 11:00', 'Tue 10:00')
            .changes('activity:1', 'Tue 10:00', { fields: { completed: true, status: '3' } })
            .moves('deal:1', 'OFFER', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 12:00' }],
      },
      {
        says: 'a meeting was held, but nothing was sent; what comes later than an hour does not undo it',
        given: (portal) =>
          made(portal)
            .meeting('activity:1', 'deal:1', 'Mon 11:00', 'Tue 10:00')
            .done('activity:1', 'Tue 10:00')
            .moves('deal:1', 'OFFER', 'Tue 11:00')
            .letter('activity:2', 'deal:1', 'Tue 12:00:01', 'outgoing', 1),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 12:00' }],
      },
      {
        says: 'to begin in the stage is to enter it',
        given: (portal) => made(portal, 'OFFER'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 11:00' }],
      },
      {
        says: 'fields, connected calls and invoices are proofs too; a quote is no file',
        settings: { proofs: { OFFER: ['field:UF_NEED', 'call', 'invoice', 'file'] } },
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 10:00', { fields: { quoteId: '4' }, extra: { UF_NEED: 'x' } })
            .appears('invoice:1', 'Mon 11:00')
            .call('1', 'deal:1', 'Mon 12:00', 'incoming', 1)
            .moves('deal:1', 'OFFER', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 12:00' }],
      },
    ],
    below: [
      {
        says: 'all proofs there at that very instant',
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'OFFER', 'Tue 11:00')
            .meeting('activity:1', 'deal:1', 'Mon 11:00', 'Tue 10:00')
            .done('activity:1', 'Tue 11:00')
            .letter('activity:2', 'deal:1', 'Tue 10:30', 'outgoing', 2),
        cases: [],
      },
      { says: 'a stage without proofs', given: (portal) => made(portal, 'CONTRACT'), cases: [] },
    ],
    resolves: [
      {
        says: 'within the hour only, the last instant included',
        settings: { proofs: { OFFER: ['file'] } },
        given: (portal) =>
          made(portal).moves('deal:1', 'OFFER', 'Tue 11:00').letter('activity:2', 'deal:1', 'Tue 12:00', 'outgoing', 1),
        cases: [],
      },
    ],
    void: voided((portal) => made(portal, 'OFFER'), { from: 'Mon 10:00', opens: 'Mon 11:00' }),
  },
  D06: {
    on: 'deal:1',
    settings: { required: { FRESH: ['UF_NEED'], OFFER: ['amountKopecks', 'UF_BUDGET'] } },
    fires: [
      {
        says: 'a field of a lower stage is empty',
        given: (portal) => made(portal, 'NEED'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
      {
        says: 'a placeholder is as good as nothing, and so is an amount of 0',
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00', {
            stage: 'OFFER',
            fields: { amountKopecks: '0' },
            extra: { UF_NEED: 'x' },
            derived: { UF_BUDGET: { v: 2, length: 1, isPlaceholder: true } },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'the fields of higher stages may wait',
        given: (portal) => portal.appears('deal:1', 'Mon 10:00', { stage: 'NEED', extra: { UF_NEED: 'x' } }),
        cases: [],
      },
      {
        says: 'filled at the last instant',
        given: (portal) => made(portal).changes('deal:1', 'Tue 10:00', { extra: { UF_NEED: 'x' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when all are filled',
        given: (portal) => made(portal).changes('deal:1', 'Tue 10:01', { extra: { UF_NEED: 'x' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 10:01', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => made(portal), { from: 'Mon 10:00', opens: 'Tue 10:00' }),
  },
  D07: {
    on: 'employee:5',
    fires: [
      {
        says: 'the tenth move within five minutes on the third day before the month is over',
        given: (portal) => movesInRow(portal, 10, (index) => `Tue4 11:0${index === 10 ? '5' : '0'}`),
        cases: [{ from: 'Tue4 11:05', opens: 'Wed4 11:05', items: ['deal:10'] }],
      },
      {
        says: 'others within the hour join; an hour later there is another case',
        settings: { moves: 2 },
        given: (portal) =>
          movesInRow(portal, 6, (index) => `Wed4 ${clock(11 * 60 + [0, 0, 1, 58, 61, 190][index - 1]!)}`)
            .appears('deal:7', 'Mon 09:00')
            .moves('deal:7', 'NEED', 'Wed4 14:10'),
        cases: [
          { from: 'Wed4 11:00', opens: 'Thu4 11:00', items: ['deal:1', 'deal:2', 'deal:3', 'deal:5'] },
          { from: 'Wed4 14:10', opens: 'Thu4 14:10', items: ['deal:6', 'deal:7'] },
        ],
      },
      {
        says: 'on any day',
        settings: { last_days: 0, moves: 3 },
        given: (portal) => movesInRow(portal, 3, () => 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Wed 11:00' }],
      },
      {
        says: 'what comes a second after the hour is a case of its own',
        settings: { last_days: 0, moves: 1 },
        given: (portal) => movesInRow(portal, 2, (index) => (index === 1 ? 'Tue 11:00' : 'Tue 12:00:01')),
        cases: [
          { from: 'Tue 11:00', opens: 'Wed 11:00' },
          { from: 'Tue 12:00:01', opens: 'Wed 12:00:01' },
        ],
      },
    ],
    below: [
      {
        says: 'a second too slow',
        given: (portal) => movesInRow(portal, 10, (index) => `Tue4 11:0${index === 10 ? '5:01' : '0'}`),
        cases: [],
      },
      {
        says: 'the fourth day before the month is over, or one of ten by somebody else',
        given: (portal) => movesInRow(portal, 10, () => 'Mon4 11:00').moves('deal:1', 'OFFER', 'Wed4 11:00', '6'),
        cases: [],
      },
    ],
  },
  D08: {
    on: 'deal:1',
    fires: [
      {
        says: 'lost after weeks without any attempt',
        given: (portal) =>
          made(portal).call('1', 'deal:1', 'Mon 12:00', 'incoming', 60).moves('deal:1', 'LOSE', 'Mon3 10:00'),
        cases: [{ from: 'Mon3 10:00', opens: 'Mon3 10:00' }],
      },
      {
        says: 'lost after two attempts within five working days',
        given: (portal) =>
          made(portal)
            .call('1', 'deal:1', 'Tue 12:00', 'outgoing', null)
            .letter('activity:2', 'deal:1', 'Wed 12:00', 'outgoing')
            .moves('deal:1', 'LOSE', 'Mon2 09:59:59'),
        cases: [{ from: 'Mon2 09:59:59', opens: 'Mon2 09:59:59' }],
      },
    ],
    below: [
      {
        says: 'from lost to lost is no move to lost',
        given: (portal) => made(portal, 'LOSE').moves('deal:1', 'C5:LOSE', 'Mon3 10:00'),
        cases: [],
      },
      {
        says: 'one attempt, but five working days',
        given: (portal) =>
          made(portal).call('1', 'deal:1', 'Tue 12:00', 'outgoing', null).moves('deal:1', 'LOSE', 'Mon2 10:00'),
        cases: [],
      },
      {
        says: 'three attempts at once',
        given: (portal) =>
          made(portal)
            .call('1', 'deal:1', 'Mon 12:00', 'outgoing', null)
            .call('2', 'deal:1', 'Mon 12:10', 'outgoing', null)
            .letter('activity:3', 'deal:1', 'Mon 12:20', 'outgoing')
            .moves('deal:1', 'LOSE', 'Mon 12:20'),
        cases: [],
      },
      { says: 'to begin lost is no move', given: (portal) => made(portal, 'LOSE'), cases: [] },
    ],
    void: voided((portal) => made(portal).moves('deal:1', 'LOSE', 'Mon3 10:00'), {
      from: 'Mon3 10:00',
      opens: 'Mon3 10:00',
    }),
  },
  D09: {
    on: 'company:1',
    fires: [
      {
        says: 'a deal is made fourteen days after another was lost',
        given: (portal) =>
          portal
            .appears('company:1', 'Mon 09:00')
            .appears('deal:1', 'Mon 10:00', { fields: { companyId: '1' } })
            .moves('deal:1', 'LOSE', 'Tue 11:00')
            .appears('deal:2', 'Tue3 11:00', { fields: { companyId: '1', contactId: '3' } }),
        cases: [{ from: 'Tue3 11:00', opens: 'Wed3 11:00', about: 'deal:2' }],
      },
      {
        says: 'the client of a deal without a company is its contact',
        on: 'contact:3',
        given: (portal) =>
          portal
            .appears('contact:3', 'Mon 09:00')
            .appears('deal:1', 'Mon 10:00', { fields: { contactId: '3' } })
            .moves('deal:1', 'LOSE', 'Tue 11:00')
            .appears('deal:2', 'Tue 12:00', { fields: { contactId: '3' } }),
        cases: [{ from: 'Tue 12:00', opens: 'Wed 12:00', about: 'deal:2' }],
      },
    ],
    below: [
      {
        says: 'a second too late',
        given: (portal) =>
          portal
            .appears('company:1', 'Mon 09:00')
            .appears('deal:1', 'Mon 10:00', { fields: { companyId: '1' } })
            .moves('deal:1', 'LOSE', 'Tue 11:00')
            .appears('deal:2', 'Tue3 11:00:01', { fields: { companyId: '1' } }),
        cases: [],
      },
      {
        says: 'the other is open again, or was won',
        given: (portal) =>
          portal
            .appears('company:1', 'Mon 09:00')
            .appears('deal:1', 'Mon 10:00', { fields: { companyId: '1' } })
            .moves('deal:1', 'LOSE', 'Tue 11:00')
            .moves('deal:1', 'NEED', 'Tue 12:00')
            .appears('deal:3', 'Mon 10:00', { fields: { companyId: '1' }, stage: 'WON' })
            .appears('deal:2', 'Wed 11:00', { fields: { companyId: '1' } }),
        cases: [],
      },
      {
        says: 'a contact is not the client of a deal with a company',
        on: 'contact:3',
        given: (portal) =>
          portal
            .appears('contact:3', 'Mon 09:00')
            .appears('deal:1', 'Mon 10:00', { fields: { contactId: '3', companyId: '1' }, stage: 'LOSE' })
            .appears('deal:2', 'Tue 12:00', { fields: { contactId: '3' } }),
        cases: [],
      },
    ],
    void: [
      {
        says: 'the new deal is deleted',
        given: (portal) =>
          portal
            .appears('company:1', 'Mon 09:00')
            .appears('deal:1', 'Mon 10:00', { fields: { companyId: '1' }, stage: 'LOSE' })
            .appears('deal:2', 'Tue 11:00', { fields: { companyId: '1' } })
            .deleted('deal:2', 'Fri 10:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Wed 11:00', about: 'deal:2', void: 'Fri 10:00' }],
      },
    ],
  },
  D10: {
    on: 'deal:1',
    fires: [
      {
        says: 'from won back into work',
        given: (portal) => made(portal, 'WON').moves('deal:1', 'CONTRACT', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 11:00' }],
      },
      {
        says: 'from lost into work of another pipeline',
        given: (portal) => made(portal, 'LOSE').moves('deal:1', 'C5:WORK', 'Sat 11:00'),
        cases: [{ from: 'Sat 11:00', opens: 'Sat 11:00' }],
      },
    ],
    below: [
      {
        says: 'from won to lost, or forward',
        given: (portal) => made(portal).moves('deal:1', 'WON', 'Tue 11:00').moves('deal:1', 'LOSE', 'Tue 12:00'),
        cases: [],
      },
    ],
    void: voided((portal) => made(portal, 'WON').moves('deal:1', 'CONTRACT', 'Tue 11:00'), {
      from: 'Tue 11:00',
      opens: 'Tue 11:00',
    }),
  },
  D11: {
    on: 'deal:1',
    fires: [
      {
        says: 'won, and three working days without a payment',
        given: (portal) => made(portal).appears('invoice:1', 'Mon 11:00').moves('deal:1', 'WON', 'Thu 12:00'),
        cases: [{ from: 'Thu 12:00', opens: 'Tue2 12:00' }],
      },
    ],
    below: [
      {
        says: 'paid at the last instant, or before',
        given: (portal) =>
          made(portal)
            .appears('invoice:1', 'Mon 11:00')
            .moves('deal:1', 'WON', 'Thu 12:00')
            .moves('invoice:1', 'PAID', 'Tue2 12:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when an invoice is paid',
        given: (portal) =>
          made(portal)
            .appears('invoice:1', 'Mon 11:00')
            .moves('deal:1', 'WON', 'Thu 12:00')
            .moves('invoice:1', 'PAID', 'Tue2 12:01'),
        cases: [{ from: 'Thu 12:00', opens: 'Tue2 12:00', resolved: 'Tue2 12:01', by: 'invoice:1 StageMoved#2' }],
      },
    ],
    void: voided((portal) => made(portal).moves('deal:1', 'WON', 'Thu 12:00'), {
      from: 'Thu 12:00',
      opens: 'Tue2 12:00',
    }),
  },
  D12: {
    on: 'deal:1',
    fires: [
      {
        says: 'won with nothing',
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00', { fields: { amountKopecks: '0' } }).moves('deal:1', 'WON', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 11:00' }],
      },
      {
        says: 'above the limit of its pipeline, in roubles',
        settings: { amount_limits: { 'deal:0': 99_999 } },
        given: (portal) => made(portal).moves('deal:1', 'WON', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 11:00' }],
      },
      {
        says: 'above what is usual in its pipeline when it was won',
        given: (portal) =>
          made(portal.learned('Mon 00:00', {}, { 'deal:0': 9_999_999 })).moves('deal:1', 'WON', 'Tue 11:00'),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [
      {
        says: 'not above what is usual, also when less is usual later, or where it is set otherwise',
        given: (portal) =>
          made(
            portal
              .learned('Mon 00:00', {}, { 'deal:0': 10_000_000, 'deal:5': 1 })
              .learned('Wed 00:00', {}, { 'deal:0': 1 }),
          )
            .moves('deal:1', 'WON', 'Tue 11:00')
            .changes('deal:1', 'Thu 11:00', { fields: { ownerId: '7' } }),
        cases: [],
      },
      {
        says: 'a limit that was set counts before what is usual',
        settings: { amount_limits: { 'deal:0': 100_000 } },
        given: (portal) => made(portal.learned('Mon 00:00', {}, { 'deal:0': 1 })).moves('deal:1', 'WON', 'Tue 11:00'),
        cases: [],
      },
      {
        says: 'at the limit, or in a pipeline without one',
        settings: { amount_limits: { 'deal:0': 100_000, 'deal:5': 1 } },
        given: (portal) => made(portal).moves('deal:1', 'WON', 'Tue 11:00'),
        cases: [],
      },
      {
        says: 'the amount is filled at the very instant of winning',
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 10:00', { fields: { amountKopecks: '0' } })
            .changes('deal:1', 'Tue 11:00', { fields: { amountKopecks: '100' } })
            .moves('deal:1', 'WON', 'Tue 11:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the amount is put right',
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 10:00', { stage: 'WON', fields: { amountKopecks: '0' } })
            .changes('deal:1', 'Tue 11:00', { fields: { amountKopecks: '100' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 10:00', resolved: 'Tue 11:00', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => portal.appears('deal:1', 'Mon 10:00', { stage: 'WON', fields: { amountKopecks: '0' } }), {
      from: 'Mon 10:00',
      opens: 'Mon 10:00',
    }),
  },
  D13: {
    on: 'deal:1',
    fires: [
      {
        says: 'the amount changes after winning',
        given: (portal) => made(portal, 'WON').changes('deal:1', 'Mon 10:00:01', { fields: { amountKopecks: '100' } }),
        cases: [{ from: 'Mon 10:00:01', opens: 'Mon 10:00:01' }],
      },
    ],
    below: [
      {
        says: 'with winning, or of another field, or before it was opened again',
        given: (portal) =>
          made(portal)
            .moves('deal:1', 'WON', 'Tue 11:00')
            .changes('deal:1', 'Tue 11:00', { fields: { amountKopecks: '100' } })
            .changes('deal:1', 'Tue 12:00', { fields: { currency: 'USD' } })
            .moves('deal:1', 'NEED', 'Tue 13:00')
            .changes('deal:1', 'Tue 14:00', { fields: { amountKopecks: '200' } })
            .moves('deal:1', 'WON', 'Tue 15:00'),
        cases: [],
      },
    ],
    void: voided((portal) => made(portal, 'WON').changes('deal:1', 'Tue 11:00', { fields: { amountKopecks: '100' } }), {
      from: 'Tue 11:00',
      opens: 'Tue 11:00',
    }),
  },
  D14: {
    on: 'deal:1',
    fires: [
      {
        says: 'made as won',
        given: (portal) => made(portal, 'WON'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'won a second after it was made',
        given: (portal) => made(portal).moves('deal:1', 'WON', 'Mon 10:00:01'),
        cases: [],
      },
      {
        says: 'how its history began is inferred, not told by a row of it',
        given: (portal) =>
          portal
            .moves('deal:1', 'WON', 'Mon 10:00:01', '5', 'unknown')
            .appears('deal:1', 'Mon 10:00:02', { stage: 'WON' }),
        cases: [],
      },
    ],
    void: voided((portal) => made(portal, 'WON'), { from: 'Mon 10:00', opens: 'Tue 10:00' }),
  },
  D15: {
    on: 'deal:1',
    settings: { allowed: ['deal:5>deal:0'] },
    fires: [
      {
        says: 'into another pipeline',
        given: (portal) => made(portal).moves('deal:1', 'C5:FRESH', 'Tue 11:00', '5', 'pipeline-changed'),
        cases: [{ from: 'Tue 11:00', opens: 'Wed 11:00' }],
      },
    ],
    below: [
      {
        says: 'along an allowed way, and within a pipeline',
        given: (portal) =>
          made(portal, 'C5:FRESH').moves('deal:1', 'NEED', 'Tue 11:00').moves('deal:1', 'LOSE', 'Tue 12:00'),
        cases: [],
      },
    ],
    void: voided((portal) => made(portal).moves('deal:1', 'C5:FRESH', 'Tue 11:00'), {
      from: 'Tue 11:00',
      opens: 'Wed 11:00',
    }),
  },
  D16: {
    on: 'deal:1',
    settings: { stages: ['NEED', 'OFFER'] },
    fires: [
      {
        says: 'parked without a plan, also when it goes from one such stage to the next',
        settings: { days: 2 },
        given: (portal) => made(portal, 'NEED').moves('deal:1', 'OFFER', 'Tue 11:00'),
        cases: [{ from: 'Mon 10:00', opens: 'Wed 10:00' }],
      },
      {
        says: 'ten working days by default; 1 May is none',
        given: (portal) => portal.appears('deal:1', 'Mon3 10:00', { stage: 'NEED' }),
        cases: [{ from: 'Mon3 10:00', opens: 'Tue5 10:00' }],
      },
    ],
    below: [
      {
        says: 'planned at the last instant',
        settings: { days: 2 },
        given: (portal) => made(portal, 'NEED').todo('activity:1', 'deal:1', 'Wed 10:00'),
        cases: [],
      },
      { says: 'another stage', given: (portal) => made(portal), cases: [] },
    ],
    resolves: [
      {
        says: 'when something is planned',
        settings: { days: 2 },
        given: (portal) => made(portal, 'NEED').todo('activity:1', 'deal:1', 'Wed 10:01'),
        cases: [{ from: 'Mon 10:00', opens: 'Wed 10:00', resolved: 'Wed 10:01', by: 'activity:1 Appeared' }],
      },
    ],
    void: voided((portal) => made(portal, 'NEED'), { from: 'Mon 10:00', opens: 'Mon3 10:00' }),
  },
  D17: {
    on: 'employee:5',
    fires: [
      {
        says: 'the fifth move of a week outside working hours; later ones of the week join',
        given: (portal) =>
          movesInRow(portal, 7, (index) =>
            index === 7 ? 'Mon2 08:00' : index === 6 ? 'Sun 23:59' : index === 5 ? 'Sat 12:00' : `Tue 18:0${index}`,
          ),
        cases: [{ from: 'Sat 12:00', opens: 'Tue2 09:00', items: ['deal:5', 'deal:6'] }],
      },
      {
        says: 'moves within hours do not join',
        settings: { moves: 2 },
        given: (portal) => movesInRow(portal, 3, (index) => ['Tue 08:00', 'Tue 08:30', 'Tue 12:00'][index - 1] ?? ''),
        cases: [{ from: 'Tue 08:30', opens: 'Wed 09:00', items: ['deal:2'] }],
      },
    ],
    below: [
      {
        says: 'the fifth in the next week, and any number within hours',
        given: (portal) =>
          movesInRow(portal, 9, (index) => (index > 4 ? `Wed 17:5${index}` : index === 4 ? 'Mon2 00:00' : 'Sun 23:59')),
        cases: [],
      },
    ],
  },
});
