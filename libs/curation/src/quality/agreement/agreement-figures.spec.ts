import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { agreementFigures, type DoubleReview } from './agreement-figures.js';

const say = (isYes: boolean) => (isYes ? ('real' as const) : ('false' as const));
let count = 0;
const reviews = (
  n: number,
  [isFirstYes, isSecondYes]: [boolean, boolean],
  [first, second] = ['a', 'b'],
  ruleId = 'L01',
): DoubleReview[] =>
  Array.from({ length: n }, () => ({
    caseId: String((count += 1)),
    ruleId,
    first: { by: first ?? '', verdict: say(isFirstYes) },
    second: { by: second ?? '', verdict: say(isSecondYes) },
  }));
const of = (bothYes: number, onlyFirst: number, onlySecond: number, bothNo: number): DoubleReview[] => [
  ...reviews(bothYes, [true, true]),
  ...reviews(onlyFirst, [true, false]),
  ...reviews(onlySecond, [false, true]),
  ...reviews(bothNo, [false, false]),
];

test('a hundred cases judged twice', () => {
  const { overall } = agreementFigures(of(40, 5, 7, 48));
  expect(overall).toMatchObject({ n: 100, counts: { bothYes: 40, onlyFirst: 5, onlySecond: 7, bothNo: 48 } });
  expect(overall.agreement?.kappa).toBeCloseTo(0.7586, 4);
});

test('where violations are rare all three are shown, as kappa collapses', () => {
  const { overall } = agreementFigures(of(2, 3, 3, 92));
  expect(overall.agreement?.observed).toBeCloseTo(0.94, 10);
  expect(overall.agreement?.kappa).toBeCloseTo(0.37, 2);
  expect(overall.agreement?.pabak).toBeCloseTo(0.88, 10);
});

test('fewer than five are too few to say', () => {
  expect(agreementFigures(of(2, 1, 0, 1)).overall).toMatchObject({ n: 4, agreement: null });
  expect(agreementFigures(of(2, 1, 0, 2)).overall.agreement).not.toBeNull();
});

test('by rule and by pair, in whatever order the two of a pair came', () => {
  const figures = agreementFigures([
    ...reviews(5, [true, false], ['a', 'b']),
    ...reviews(2, [true, false], ['b', 'a']),
    ...reviews(1, [true, true], ['c', 'a'], 'L02'),
  ]);
  expect(figures.byRule.map(({ ruleId, n }) => [ruleId, n])).toEqual([
    ['L01', 7],
    ['L02', 1],
  ]);
  expect(figures.byPair).toMatchObject([
    { first: 'a', second: 'b', n: 7, counts: { onlyFirst: 5, onlySecond: 2 } },
    { first: 'a', second: 'c', n: 1, agreement: null },
  ]);
});

test('drift says who sees more breaches than the others on the same cases', () => {
  const { drift } = agreementFigures([...of(3, 3, 0, 4), ...reviews(2, [true, true], ['c', 'b'])]);
  expect(drift).toEqual([
    { accountId: 'a', n: 10, drift: 0.3 },
    { accountId: 'b', n: 12, drift: -0.25 },
    { accountId: 'c', n: 2, drift: null },
  ]);
});

test('who only asked for more has not judged', () => {
  const [one] = reviews(1, [true, true]);
  if (!one) throw new Error('There is one');
  const asked = { ...one, first: { by: 'a', verdict: 'need-info' as const } };
  expect(agreementFigures([asked]).overall.n).toBe(0);
});

test('every review counts once overall, in one rule and in one pair, and drifts cancel out', () => {
  const person = fc.constantFrom('a', 'b', 'c');
  const verdict = fc.constantFrom('real' as const, 'acceptable' as const, 'false' as const);
  const told = fc.array(
    fc
      .record({ ruleId: fc.constantFrom('L01', 'D01'), one: person, other: person, first: verdict, second: verdict })
      .filter(({ one, other }) => one !== other),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(told, (list) => {
      const figures = agreementFigures(
        list.map(({ ruleId, one, other, first, second }, index) => ({
          caseId: String(index),
          ruleId,
          first: { by: one, verdict: first },
          second: { by: other, verdict: second },
        })),
      );
      const sum = (parts: { n: number }[]) => parts.reduce((total, { n }) => total + n, 0);
      expect([sum(figures.byRule), sum(figures.byPair), sum(figures.drift)]).toEqual([
        list.length,
        list.length,
        2 * list.length,
      ]);
      if (figures.drift.every(({ drift }) => drift !== null)) {
        expect(figures.drift.reduce((total, { n, drift }) => total + n * (drift ?? 0), 0)).toBeCloseTo(0, 9);
      }
    }),
  );
});
