import { expect, test } from '@jest/globals';
import type { StoredEvent } from '@funnelwatch/kernel';
import fc from 'fast-check';
import { compiledFor, judge } from '../chronicle/judged.spec-fixture.js';
import { instant } from '../chronicle/instants.spec-fixture.js';
import { randomChronicle } from '../chronicle/random-chronicle.spec-fixture.js';
import { baseDefinitions } from '../packs/base/definitions.js';
import type { CompiledRule } from '../rules/compile-rule.js';
import { allAspects } from '../views/aspects.js';
import type { ParameterValues } from '../rules/rule.js';
import type { Judgement } from './episode.js';

/** Settings with which everything that can fire within three weeks does. */
const settings: Record<string, ParameterValues> = {
  L13: { queue_users: ['100'] },
  D01: { proofs: { NEED: ['call'], OFFER: ['file'] } },
  D05: { proofs: { OFFER: ['meeting', 'file'], WON: ['invoice'] } },
  D06: { required: { NEED: ['amountKopecks'] } },
  D07: { moves: 2, last_days: 0 },
  D15: { allowed: ['deal:0>deal:5'] },
  D16: { stages: ['NEED'], days: 2 },
  D17: { moves: 2 },
  F08: { cycles: 1, median_cycle_days: 3, days: 2 },
  F11: { products: { '7': 'deal:5' } },
  F12: { stages: ['OFFER'] },
  A06: { count: 2 },
  K04: { stages: ['CONTRACT'] },
  K08: { pipelines: ['deal:0'] },
  K10: { field: 'ownerId', days: 2 },
  K11: { field: 'UF_CONSENT' },
  I04: { own_companies: { 'deal:0': '91' } },
  I09: { stages: ['CONTRACT'] },
  O03: { deleted: 1 },
  O06: { times: 2 },
  O07: { deals: 1 },
};

const subjects = ['lead:1', 'deal:1', 'deal:2', 'contact:1', 'company:1', 'invoice:1', 'activity:1', 'activity:2'];
const rulesOf = new Map<string, CompiledRule[]>(
  [...subjects, 'employee:5', 'portal:-'].map((subject) => [
    subject,
    baseDefinitions
      .filter(({ on }) => on.some((kind) => subject.startsWith(`${kind}:`)))
      .map((definition) => compiledFor(subject, definition, settings[definition.id])),
  ]),
);

function judged(events: readonly StoredEvent[], untilMs: number): Judgement[] {
  return [...rulesOf].map(([subject, rules]) => judge(subject, rules, events, untilMs));
}

/** Where a fact lies in the log may change: it says which of two facts was captured first, and nothing of what it found. */
const found = (judgements: readonly Judgement[]) =>
  judgements.map((judgement) => ({
    ...judgement,
    opened: judgement.opened.map(({ startPosition: _, ...episode }) => episode),
  }));

const end = instant('Mon5 00:00');
const someInstant = fc.integer({ min: instant('Mon 09:00'), max: end });

test('the world is wide enough: most rules find something in it', () => {
  const fired = new Set(
    fc
      .sample(randomChronicle, { numRuns: 60, seed: 7 })
      .flatMap((events) => judged(events, end).flatMap(({ opened }) => opened.map(({ ruleId }) => ruleId))),
  );
  expect(fired.size).toBeGreaterThan(45);
});

test('no rule throws', () => {
  fc.assert(
    fc.property(randomChronicle, (events) => {
      expect(judged(events, end).flatMap(({ faults }) => faults)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('facts that come in any order and lie anywhere in the log give the same episodes', () => {
  const order = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 200, maxLength: 200 });
  fc.assert(
    fc.property(randomChronicle, order, someInstant, (events, keys, untilMs) => {
      expect(found(judged(shuffled(events, keys), untilMs))).toEqual(found(judged(events, untilMs)));
    }),
    { numRuns: 60 },
  );
});

test('to look only at rules whose part of the world was touched finds what looking at all of them finds', () => {
  fc.assert(
    fc.property(randomChronicle, someInstant, (events, untilMs) => {
      for (const [subject, rules] of rulesOf) {
        const watchful = rules.map((rule) => ({ ...rule, reads: { state: allAspects, resolve: allAspects } }));
        expect(judge(subject, rules, events, untilMs)).toEqual(judge(subject, watchful, events, untilMs));
      }
    }),
    { numRuns: 60 },
  );
});

test('what was opened stays opened, and what was resolved stays resolved, while time goes on', () => {
  fc.assert(
    fc.property(randomChronicle, someInstant, someInstant, (events, one, other) => {
      const [early, late] = [Math.min(one, other), Math.max(one, other)];
      const later = judged(events, late).flatMap(({ opened }) => opened);
      for (const episode of judged(events, early).flatMap(({ opened }) => opened)) {
        const { items: _, resolvedAt, resolvedByEventId, gone, ...beginning } = episode;
        const isOver = resolvedAt !== null || gone !== null;
        expect(later).toContainEqual(
          expect.objectContaining(isOver ? { ...beginning, resolvedAt, resolvedByEventId, gone } : beginning),
        );
      }
    }),
    { numRuns: 40 },
  );
});

test('what happens later tells nothing about now', () => {
  fc.assert(
    fc.property(randomChronicle, someInstant, (events, untilMs) => {
      const known = events.filter(({ occurredAt }) => Date.parse(occurredAt) <= untilMs);
      expect(judged(known, untilMs)).toEqual(judged(events, untilMs));
    }),
    { numRuns: 40 },
  );
});

test('when nothing happens, nothing changes before the instant that is said to be the next', () => {
  fc.assert(
    fc.property(randomChronicle, someInstant, (events, untilMs) => {
      const known = events.filter(({ occurredAt }) => Date.parse(occurredAt) <= untilMs);
      for (const [subject, rules] of rulesOf) {
        const now = judge(subject, rules, known, untilMs);
        const { nextDueAt } = now;
        const untouched = judge(subject, rules, known, nextDueAt === null ? end + 40 * 86_400_000 : nextDueAt - 1);
        expect(untouched.opened).toEqual(now.opened);
        if (nextDueAt === null) continue;
        expect(nextDueAt).toBeGreaterThan(untilMs);
        expect(judge(subject, rules, known, nextDueAt).opened).not.toEqual(now.opened);
      }
    }),
    { numRuns: 25 },
  );
});

/**
 * The same facts in another order and at other positions. Only what happened to one record at one instant keeps its order:
 * nothing but the log tells it.
 */
function shuffled(events: readonly StoredEvent[], keys: readonly number[]): StoredEvent[] {
  const order = events
    .map((_, index) => index)
    .sort((left, right) => (keys[left % 200] ?? 0) - (keys[right % 200] ?? 0));
  const positions = new Map<string, number[]>();
  for (const [position, index] of order.entries()) {
    const { streamId, occurredAt } = events[index] as StoredEvent;
    const group = `${streamId} ${occurredAt}`;
    positions.set(group, [...(positions.get(group) ?? []), position + 1]);
  }
  const moved = events.map((event) => {
    const position = positions.get(`${event.streamId} ${event.occurredAt}`)?.shift() ?? 0;
    return { ...event, position };
  });
  return moved.sort((left, right) => (keys[left.position % 200] ?? 0) - (keys[right.position % 200] ?? 0));
}
