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
import { weightsOf } from '../plans/preview-plan.js';

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
    return this.worked(portal, month, await this.schemesOf(portal, month, people), upTo);
  }

  /** Which schemes pay whom in a month; what was done for it is not asked. */
  async schemesOf(portal: RegisteredPortal, month: string, people: readonly string[] | null): Promise<Assigned[]> {
    const schemes = await this.schemes.schemes(portal);
    const asked = people ? inOrder(people) : peopleOf(schemes);
    return asked.flatMap((userId): Assigned[] => {
      const found = payingVersion(schemes, month, userId);
      if (!found) return [];
      const { version, content, signedBy } = found.version;
      return [{ userId, signedBy, schemeId: found.schemeId, version, scheme: content.scheme }];
    });
  }

  /** Everybody whom any version of a scheme pays, in order of user. */
  async everPaid(portal: RegisteredPortal): Promise<string[]> {
    return peopleOf(await this.schemes.schemes(portal));
  }

  /** What a scheme would have to pay people by, beside what pays them in the month: their work is read once for both. */
  async beside(
    portal: RegisteredPortal,
    month: string,
    scheme: MotivationScheme,
    people: readonly string[],
  ): Promise<{ tried: PersonOfMonth[]; held: PersonOfMonth[] }> {
    const tried = people.map((userId): Assigned => ({ userId, signedBy: [], schemeId: '', version: 0, scheme }));
    const held = await this.schemesOf(portal, month, people);
    const all = await this.worked(portal, month, [...tried, ...held], null);
    return { tried: all.slice(0, tried.length), held: all.slice(tried.length) };
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
    const parts = partsOf(plans);
    // A team’s bonus goes by all of the team, whoever asks.
    const teamOf = ({ userId, scheme }: Assigned) => (scheme.teamBonus ? parts.get(userId)?.plan : undefined);
    const asked = new Set(assigned.flatMap((one) => [one.userId, ...(teamOf(one)?.team ?? [])]));
    const judged = new Set(assigned.filter(({ scheme }) => scheme.quality).map(({ userId }) => userId));
    const [done, qualities] = await Promise.all([
      this.done(portal, month, [...asked], upTo),
      this.qualities(portal, month, [...judged]),
    ]);
    const byDoer = Map.groupBy(done, ({ doer }) => doer);
    const attainment = attainmentsOf(byDoer);
    return assigned.map((one) => {
      const { userId, signedBy, ...known } = one;
      const team = teamOf(one);
      const inputs = {
        indicators: measuresOf(known.scheme, measures),
        planKopecks: parts.get(userId)?.kopecks.toString() ?? null,
        teamAttainment: team ? attainment(team, known.scheme.currency) : null,
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
  return inOrder(all);
}

const inOrder = (people: readonly string[]): string[] =>
  [...new Set(people)].sort((one, other) => Number(one) - Number(other));

/** The scheme that pays somebody in a month; of several the one that was decided upon last. */
function payingVersion(schemes: readonly KnownScheme[], month: string, userId: string) {
  for (const scheme of schemes) {
    const version = versionFor(scheme, month, userId);
    if (version) return { schemeId: scheme.schemeId, version };
  }
  return null;
}

interface PlanOfTeam {
  team: readonly string[];
  targetKopecks: bigint;
  pipelineId: string | null;
}

/** Somebody's part of the plan that binds them. */
interface Part {
  kopecks: bigint;
  plan: PlanOfTeam;
}

/** Parts of everybody whom a plan binds; of several plans the first. */
function partsOf(plans: readonly KnownPlan[]): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const known of plans) {
    const content = versionOn(known, `${known.subject.month}-31`)?.content;
    if (!content) continue;
    const targetKopecks = BigInt(content.targetKopecks);
    const team = content.sellers.map(({ userId }) => userId);
    const plan = { team, targetKopecks, pipelineId: known.subject.pipelineId };
    for (const { userId, norm } of shared(targetKopecks, weightsOf(content), 'exact'))
      if (!parts.has(userId)) parts.set(userId, { kopecks: norm, plan });
  }
  return parts;
}

/** How far teams have come with their plans in a currency, as fractions; each is summed up once. */
function attainmentsOf(done: ReadonlyMap<string, readonly DoneOnDay[]>) {
  const known = new Map<PlanOfTeam, Map<string, string>>();
  return (plan: PlanOfTeam, currency: string): string | null => {
    if (plan.targetKopecks === 0n) return null;
    const byCurrency = known.get(plan) ?? new Map<string, string>();
    known.set(plan, byCurrency);
    let attainment = byCurrency.get(currency);
    if (attainment === undefined) {
      const measure: CountedMeasure = { kind: 'won', pipelineId: plan.pipelineId };
      const sold = plan.team
        .flatMap((userId) => done.get(userId) ?? [])
        .filter((one) => one.currency === currency && isMeasuredBy(measure, one.measure))
        .reduce((sum, { kopecks }) => sum + (kopecks ?? 0n), 0n);
      byCurrency.set(currency, (attainment = Rational.of(sold, plan.targetKopecks).toString()));
    }
    return attainment;
  };
}
