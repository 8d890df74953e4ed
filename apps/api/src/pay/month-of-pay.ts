import { monthPeriod } from '@funnelwatch/funnel';
import { Rational } from '@funnelwatch/kernel';
import {
  type CountedMeasure,
  type DoneOnDay,
  isMeasuredBy,
  type KnownScheme,
  LedgerReader,
  type Paying,
  SchemeReader,
  type SchemeVersion,
  versionFor,
} from '@funnelwatch/motivation';
import { type KnownPlan, PlanReader, shared, versionOn } from '@funnelwatch/plan';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Injectable } from '@nestjs/common';
import { planQuestionOf } from '../plans/preview-plan.js';

/** What pays somebody in a month. */
export interface PersonOfMonth {
  userId: string;
  version: SchemeVersion;
  paying: Paying;
}

interface Narrowed {
  /** Null for everybody who is paid. */
  people: readonly string[] | null;
  /** Facts as they were known at this position of the portal's bucket; null for all that is known. */
  upTo: number | null;
}

/** Who is paid by what in a month, and what they did for it. */
@Injectable()
export class MonthOfPay {
  constructor(
    private readonly schemes: SchemeReader,
    private readonly plans: PlanReader,
    private readonly ledger: LedgerReader,
  ) {}

  /** In order of user. */
  async of(portal: RegisteredPortal, month: string, { people, upTo }: Narrowed): Promise<PersonOfMonth[]> {
    const [schemes, plans, indicators] = await Promise.all([
      this.schemes.schemes(portal),
      this.plans.plans(portal, month),
      this.plans.indicators(portal),
    ]);
    const measures = new Map(
      indicators.map(({ indicatorId, measure }): [string, CountedMeasure] => [indicatorId, measure]),
    );
    const paid = peopleOf(schemes).flatMap((userId) => {
      const found = people?.includes(userId) === false ? null : payingVersion(schemes, month, userId);
      return found ? [{ userId, ...found, plan: planOf(plans, userId) }] : [];
    });
    // A team’s bonus goes by all of the team, whoever asks.
    const asked = new Set(paid.flatMap(({ userId, plan }) => [userId, ...(plan?.team ?? [])]));
    const done = await this.worked(portal, month, people === null ? null : [...asked], upTo);
    return paid.map(({ userId, schemeId, version, plan }) => {
      const { scheme } = version.content;
      const used = [
        ...(scheme.salary.points?.indicators ?? []).map(({ indicator }) => indicator),
        ...(scheme.spiffs ?? []).map(({ indicator }) => indicator),
      ].flatMap((id) => {
        const measure = measures.get(id);
        return measure ? [[id, measure] as const] : [];
      });
      const inputs = {
        indicators: Object.fromEntries(used),
        planKopecks: plan?.planKopecks.toString() ?? null,
        teamAttainment: plan ? (attainmentOf(plan, done, scheme.currency)?.toString() ?? null) : null,
        // What is not measured yet changes nothing.
        quality: null,
      };
      const days = done.filter(({ doer }) => doer === userId);
      return { userId, version, paying: { schemeId, version: version.version, scheme, inputs, days } };
    });
  }

  /** What people did in a month by day, as it was known at a position. */
  worked(
    portal: RegisteredPortal,
    month: string,
    people: readonly string[] | null,
    upTo: number | null,
  ): Promise<DoneOnDay[]> {
    return this.ledger.done(portal, { ...monthPeriod(portal.zone, month), zone: portal.zone }, people, upTo);
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
