import fc from 'fast-check';
import { Chronicle } from './chronicle.spec-fixture.js';
import { instant, labelOf } from './instants.spec-fixture.js';

type Told = (portal: Chronicle, at: string, number: number, by: string) => unknown;

/** What may happen to the records of a small portal; numbers choose among stages, sums, days. */
const happenings: readonly Told[] = [
  (portal, at, n, by) => portal.moves('lead:1', ['NEW', 'WORK', 'AGREED', 'CONVERTED', 'JUNK'][n % 5] ?? 'NEW', at, by),
  (portal, at, n, by) =>
    portal.moves('deal:1', ['FRESH', 'NEED', 'OFFER', 'CONTRACT', 'WON', 'LOSE'][n % 6] ?? 'FRESH', at, by),
  (portal, at, n, by) => portal.moves('deal:2', ['FRESH', 'CONTRACT', 'C5:WORK', 'LOSE'][n % 4] ?? 'FRESH', at, by),
  (portal, at, n) => portal.moves('invoice:1', ['DRAFT', 'SENT', 'PAID', 'UNPAID'][n % 4] ?? 'SENT', at),
  (portal, at, n, by) => portal.changes('deal:1', at, { by, fields: { amountKopecks: String((n % 3) * 10_000_000) } }),
  (portal, at, n, by) => portal.changes('deal:1', at, { by, fields: { ownerId: ['5', '6', '8'][n % 3] ?? '5' } }),
  (portal, at, n, by) => portal.changes('lead:1', at, { by, fields: { ownerId: ['5', '6', '100'][n % 3] ?? '5' } }),
  (portal, at, n) => portal.changes('deal:1', at, { fields: { expectedCloseDate: `2026-04-${10 + (n % 20)}` } }),
  (portal, at, n) => portal.changes('deal:1', at, { fields: { sourceId: n % 3 === 0 ? null : `S${n}` } }),
  (portal, at, n) => portal.changes('lead:1', at, { texts: { statusDescription: { v: 2, length: n % 30 } } }),
  (portal, at, n) =>
    portal.changes('contact:1', at, { texts: { phones: { v: 2, length: n % 3, invalidCount: n % 2 } } }),
  (portal, at, n) => portal.changes('contact:1', at, { fields: { companyId: n % 2 === 0 ? '1' : null } }),
  (portal, at, n) =>
    portal.sells('deal:1', at, [{ priceKopecks: String((n % 3) * 10_000_000), discountRatePercent: String(n % 25) }]),
  (portal, at, n) => portal.reschedules('activity:1', at, `Wed${1 + (n % 5)} 12:00`),
  (portal, at, n, by) => portal.changes('activity:1', at, { by, fields: { completed: n % 3 !== 0 } }),
  (portal, at, _n, by) => portal.changes('activity:2', at, { by, fields: { completed: true } }),
  (portal, at, n) =>
    portal.shares('contact:1', at, ...(n % 2 === 0 ? [['contact:2', 'phone'] as [string, string]] : [])),
  (portal, at, n) => portal.shares('deal:2', at, ...(n % 2 === 0 ? [['deal:1', 'title'] as [string, string]] : [])),
  (portal, at, n) => portal.changes('user:5', at, { by: null, fields: { active: n % 2 === 0 } }),
  (portal, at, n) => (n % 3 === 0 ? portal.scoreWithdrawn('1', at) : portal.scored('1', at, (n % 5) * 25)),
  (portal, at, n) => portal.configured('deal', at, n % 2 === 0 ? 'OFFER' : ''),
];

/** What makes a new record each time, under a number of its own. */
const makings: readonly ((portal: Chronicle, at: string, id: number, number: number, by: string) => unknown)[] = [
  (portal, at, id, n, by) =>
    portal.call(
      String(id),
      ['lead:1', 'deal:1', 'contact:1'][n % 3] ?? 'lead:1',
      at,
      n % 2 === 0 ? 'incoming' : 'outgoing',
      n % 4 === 0 ? null : n,
      { by },
    ),
  (portal, at, id, n) =>
    portal.letter(
      `activity:${id}`,
      n % 2 === 0 ? 'deal:1' : 'lead:1',
      at,
      n % 3 === 0 ? 'incoming' : 'outgoing',
      n % 2,
    ),
  (portal, at, id, n) => portal.meeting(`activity:${id}`, 'deal:1', at, `Thu${1 + (n % 4)} 15:00`),
  (portal, at, id, n) =>
    portal.appears(`deal:${id}`, at, { fields: { companyId: n % 2 === 0 ? '1' : null, contactId: '1' } }),
  (portal, at, id, n) => portal.appears(`invoice:${id}`, at, { fields: { dealId: n % 2 === 0 ? '1' : null } }),
];

const vanishing = ['lead:1', 'deal:1', 'deal:2', 'contact:1', 'contact:2', 'activity:1', 'invoice:1'];

const minutesOfThreeWeeks = 3 * 7 * 24 * 60;
const firstMinute = instant('Mon 09:00');
/** Every half hour, so that much happens at one instant. */
const minutes = fc.integer({ min: 1, max: minutesOfThreeWeeks / 30 }).map((half) => half * 30);
const user = fc.constantFrom('5', '6');

/** Something that is told at a minute. */
const sentence = fc.record({
  minute: minutes,
  which: fc.nat({ max: happenings.length + makings.length * 2 - 1 }),
  number: fc.nat({ max: 59 }),
  by: user,
});

/** The life of a small portal through three weeks, told in the order of time. */
export const randomChronicle = fc
  .record({
    sentences: fc.array(sentence, { minLength: 5, maxLength: 60 }),
    gone: fc.array(fc.record({ minute: minutes, stream: fc.constantFrom(...vanishing) }), { maxLength: 2 }),
  })
  .map(({ sentences, gone }) => {
    const portal = new Chronicle();
    portal.appears('user:5', 'Mon 09:00').appears('company:1', 'Mon 09:00').appears('contact:2', 'Mon 09:00');
    portal.appears('contact:1', 'Mon 09:00', { fields: { leadId: '1' } }).appears('lead:1', 'Mon 09:00');
    portal.appears('deal:1', 'Mon 09:00', { fields: { companyId: '1', contactId: '1' } });
    portal.appears('deal:2', 'Mon 09:00').appears('invoice:1', 'Mon 09:00');
    portal
      .todo('activity:1', 'lead:1', 'Mon 09:00', 'Mon 12:00')
      .meeting('activity:2', 'deal:1', 'Mon 09:00', 'Tue 10:00');
    portal.drawn('1', 'deal:1', 'Mon 09:00');
    const ordered = [...sentences].sort((left, right) => left.minute - right.minute);
    for (const [index, { minute, which, number, by }] of ordered.entries()) {
      const at = labelOf(firstMinute + minute * 60_000);
      const happens = happenings[which];
      if (happens) happens(portal, at, number, by);
      else makings[(which - happenings.length) % makings.length]?.(portal, at, 100 + index, number, by);
    }
    const last = new Map(gone.map(({ stream, minute }) => [stream, minute]));
    for (const [stream, minute] of last) {
      const at = labelOf(firstMinute + minute * 60_000);
      if (minute % 60 === 0) portal.merged(stream, '77', at);
      else portal.deleted(stream, at);
    }
    return portal.events;
  });
