import { type Earnings, earnedIn, nextThreshold, PayReader } from '@funnelwatch/motivation';
import { Injectable } from '@nestjs/common';
import { ownUsersOnly } from '../access/request-access.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { MonthOfPay, type PersonOfMonth } from './month-of-pay.js';
import type { PayQuery, PayView } from './provisional-pay.schemas.js';

/** What people earn in a month by all that is known now. */
@Injectable()
export class ProvisionalPayDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly months: MonthOfPay,
    private readonly pay: PayReader,
    private readonly people: People,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN. */
  async show(portalId: string, { month, soldMore }: PayQuery): Promise<PayView> {
    const portal = await this.portals.get(portalId);
    const own = ownUsersOnly();
    const [paid, names, before] = await Promise.all([
      this.months.of(portal, month, { people: own, upTo: null }),
      this.people.names(portal),
      this.pay.payslips(portal, { from: '2000-01', to: monthBefore(month) }, own),
    ]);
    const advances = new Map(before.map(({ content }) => [content.userId, BigInt(content.advanceKopecks)]));
    const items = paid.map((person) => {
      const advance = advances.get(person.userId) ?? 0n;
      return { ...payOf(person, advance, BigInt(soldMore ?? 0)), name: names.of(person.userId) };
    });
    return { month, isProvisional: true, items };
  }
}

/** `2026-01` → `2025-12`. */
export function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7);
}

function payOf({ userId, version: { version, signedBy }, paying }: PersonOfMonth, advance: bigint, more: bigint) {
  const { scheme, days, inputs, schemeId } = paying;
  const { points } = scheme.salary;
  const told = {
    ...{ userId, schemeId, version, isSigned: signedBy.includes(userId), currency: scheme.currency },
    target: points?.target ?? null,
  };
  const nothing = { points: null, nextThreshold: null, lines: [], totalKopecks: '0', whatIf: null };
  let earnings: Earnings;
  try {
    earnings = earnedIn(scheme, days, inputs, advance);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...told, ...nothing, fault: 'PLAN_MISSING' };
  }
  const next = points && earnings.score ? nextThreshold(points, earnings.score.points) : null;
  const counted = scheme.commission?.counted === 'paid' ? 'paid' : 'won:what-if';
  const sale = { measure: counted, day: '', actions: 1, kopecks: more, currency: scheme.currency };
  const richer = more === 0n ? null : earnedIn(scheme, [...days, sale], inputs, advance);
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
    ...{ kind, id, kopecks: kopecks.toString() },
    because: { ...because },
  })),
  totalKopecks: totalKopecks.toString(),
});
