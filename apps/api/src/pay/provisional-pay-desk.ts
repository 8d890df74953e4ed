import { Rational } from '@funnelwatch/kernel';
import { type Earnings, earnedIn, type MotivationScheme, nextTier, PayReader } from '@funnelwatch/motivation';
import { Injectable } from '@nestjs/common';
import { ownUsersOnly } from '../access/request-access.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { MonthOfPay, type PersonOfMonth } from './month-of-pay.js';
import { standingOf } from './score-of-month.js';
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
      this.pay.payslipsBefore(portal, month, own),
    ]);
    const advances = new Map(before.map(({ content }) => [content.userId, BigInt(content.advanceKopecks)]));
    const items = paid.map((person) => {
      const advance = advances.get(person.userId) ?? 0n;
      return { ...payOf(person, advance, BigInt(soldMore ?? 0)), name: names.of(person.userId) };
    });
    return { month, isProvisional: true, items };
  }
}

function payOf({ userId, signedBy, paying }: PersonOfMonth, advance: bigint, more: bigint) {
  const { scheme, days, inputs, schemeId, version } = paying;
  const told = {
    ...{ userId, schemeId, version, isSigned: signedBy.includes(userId), currency: scheme.currency },
    target: scheme.salary.points?.target ?? null,
  };
  const nothing = { points: null, nextThreshold: null, nextTier: null, lines: [], totalKopecks: '0', whatIf: null };
  const earnings = earnedIn(scheme, days, inputs, advance);
  if (!earnings) return { ...told, ...nothing, fault: 'PLAN_MISSING' };
  const standing = standingOf(scheme, earnings);
  const next = standing?.next ?? null;
  const counted = scheme.commission?.counted === 'paid' ? 'paid' : 'won:what-if';
  const sale = (kopecks: bigint) => ({ measure: counted, day: '', actions: 1, kopecks, currency: scheme.currency });
  const ifSold = (kopecks: bigint) => earnedIn(scheme, [...days, sale(kopecks)], inputs, advance);
  const richer = more === 0n ? null : ifSold(more);
  return {
    ...told,
    points: standing?.score.points.toString() ?? null,
    nextThreshold: next && {
      ...{ missing: next.missing.toString(), part: next.part.toString() },
      gainKopecks: gainOf(scheme, earnings, next.part),
    },
    nextTier: tierOf(scheme, earnings, ifSold),
    ...linesOf(earnings),
    whatIf: richer && linesOf(richer),
    fault: null,
  };
}

/** What the salary grows by at the next part of it, by what quality makes of it now. */
function gainOf(scheme: MotivationScheme, { lines }: Earnings, part: Rational): string {
  const salary = lines.find(({ kind }) => kind === 'salary');
  const quality = Rational.ofText(salary?.because['quality'] ?? '1');
  const then = Rational.ofDecimal(scheme.salary.amount).times(Rational.of(100)).times(part).times(quality).round();
  return (then - (salary?.kopecks ?? 0n)).toString();
}

/** What is missing to the next tier of sales, and what it would bring in all. */
function tierOf({ commission }: MotivationScheme, now: Earnings, ifSold: (kopecks: bigint) => Earnings | null) {
  const because = now.lines.find(({ kind }) => kind === 'commission')?.because;
  if (!commission || !because) return null;
  const next = nextTier(commission, BigInt(because['soldKopecks'] ?? '0'), BigInt(because['quotaKopecks'] ?? '0'));
  if (!next) return null;
  const gain = (ifSold(next.missingKopecks) ?? now).totalKopecks - now.totalKopecks;
  return { missingKopecks: next.missingKopecks.toString(), rate: next.rate.toString(), gainKopecks: gain.toString() };
}

const linesOf = ({ lines, totalKopecks }: Earnings) => ({
  lines: lines.map(({ kind, id, kopecks, because }) => ({
    ...{ kind, id, kopecks: kopecks.toString() },
    because: { ...because },
  })),
  totalKopecks: totalKopecks.toString(),
});
