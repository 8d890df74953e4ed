import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  calibrationOf,
  type CalibrationState,
  casesAhead,
  decideGoldVerdict,
  decideStart,
  evolveCalibration,
  isInTraining,
  noCalibration,
  runUnderWay,
} from './calibration.js';

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
const key = Buffer.alloc(32, 7);
const gold = (n: number) =>
  Array.from({ length: n }, (_, index) => ({
    caseId: `case-${index}`,
    reference: index % 2 === 0 ? ('real' as const) : ('false' as const),
  }));
const start = (state: CalibrationState, n: number, runId = 'run') =>
  decideStart(state, { runId, accountId: 'a', goldVersion: 1, gold: gold(n), key }).reduce(evolveCalibration, state);

/** Goes through a run, and errs on the first cases of it. */
function run(state: CalibrationState, n: number, wrong: number, runId = 'run'): CalibrationState {
  let now = start(state, n, runId);
  const references = new Map(gold(n).map(({ caseId, reference }) => [caseId, reference]));
  for (let index = 0; runUnderWay(now); index += 1) {
    const [caseId = ''] = casesAhead(now);
    const reference = references.get(caseId) ?? 'real';
    const verdict = index < wrong ? (reference === 'real' ? 'false' : 'real') : reference;
    now = decideGoldVerdict(now, { accountId: 'a', caseId, verdict }).reduce(evolveCalibration, now);
  }
  return now;
}

test('fewer than ten cases calibrate nobody', () => {
  expect(() => start(noCalibration, 9)).toThrow(code('GOLD_SET_TOO_SMALL'));
  expect(isInTraining(calibrationOf(noCalibration))).toBe(true);
});

test('whoever agrees with the references is no longer in training', () => {
  const { n, kappa } = calibrationOf(run(noCalibration, 10, 0));
  expect([n, kappa]).toEqual([10, 1]);
  expect(isInTraining(calibrationOf(run(noCalibration, 10, 0)))).toBe(false);
  expect(isInTraining(calibrationOf(run(noCalibration, 10, 2)))).toBe(false);
  expect(isInTraining(calibrationOf(run(noCalibration, 10, 3)))).toBe(true);
});

test('the bounds: kappa 0.6 and ten verdicts are enough', () => {
  expect(isInTraining({ n: 10, kappa: 0.6, observed: 0.8 })).toBe(false);
  expect(isInTraining({ n: 10, kappa: 0.5999, observed: 0.8 })).toBe(true);
  expect(isInTraining({ n: 9, kappa: 1, observed: 1 })).toBe(true);
  expect(isInTraining({ n: 30, kappa: null, observed: 1 })).toBe(true);
});

test('a run that is not finished changes nothing, and goes on when it is begun again', () => {
  const passed = run(noCalibration, 10, 0);
  const again = start(passed, 10, 'second');
  expect(calibrationOf(again)).toEqual(calibrationOf(passed));
  expect(decideStart(again, { runId: 'third', accountId: 'a', goldVersion: 1, gold: gold(10), key })).toEqual([]);
});

test('the last run counts', () => {
  expect(isInTraining(calibrationOf(run(run(noCalibration, 10, 6), 10, 0, 'second')))).toBe(false);
  expect(isInTraining(calibrationOf(run(run(noCalibration, 10, 0), 10, 6, 'second')))).toBe(true);
});

test('cases come one after another, and only the one that is shown is judged', () => {
  const state = start(noCalibration, 12);
  const [first, second] = casesAhead(state);
  expect(() => decideGoldVerdict(state, { accountId: 'a', caseId: second ?? '', verdict: 'real' })).toThrow(
    code('CALIBRATION_OTHER_CASE'),
  );
  const after = decideGoldVerdict(state, { accountId: 'a', caseId: first ?? '', verdict: 'real' });
  expect(casesAhead(after.reduce(evolveCalibration, state))[0]).toBe(second);
  expect(() => decideGoldVerdict(noCalibration, { accountId: 'a', caseId: 'case-1', verdict: 'real' })).toThrow(
    code('CALIBRATION_NOT_UNDER_WAY'),
  );
});

test('the order is drawn: it is another one for each run, and says nothing of the references', () => {
  const one = start(noCalibration, 20);
  const other = start(run(noCalibration, 20, 0), 20, 'second');
  expect(casesAhead(one)).not.toEqual(gold(20).map(({ caseId }) => caseId));
  expect(casesAhead(one)).not.toEqual(casesAhead(other));
  expect([...casesAhead(one)].sort()).toEqual([...casesAhead(other)].sort());
});

test('of a large set those are drawn first that were not seen yet', () => {
  const first = run(noCalibration, 40, 0);
  const second = start(first, 40, 'second');
  const seen = new Set(first.runs[0]?.cases.map(({ caseId }) => caseId));
  expect(seen.size).toBe(20);
  expect(casesAhead(second).filter((caseId) => seen.has(caseId))).toEqual([]);
});

test('a run compares each of its cases once, whatever is said', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 30 }), fc.nat(30), (n, wrong) => {
      const { n: compared, observed } = calibrationOf(run(noCalibration, n, wrong));
      const drawn = Math.min(n, 20);
      expect(compared).toBe(drawn);
      expect(observed).toBeCloseTo((drawn - Math.min(wrong, drawn)) / drawn, 12);
    }),
  );
});
