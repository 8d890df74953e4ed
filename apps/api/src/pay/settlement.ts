import {
  type ClosingRefusal,
  type Correction,
  type DoneOnDay,
  type IssuedPayslip,
  type KnownDispute,
  type MotivationScheme,
  type PaidMonth,
  PayReader,
  type PayslipContent,
  payslipOf,
  SchemeReader,
  settle,
} from '@funnelwatch/motivation';
import { addMonths } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Injectable } from '@nestjs/common';
import { parsePosition } from '../positions/log-position.js';
import { MonthOfPay, type PersonOfMonth } from './month-of-pay.js';

export interface SettledMonth {
  payslips: PayslipContent[];
  /** Whom a scheme pays, and who has signed it. */
  paid: readonly PersonOfMonth[];
  /** People whose pay cannot be computed: their scheme goes by a plan, and there is none. */
  planless: readonly string[];
  disputes: readonly KnownDispute[];
}

/** What payslips of a month would say by what was known at a position, and whether issued ones come out again. */
@Injectable()
export class SettlementOfPay {
  constructor(
    private readonly months: MonthOfPay,
    private readonly schemes: SchemeReader,
    private readonly pay: PayReader,
  ) {}

  /** Payslips of a month that is open, by facts up to a position; of everybody, or of the people given. */
  async of(
    portal: RegisteredPortal,
    month: string,
    upTo: number,
    people: readonly string[] | null,
  ): Promise<SettledMonth> {
    const [paid, slips, disputes] = await Promise.all([
      this.months.of(portal, month, { people, upTo }),
      this.pay.payslipsBefore(portal, month, people),
      this.pay.disputes(portal, month, people),
    ]);
    const before = await this.before(portal, month, slips, { upTo, people });
    const paying = new Map(paid.map((person) => [person.userId, person.paying]));
    const everybody = [...new Set([...paying.keys(), ...before.keys()])].sort((a, b) => Number(a) - Number(b));
    const payslips: PayslipContent[] = [];
    const planless: string[] = [];
    for (const userId of everybody) {
      const person = { portalId: portal.portalId, userId, month, asAt: `${portal.bucket}:${upTo}` };
      const slip = settle({
        ...person,
        paying: paying.get(userId) ?? null,
        before: before.get(userId) ?? [],
        corrections: grantedTo(userId, disputes),
      });
      if (slip === 'PLAN_MISSING') planless.push(userId);
      else if (slip) payslips.push(slip);
    }
    return { payslips, paid, planless, disputes };
  }

  /**
   * Whether a payslip comes out again, byte for byte, from the log as it stood when it was made; and the scheme by which it was
   * made, null for one of adjustments alone.
   */
  async reproduce(
    portal: RegisteredPortal,
    { content, text }: IssuedPayslip,
  ): Promise<{ isReproduced: boolean; scheme: MotivationScheme | null }> {
    const { userId, month, asAt, scheme, inputs, corrections } = content;
    const upTo = parsePosition(asAt)?.position ?? 0;
    const slips = await this.pay.payslipsBefore(portal, month, [userId]);
    const [before, days, known] = await Promise.all([
      this.before(portal, month, slips, { upTo, people: [userId] }),
      this.months.done(portal, month, [userId], upTo),
      this.versions(portal),
    ]);
    const written = (scheme && known.get(keyOf(scheme))) ?? null;
    if (scheme && !written) return { isReproduced: false, scheme: null };
    const paying = scheme && written ? { ...scheme, scheme: written, inputs, days } : null;
    const person = { portalId: portal.portalId, userId, month, asAt };
    const again = settle({ ...person, paying, before: before.get(userId) ?? [], corrections });
    const isReproduced = again !== null && again !== 'PLAN_MISSING' && payslipOf(again).text === text;
    return { isReproduced, scheme: written };
  }

  /**
   * Payslips of each person before a month, and what the ledger says at a position of those months that are still adjusted:
   * an older one is told without its scheme, by which nothing of it changes any more.
   */
  private async before(
    portal: RegisteredPortal,
    month: string,
    slips: readonly IssuedPayslip[],
    { upTo, people }: { upTo: number; people: readonly string[] | null },
  ): Promise<Map<string, PaidMonth[]>> {
    if (slips.length === 0) return new Map();
    const known = await this.versions(portal);
    const oldest = addMonths(month, -adjustedMonths);
    const ledgers = new Map<string, Map<string, DoneOnDay[]>>();
    for (const paid of new Set(slips.map(({ content }) => content.month))) {
      if (paid < oldest) continue;
      const done = await this.months.done(portal, paid, people, upTo);
      ledgers.set(
        paid,
        Map.groupBy(done, ({ doer }) => doer),
      );
    }
    const paid = slips.map(({ content: slip }): PaidMonth => ({
      slip,
      scheme: (slip.month >= oldest && slip.scheme && known.get(keyOf(slip.scheme))) || null,
      days: ledgers.get(slip.month)?.get(slip.userId) ?? [],
    }));
    return Map.groupBy(paid, ({ slip }) => slip.userId);
  }

  private async versions(portal: RegisteredPortal): Promise<Map<string, MotivationScheme>> {
    const schemes = await this.schemes.schemes(portal);
    return new Map(
      schemes.flatMap(({ schemeId, versions }) =>
        versions.map(({ version, content }) => [keyOf({ schemeId, version }), content.scheme]),
      ),
    );
  }
}

/** How long a month that was paid is adjusted. */
const adjustedMonths = 12;
const keyOf = ({ schemeId, version }: { schemeId: string; version: number }) => `${schemeId} ${version}`;

const grantedTo = (userId: string, disputes: readonly KnownDispute[]): Correction[] =>
  disputes
    .filter((dispute) => dispute.userId === userId && dispute.status === 'upheld')
    .map(({ disputeId, month, correctionKopecks }) => ({ disputeId, month, kopecks: correctionKopecks }));

/** What of the people has to be settled before their month is closed. */
export function refusalsOf({ payslips, paid, planless, disputes }: SettledMonth): ClosingRefusal[] {
  const unsigned = paid.filter(({ userId, signedBy }) => !signedBy.includes(userId));
  return [
    ...unsigned.map(({ userId }): ClosingRefusal => ({ code: 'SCHEME_UNSIGNED', values: { userId } })),
    ...planless.map((userId): ClosingRefusal => ({ code: 'PLAN_MISSING', values: { userId } })),
    ...disputes
      .filter(({ status }) => status === 'open')
      .map(({ userId, month, disputeId }): ClosingRefusal => ({
        code: 'DISPUTE_OPEN',
        values: { userId, month, disputeId },
      })),
    ...(payslips.length === 0 && planless.length === 0 ? [{ code: 'NOBODY_PAID', values: {} } as const] : []),
  ];
}
