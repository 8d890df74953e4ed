import {
  earnedIn,
  type MotivationScheme,
  PayReader,
  SchemeSimulation,
  type SimulatedMonth,
} from '@funnelwatch/motivation';
import { addMonths } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Injectable } from '@nestjs/common';
import { MonthOfPay } from '../pay/month-of-pay.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { SimulationBody, SimulationView } from './scheme-simulation.schemas.js';

/** What a scheme would have paid in recorded months, beside what was paid. */
@Injectable()
export class SchemeSimulationDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly months: MonthOfPay,
    private readonly pay: PayReader,
    private readonly people: People,
  ) {}

  /**
   * Replays the months of a few people after those of others, so that no more than one month of theirs is held. Throws
   * `Rejection` PORTAL_UNKNOWN.
   */
  async simulate(portalId: string, { scheme, sellerIds, from, to }: SimulationBody): Promise<SimulationView> {
    const portal = await this.portals.get(portalId);
    const people = [...new Set(sellerIds)];
    const simulation = new SchemeSimulation(scheme);
    const slips = await this.pay.payslips(portal, { from, to }, people);
    const issued = new Map(slips.map(({ content }) => [`${content.userId} ${content.month}`, sumOf(content.lines)]));
    for (let first = 0; first < people.length; first += peopleAtOnce) {
      const group = people.slice(first, first + peopleAtOnce);
      for (let month = from; month <= to; month = addMonths(month, 1))
        await this.replay(portal, month, { scheme, group, issued, simulation });
    }
    const names = await this.people.names(portal);
    const { months, thresholds, sensitivity } = simulation.result();
    return {
      ...{ budgetKopecks: totalOf(months), paidKopecks: paidOf(months) },
      soldKopecks: months.reduce((sum, { soldKopecks }) => sum + soldKopecks, 0n).toString(),
      planless: months.filter(({ kopecks }) => kopecks === null).length,
      months: [...Map.groupBy(months, ({ month }) => month)].map(([month, all]) => ({
        ...{ month, kopecks: totalOf(all), paidKopecks: paidOf(all) },
      })),
      people: [...Map.groupBy(months, ({ userId }) => userId)]
        .map(([userId, all]) => ({ userId, name: names.of(userId), ...personOf(all) }))
        .sort((one, other) => compare(one.differenceKopecks, other.differenceKopecks)),
      thresholds: [...thresholds],
      sensitivity: sensitivity.map(({ kopecks, ...rest }) => ({ ...rest, kopecks: kopecks.toString() })),
    };
  }

  private async replay(
    portal: RegisteredPortal,
    month: string,
    { scheme, group, issued, simulation }: Replay,
  ): Promise<void> {
    const { tried, held } = await this.months.beside(portal, month, scheme, group);
    const before = new Map(held.map(({ userId, paying }) => [userId, paying]));
    for (const { userId, paying } of tried) {
      const old = before.get(userId);
      const paidKopecks =
        issued.get(`${userId} ${month}`) ??
        (old ? (earnedIn(old.scheme, old.days, old.inputs, 0n)?.totalKopecks ?? null) : null);
      simulation.add({ userId, month, days: paying.days, inputs: paying.inputs, paidKopecks });
    }
  }
}

interface Replay {
  scheme: MotivationScheme;
  group: readonly string[];
  /** Own lines of payslips that were issued, by person and month. */
  issued: ReadonlyMap<string, bigint>;
  simulation: SchemeSimulation;
}

/** Whose months are held at a time. */
const peopleAtOnce = 20;

const sumOf = (lines: readonly { kopecks: string }[]): bigint =>
  lines.reduce((sum, { kopecks }) => sum + BigInt(kopecks), 0n);

const totalOf = (months: readonly SimulatedMonth[]): string =>
  months.reduce((sum, { kopecks }) => sum + (kopecks ?? 0n), 0n).toString();

/** Null where nothing was paid in any of the months. */
function paidOf(months: readonly SimulatedMonth[]): string | null {
  const paid = months.flatMap(({ paidKopecks }) => paidKopecks ?? []);
  return paid.length === 0 ? null : paid.reduce((sum, kopecks) => sum + kopecks, 0n).toString();
}

function personOf(months: readonly SimulatedMonth[]) {
  const both = months.flatMap(({ kopecks, paidKopecks }) =>
    kopecks === null || paidKopecks === null ? [] : [kopecks - paidKopecks],
  );
  return {
    months: months.filter(({ kopecks }) => kopecks !== null).length,
    ...{ kopecks: totalOf(months), paidKopecks: paidOf(months) },
    differenceKopecks: both.length === 0 ? null : both.reduce((sum, one) => sum + one, 0n).toString(),
  };
}

/** Those whom nothing paid before come last. */
function compare(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const difference = BigInt(one) - BigInt(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
