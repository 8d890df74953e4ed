import { agreementOf } from '@funnelwatch/statistics';
import { Rejection } from '@funnelwatch/kernel';
import type { Judgement } from '../../cases/case-events.js';
import { isBreach } from '../../cases/case-state.js';
import { lotOf } from '../draw.js';
import type { CalibrationEvent, DrawnGold } from './calibration-events.js';

export interface CalibrationRun {
  runId: string;
  goldVersion: number;
  cases: DrawnGold[];
  /** Verdicts by case. */
  given: Record<string, Judgement>;
}

/** What one person has done to be calibrated: the runs, the last one last. */
export interface CalibrationState {
  runs: CalibrationRun[];
}

export const noCalibration: CalibrationState = { runs: [] };

export interface CalibrationResult {
  /** Gold verdicts that were compared. */
  n: number;
  kappa: number | null;
  observed: number | null;
}

const leastKappa = 0.6;
const leastGoldVerdicts = 10;
const mostInARun = 20;

export function evolveCalibration(state: CalibrationState, event: CalibrationEvent): CalibrationState {
  switch (event.type) {
    case 'CalibrationStarted': {
      const { runId, goldVersion, cases } = event.data;
      return { runs: [...state.runs, { runId, goldVersion, cases, given: {} }] };
    }
    case 'CalibrationVerdictGiven': {
      const { runId, caseId, verdict } = event.data;
      return {
        runs: state.runs.map((run) =>
          run.runId === runId ? { ...run, given: { ...run.given, [caseId]: verdict } } : run,
        ),
      };
    }
  }
}

const isFinished = ({ cases, given }: CalibrationRun): boolean => cases.every(({ caseId }) => caseId in given);

/** The run that is under way; null when there is none. */
export function runUnderWay({ runs }: CalibrationState): CalibrationRun | null {
  const last = runs.at(-1);
  return last && !isFinished(last) ? last : null;
}

/** Cases of the run under way that have no verdict yet, in the order they are shown. */
export const casesAhead = (state: CalibrationState): string[] => {
  const run = runUnderWay(state);
  return run ? run.cases.filter(({ caseId }) => !(caseId in run.given)).map(({ caseId }) => caseId) : [];
};

/** How the last finished run agrees with the references. */
export function calibrationOf({ runs }: CalibrationState): CalibrationResult {
  const run = runs.findLast(isFinished);
  const counts = { bothYes: 0, onlyFirst: 0, onlySecond: 0, bothNo: 0 };
  for (const { caseId, reference } of run?.cases ?? []) {
    const verdict = run?.given[caseId];
    if (verdict === undefined) continue;
    const [isWanted, isSaid] = [isBreach(reference), isBreach(verdict)];
    counts[isWanted ? (isSaid ? 'bothYes' : 'onlyFirst') : isSaid ? 'onlySecond' : 'bothNo'] += 1;
  }
  const agreement = agreementOf(counts);
  return { n: agreement?.n ?? 0, kappa: agreement?.kappa ?? null, observed: agreement?.observed ?? null };
}

/**
 * Whether somebody is still in training. Kappa is undefined where all references, and all verdicts, are alike: such a set
 * calibrates nobody.
 */
export const isInTraining = ({ n, kappa }: CalibrationResult): boolean =>
  n < leastGoldVerdicts || kappa === null || kappa < leastKappa;

/**
 * Begins a run: at most 20 cases that the person may judge, those not seen yet first, in drawn order. A run that is under
 * way goes on. Throws `Rejection` GOLD_SET_TOO_SMALL.
 */
export function decideStart(
  state: CalibrationState,
  order: { runId: string; accountId: string; goldVersion: number; gold: readonly DrawnGold[]; key: Buffer },
): CalibrationEvent[] {
  if (runUnderWay(state)) return [];
  const { runId, accountId, goldVersion, gold, key } = order;
  if (gold.length < leastGoldVerdicts) {
    throw new Rejection(
      'GOLD_SET_TOO_SMALL',
      `Calibration needs ${leastGoldVerdicts} gold cases that are neither your work nor judged or chosen by you; there are ${gold.length}.`,
    );
  }
  const seen = new Map<string, number>();
  for (const { given } of state.runs) for (const id of Object.keys(given)) seen.set(id, (seen.get(id) ?? 0) + 1);
  const ordinal = String(state.runs.length + 1);
  const cases = gold
    .map((one) => ({ one, times: seen.get(one.caseId) ?? 0, lot: lotOf(key, 'gold', accountId, ordinal, one.caseId) }))
    .sort((left, right) => left.times - right.times || left.lot - right.lot)
    .slice(0, mostInARun)
    // Otherwise the place in the run would tell what is new.
    .sort((left, right) => left.lot - right.lot)
    .map(({ one }) => one);
  return [{ type: 'CalibrationStarted', data: { runId, accountId, goldVersion, cases } }];
}

/** A verdict on the case that is shown. Throws `Rejection` CALIBRATION_NOT_UNDER_WAY, CALIBRATION_OTHER_CASE. */
export function decideGoldVerdict(
  state: CalibrationState,
  { accountId, caseId, verdict }: { accountId: string; caseId: string; verdict: Judgement },
): CalibrationEvent[] {
  const run = runUnderWay(state);
  if (!run) throw new Rejection('CALIBRATION_NOT_UNDER_WAY', 'Begin a calibration first.');
  if (casesAhead(state)[0] !== caseId) {
    throw new Rejection('CALIBRATION_OTHER_CASE', 'Another case is shown now: load the page again.');
  }
  return [{ type: 'CalibrationVerdictGiven', data: { runId: run.runId, accountId, caseId, verdict } }];
}
