import { Inject, Injectable } from '@nestjs/common';
import {
  agreementFigures,
  calibrationOf,
  curatorScore,
  type CuratorWork,
  isInTraining,
  QualityReader,
  ReportingLines,
} from '@funnelwatch/curation';
import { dayPeriod } from '@funnelwatch/funnel';
import { Accounts, Memberships } from '@funnelwatch/identity';
import type { Clock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { Access } from '../access/request-access.js';
import { wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { AgreementView, CuratorScoresView, QualityPeriodQuery } from './quality.schemas.js';

/** How well curators work: agreement and scores. A curator sees their own, whoever answers for them sees all. */
@Injectable()
export class CuratorsDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly reader: QualityReader,
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly lines: ReportingLines,
    @Inject(wallClock) private readonly clock: Clock,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN, FUNNEL_PERIOD_INVALID. */
  async agreement(portalId: string, { from, to }: QualityPeriodQuery, access: Access): Promise<AgreementView> {
    const portal = await this.portals.get(portalId);
    const reviews = await this.reader.doubleReviews(portal, dayPeriod(portal.zone, from, to));
    const { overall, byRule, byPair, drift } = agreementFigures(reviews);
    const isShown = (...accountIds: string[]): boolean =>
      access.grant.extent === 'all' || accountIds.includes(access.accountId);
    const pairs = byPair.filter(({ first, second }) => isShown(first, second));
    const drifts = drift.filter(({ accountId }) => isShown(accountId));
    const names = await this.accounts.names([
      ...pairs.flatMap(({ first, second }) => [first, second]),
      ...drifts.map(({ accountId }) => accountId),
    ]);
    const named = (accountId: string) => ({ accountId, name: names.get(accountId) ?? null });
    return {
      ...{ from, to, overall, byRule },
      byPair: pairs.map(({ first, second, ...figure }) => ({ first: named(first), second: named(second), ...figure })),
      drift: drifts.map(({ accountId, n, drift: more }) => ({ account: named(accountId), n, drift: more })),
    };
  }

  /** Throws `Rejection` PORTAL_UNKNOWN, FUNNEL_PERIOD_INVALID. */
  async scores(portalId: string, { from, to }: QualityPeriodQuery, access: Access): Promise<CuratorScoresView> {
    const portal = await this.portals.get(portalId);
    const [work, members] = await Promise.all([
      this.reader.work(portal, dayPeriod(portal.zone, from, to), this.clock.now()),
      this.memberships.of(portalId),
    ]);
    const workOf = new Map(work.map((one) => [one.accountId, one]));
    const curators = members.filter(({ role }) => role === 'curator').map(({ accountId }) => accountId);
    const all = [...new Set([...curators, ...workOf.keys()])].sort();
    const shown = access.grant.extent === 'all' ? all : [access.accountId];
    const userOf = new Map(members.map(({ accountId, portalUserId }) => [accountId, portalUserId]));
    const [names, under, calibrations] = await Promise.all([
      this.accounts.names(shown),
      this.underHeads(portal, members),
      Promise.all(shown.map((accountId) => this.reader.calibration(portal, accountId))),
    ]);
    return {
      ...{ from, to },
      items: shown.map((accountId, index) => {
        const { sla, precision, agreement, effect, score } = curatorScore(workOf.get(accountId) ?? idle(accountId));
        const result = calibrationOf(calibrations[index] ?? { runs: [] });
        return {
          account: { accountId, name: names.get(accountId) ?? null },
          ...{ sla, precision, agreement, effect, score },
          calibration: { n: result.n, kappa: result.kappa, isInTraining: isInTraining(result) },
          reportsToHead: under.has(userOf.get(accountId) ?? ''),
        };
      }),
    };
  }

  /** Users of the portal who stand under somebody with the role of a head of sales. */
  async underHeads(
    portal: RegisteredPortal,
    members: readonly { role: string; portalUserId: string | null }[],
  ): Promise<ReadonlySet<string>> {
    const usersOf = (...wanted: string[]): string[] =>
      members.flatMap(({ role, portalUserId }) => (wanted.includes(role) && portalUserId ? [portalUserId] : []));
    return this.lines.reportTo(portal, usersOf('curator', 'integrator'), usersOf('head'), this.clock.now());
  }
}

const idle = (accountId: string): CuratorWork => ({
  accountId,
  deadlines: { n: 0, kept: 0 },
  verdicts: { n: 0, overturned: 0 },
  doubleReviews: { n: 0, alike: 0 },
  feedback: { n: 0, repeated: 0 },
});
