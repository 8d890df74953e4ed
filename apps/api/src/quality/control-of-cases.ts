import { Inject, Injectable } from '@nestjs/common';
import {
  awaitsReviewBy,
  calibrationOf,
  type CaseState,
  casesAhead,
  type Draw,
  isInTraining,
  lotOf,
  QualityReader,
  type Reviewer,
} from '@funnelwatch/curation';
import { grantOf } from '@funnelwatch/identity-contracts';
import type { Clock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { Access } from '../access/request-access.js';
import { drawKey, wallClock } from '../composition.tokens.js';

/** Somebody who handles cases, and what they are not to know of them. */
export interface Handling {
  who: Reviewer;
  draw(caseId: string): Draw;
  /** Whether they are to judge the case without knowing what others said. */
  isBlindTo(state: CaseState): boolean;
}

/** What the control of quality says whenever somebody looks at cases or handles them. */
@Injectable()
export class ControlOfCases {
  constructor(
    private readonly reader: QualityReader,
    @Inject(drawKey) private readonly key: Buffer,
    @Inject(wallClock) private readonly clock: Clock,
  ) {}

  async handling(portal: RegisteredPortal, access: Access): Promise<Handling> {
    const [settings, calibration] = await Promise.all([
      this.reader.settings(portal),
      this.reader.calibration(portal, access.accountId),
    ]);
    const who: Reviewer = {
      ...reviewerOf(access, portal.portalId),
      isInTraining: settings.requireCalibration && isInTraining(calibrationOf(calibration)),
    };
    const ahead = new Set(casesAhead(calibration));
    const nowMs = this.clock.now().getTime();
    return {
      who,
      draw: (caseId) => ({
        lot: lotOf(this.key, 'second-review', portal.portalId, caseId),
        share: settings.secondReviewPercent / 100,
      }),
      isBlindTo: (state) =>
        mayJudge(access, portal.portalId) && (ahead.has(state.caseId) || awaitsReviewBy(state, who, nowMs)),
    };
  }

  /** Cases that wait for a second verdict of whoever asks, in an order that tells nothing. */
  async reviewsFor(portal: RegisteredPortal, access: Access): Promise<string[]> {
    const { who } = await this.handling(portal, access);
    if (!mayJudge(access, portal.portalId)) return [];
    const nowMs = this.clock.now().getTime();
    const pending = await this.reader.pendingReviews(portal);
    return pending.filter((state) => awaitsReviewBy(state, who, nowMs)).map(({ caseId }) => caseId);
  }

  /** Cases that whoever asks does not find in the queue, because they are to be judged blindly. */
  async hiddenFrom(portal: RegisteredPortal, access: Access): Promise<string[]> {
    const [reviews, calibration] = await Promise.all([
      this.reviewsFor(portal, access),
      this.reader.calibration(portal, access.accountId),
    ]);
    return [...new Set([...reviews, ...casesAhead(calibration)])];
  }
}

const mayJudge = ({ held }: Access, portalId: string): boolean =>
  grantOf(held, 'cases.judge', portalId).extent !== 'none';

/** Who acts in a portal: heads judge under more conditions than curators. */
export function reviewerOf({ accountId, held }: Access, portalId: string): Omit<Reviewer, 'isInTraining'> {
  const here = held.filter((one) => one.portalId === null || one.portalId === portalId);
  const userId = here.find(({ portalUserId, insteadOf }) => portalUserId !== null && insteadOf === null)?.portalUserId;
  const isCurator = here.some(({ role }) => role === 'curator' || role === 'integrator');
  return {
    accountId,
    userId: userId ?? null,
    // Whoever stands in for somebody does that person's work meanwhile.
    ownUserIds: [...new Set(here.flatMap(({ portalUserId }) => portalUserId ?? []))],
    isHead: grantOf(held, 'cases.judge', portalId).extent !== 'none' && !isCurator,
  };
}
