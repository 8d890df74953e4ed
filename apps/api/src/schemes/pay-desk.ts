import { monthPeriod } from '@funnelwatch/funnel';
import { Rational } from '@funnelwatch/kernel';
import {
  type CountedMeasure,
  type DoneOnDay,
  type Earnings,
  earningsOf,
  isMeasuredBy,
  type KnownScheme,
  LedgerReader,
  nextThreshold,
  performanceOf,
  SchemeReader,
  type SchemeVersion,
  versionFor,
} from '@funnelwatch/motivation';
import { type KnownPlan, PlanReader, shared, versionOn } from '@funnelwatch/plan';
import { Injectable } from '@nestjs/common';
import { ownUsersOnly } from '../access/request-access.js';
import { People } from '../people/people.js';
import { planQuestionOf } from '../plans/preview-plan.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { PayQuery, PayView } from './schemes.schemas.js';

/** What people earn in a month by all that is known now. */
@Injectable()
export class PayDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly schemes: SchemeReader,
    private readonly plans: PlanReader,
    private readonly ledger: LedgerReader,
    private readonly people: People,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN. */
  async show(portalId: string, { month, soldMore }: PayQuery): Promise<PayView> {
    const portal = await this.portals.get(portalId);
    const own = ownUsersOnly();
    const period = { ...monthPeriod(portal.zone, month), zone: portal.zone };
    const [schemes, plans, indicators, names, done] = await Promise.all([
      this.schemes.schemes(portal),
      this.plans.plans(portal, month),
      this.plans.indicators(portal),
      this.people.names(portal),
      // A team’s bonus goes by all of the team, whoever asks.
      this.ledger.done(portal, period, null),
    ]);
    const measures = new Map(
      indicators.map(({ indicatorId, measure }): [string, CountedMeasure] => [indicatorId, measure]),
    );
    const paid = peopleOf(schemes).filter((userId) => own?.includes(userId) ?? true);
    const items = paid.flatMap((userId) => {
      const found = payingVersion(schemes, month, userId);
      if (!found) return [];
      const context = { done, measures, plan: planOf(plans, userId), userId };
      return [
        { ...payOf(found.version, context, BigInt(soldMore ?? 0)), name: names.of(userId), schemeId: found.schemeId },
      ];
    });
    return { month, isProvisional: true, items };
  }
}

function peopleOf(schemes: readonly KnownScheme[]): string[] {
  const all = schemes.flatMap(({ versions }) => versions.flatMap(({ content }) => content.sellerIds));
  return [...new Set(all)].sort((one, other) => Number(one) - Number(other));
}

/** The scheme that pays somebody in a month; of several the one that was decided upon last. */
function payingVersion(schemes: readonly KnownScheme[], month: string, userId: string) {
  for (const scheme of schemes) {
    const version = versionFor(scheme, month, userId);
    if (version) return { schemeId: scheme.schemeId, version };
  }
  return null;
}

interface Part {
  planKopecks: bigint;
  /** Whom the plan binds, and what they are to sell together. */
  team: readonly string[];
  targetKopecks: bigint;
  pipelineId: string | null;
}

/** Somebody's part of the plan that binds them; null without one. */
function planOf(plans: readonly KnownPlan[], userId: string): Part | null {
  for (const plan of plans) {
    const content = versionOn(plan, `${plan.subject.month}-31`)?.content;
    if (!content) continue;
    const targetKopecks = BigInt(content.targetKopecks);
    const parts = shared(targetKopecks, planQuestionOf(content).sellers, 'exact');
    const planKopecks = parts.find((part) => part.userId === userId)?.norm;
    if (planKopecks === undefined) continue;
    const team = content.sellers.map((seller) => seller.userId);
    return { planKopecks, team, targetKopecks, pipelineId: plan.subject.pipelineId };
  }
  return null;
}

interface Context {
  userId: string;
  done: readonly DoneOnDay[];
  measures: ReadonlyMap<string, CountedMeasure>;
  plan: Part | null;
}

function payOf({ version, content, signedBy }: SchemeVersion, { userId, done, measures, plan }: Context, more: bigint) {
  const { scheme } = content;
  const told = {
    ...{
      userId,
      version,
      isSigned: signedBy.includes(userId),
      currency: scheme.currency,
      target: scheme.salary.points?.target ?? null,
    },
  };
  const performance = performanceOf(
    scheme,
    done.filter(({ doer }) => doer === userId),
    {
      indicators: measures,
      planKopecks: plan?.planKopecks ?? null,
      teamAttainment: plan ? attainmentOf(plan, done, scheme.currency) : null,
      // What is not measured yet changes nothing.
      quality: null,
      advanceKopecks: 0n,
    },
  );
  const nothing = { points: null, nextThreshold: null, lines: [], totalKopecks: '0', whatIf: null };
  let earnings: Earnings;
  try {
    earnings = earningsOf(scheme, performance);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...told, ...nothing, fault: 'PLAN_MISSING' };
  }
  const { points } = scheme.salary;
  const next = points && earnings.score ? nextThreshold(points, earnings.score.points) : null;
  const richer =
    more === 0n ? null : earningsOf(scheme, { ...performance, soldKopecks: performance.soldKopecks + more });
  return {
    ...told,
    points: earnings.score?.points.toString() ?? null,
    nextThreshold: next && { missing: next.missing.toString(), part: next.part.toString() },
    ...linesOf(earnings),
    whatIf: richer && linesOf(richer),
    fault: null,
  };
}

const linesOf = ({ lines, totalKopecks }: Earnings) => ({
  lines: lines.map(({ kind, id, kopecks, because }) => ({
    kind,
    id,
    kopecks: kopecks.toString(),
    because: { ...because },
  })),
  totalKopecks: totalKopecks.toString(),
});

function attainmentOf(
  { team, targetKopecks, pipelineId }: Part,
  done: readonly DoneOnDay[],
  currency: string,
): Rational | null {
  if (targetKopecks === 0n) return null;
  const sales = done.filter(
    (one) =>
      team.includes(one.doer) && one.currency === currency && isMeasuredBy({ kind: 'won', pipelineId }, one.measure),
  );
  return Rational.of(
    sales.reduce((sum, { kopecks }) => sum + (kopecks ?? 0n), 0n),
    targetKopecks,
  );
}
