import type { Decided, DecisionLog, PortalAddress } from '@funnelwatch/event-log';
import type { Judgement } from '../../cases/case-events.js';
import type { Reviewer } from '../../cases/reviewer.js';
import { decideOnStream } from '../../own-events/own-event.js';
import type { QualityReader } from '../quality-reader.js';
import { isOwnWork } from '../second-review/second-review.js';
import { calibrationStream, type CalibrationEvent, type DrawnGold } from './calibration-events.js';
import {
  type CalibrationState,
  decideGoldVerdict,
  decideStart,
  evolveCalibration,
  noCalibration,
} from './calibration.js';

/** Where people are calibrated with gold cases. */
export class CalibrationRoom {
  constructor(
    private readonly parts: DecisionLog,
    private readonly reader: QualityReader,
    private readonly key: Buffer,
  ) {}

  /** Begins a run, or goes on with the one under way. Throws `Rejection` GOLD_SET_TOO_SMALL. */
  async start(portal: PortalAddress, who: Reviewer, runId: string): Promise<Decided<CalibrationState>> {
    const { gold, goldVersion } = await this.reader.settings(portal);
    const fitting = await this.fittingFor(portal, who, gold);
    const order = { runId, accountId: who.accountId, goldVersion, gold: fitting, key: this.key };
    return this.decide(portal, who, (state) => decideStart(state, order));
  }

  /** Throws `Rejection` CALIBRATION_NOT_UNDER_WAY, CALIBRATION_OTHER_CASE. */
  judge(
    portal: PortalAddress,
    who: Reviewer,
    given: { caseId: string; verdict: Judgement },
  ): Promise<Decided<CalibrationState>> {
    return this.decide(portal, who, (state) => decideGoldVerdict(state, { accountId: who.accountId, ...given }));
  }

  /** Gold cases that somebody can judge without knowing the answer: not their work, judged or chosen by themselves. */
  private async fittingFor(
    portal: PortalAddress,
    who: Reviewer,
    gold: Readonly<Record<string, { verdict: Judgement; by: string }>>,
  ): Promise<DrawnGold[]> {
    const cases = await this.reader.cases(portal, Object.keys(gold));
    return cases.flatMap((state) => {
      const known = gold[state.caseId];
      const isKnown = state.verdictBy.includes(who.accountId) || state.blindReviewers.includes(who.accountId);
      if (!known || known.by === who.accountId || isKnown || isOwnWork(state, who)) return [];
      return [{ caseId: state.caseId, reference: known.verdict }];
    });
  }

  private decide(
    portal: PortalAddress,
    who: Reviewer,
    decide: (state: CalibrationState) => CalibrationEvent[],
  ): Promise<Decided<CalibrationState>> {
    return decideOnStream(this.parts, portal, {
      streamId: calibrationStream(who.accountId),
      initial: noCalibration,
      evolve: evolveCalibration,
      decide,
      actor: who.userId === null ? 'system' : `user:${who.userId}`,
    });
  }
}
