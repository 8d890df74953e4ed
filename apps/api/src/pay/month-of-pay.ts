import { DisciplineReader, qualityOf, QueueReader } from '@funnelwatch/curation';
import { monthPeriod } from '@funnelwatch/funnel';
import { Rational } from '@funnelwatch/kernel';
import {
  type CountedMeasure,
  type DoneOnDay,
  isMeasuredBy,
  type KnownScheme,
  LedgerReader,
  type MotivationScheme,
  type Paying,
  SchemeReader,
  versionFor,
} from '@funnelwatch/motivation';
import { type KnownPlan, PlanReader, shared, versionOn } from '@funnelwatch/plan';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Injectable } from '@nestjs/common';
import { planQuestionOf } from '../plans/preview-plan.js';

/** What pays somebody in a month. */
export interface PersonOfMonth {
  userId: string;
  paying: Paying;
  /** Those who have signed the version that pays. */
  signedBy: readonly string[];
}

interface Narrowed {
  /** Null for everybody who is paid. */
  people: readonly string[] | null;
  /** Facts as they were known at this position of the portal's bucket; null for all that is known. */
  upTo: number | null;
}

type Assigned = Omit<PersonOfMonth, 'paying'> & Omit<Paying, 'inputs' | 'days'>;

/** Who is paid by what in a month, and what they did for it. */
@Injectable()
export class MonthOfPay {
  constructor(
    private readonly schemes: SchemeReader,
    private readonly plans: PlanReader,
    private readonly ledger: LedgerReader,
    private readonly discipline: DisciplineReader,
    private readonly queue: QueueReader,
  ) {}

  /** Everybody whom a scheme pays, or those of the people given, in order of user. */
  async of(portal: RegisteredPortal, month: string, { people, upTo }: Narrowed): Promise<PersonOfMonth[]> {
    const schemes = await this.schemes.schemes(portal);
    const assigned = peopleOf(schemes).flatMap((userId): Assigned[] => {
      const found = people?.includes(userId) === false ? null : payingVersion(schemes, month, userId);
      if (!found) return [];
      const { version, content, signedBy } = found.version;
      return [{ userId, signedBy, schemeId: found.schemeId, version, scheme: content.scheme }];
    });
    return this.worked(portal, month, assigned, upTo);
  }

  /** What a scheme would have to pay people by, whatever paid them in the month. */
  byScheme(
    portal: RegisteredPortal,
    month: string,
    scheme: MotivationScheme,
    people: readonly string[],
  ): Promise<PersonOfMonth[]> {
    const assigned = people.map((userId) => ({ userId, signedBy: [], schemeId: '', version: 0, scheme }));
    return this.worked(portal, month, assigned, null);
  }

  private async worked(
    portal: RegisteredPortal,
    month: string,
    assigned: readonly Assigned[],
    upTo: number | null,
  ): Promise<PersonOfMonth[]> {
    const [plans, indicators] = await Promise.all([this.plans.plans(portal, month), this.plans.indicators(portal)]);
    const measures = new Map(
      indicators.map(({ indicatorId, measure }): [string, CountedMeasure] => [indicatorId, measure]),
    );
    const parts = new Map(assigned.map(({ userId }) => [userId, planOf(plans, userId)]));
    // A team’s bonus goes by all of the team, whoever asks.
    const asked = new Set(assigned.flatMap(({ userId }) => [userId, ...(parts.get(userId)?.team ?? [])]));
    const judged = assigned.filter(({ scheme }) => scheme.quality).map(({ userId }) => userId);
    const [done, qualities] = await Promise.all([
      this.done(portal, month, [...asked], upTo),
      this.qualities(portal, month, judged),
    ]);
    const byDoer = Map.groupBy(done, ({ doer }) => doer);
    return assigned.map(({ userId, signedBy, ...known }) => {
      const plan = parts.get(userId) ?? null;
      const inputs = {
        indicators: measuresOf(known.scheme, measures),
        planKopecks: plan?.planKopecks.toString() ?? null,
        teamAttainment: plan ? (attainmentOf(plan, byDoer, known.scheme.currency)?.toString() ?? null) : null,
        quality: qualities.get(userId) ?? null,
      };
      return { userId, signedBy, paying: { ...known, inputs, days: byDoer.get(userId) ?? [] } };
    });
  }

  /** Quality of the work of people in a month, by the violations that were judged real; without evidence none. */
  private async qualities(
    portal: RegisteredPortal,
    month: string,
    people: readonly string[],
  ): Promise<Map<string, string>> {
    if (people.length === 0) return new Map();
    const { settings } = await this.queue.settings(portal);
    const active = Object.entries(settings.rules).flatMap(([ruleId, { status }]) =>
      status === 'active' ? [ruleId] : [],
    );
    const period = { ...monthPeriod(portal.zone, month), zone: portal.zone };
    const confirmed = await this.discipline.confirmed(portal, period, people, active);
    return new Map(
      confirmed.flatMap((work): [string, string][] => {
        const quality = qualityOf(work);
        return quality === null ? [] : [[work.person, Rational.ofDecimal(quality).toString()]];
      }),
    );
  }

  /** What people did in a month by day, as it was known at a position. */
  done(
    portal: RegisteredPortal,
    month: string,
    people: readonly string[] | null,
    upTo: number | null,
  ): Promise<DoneOnDay[]> {
    return this.ledger.done(portal, { ...monthPeriod(portal.zone, month), zone: portal.zone }, people, upTo);
  }
}

function measuresOf(
  { salary, spiffs }: MotivationScheme,
  measures: ReadonlyMap<string, CountedMeasure>,
): Record<string, CountedMeasure> {
  const asked = [...(salary.points?.indicators ?? []), ...(spiffs ?? [])].flatMap(({ indicator }) => {
    const measure = measures.get(indicator);
    return measure ? [[indicator, measure] as const] : [];
  });
  return Object.fromEntries(asked);
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
  done: ReadonlyMap<string, readonly DoneOnDay[]>,
  currency: string,
): Rational | null {
  if (targetKopecks === 0n) return null;
  const sales = team
    .flatMap((userId) => done.get(userId) ?? [])
    .filter((one) => one.currency === currency && isMeasuredBy({ kind: 'won', pipelineId }, one.measure));
  return Rational.of(
    sales.reduce((sum, { kopecks }) => sum + (kopecks ?? 0n), 0n),
    targetKopecks,
  );
}
