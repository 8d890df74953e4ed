import type { PayLine, PayPeriod } from '../api/schema.js';
import { formatDay, formatMonth } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { formatCount, formatDecimal, formatMoney, formatPercent } from '../format/numbers.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';

const names: Readonly<Record<string, MessageKey>> = {
  salary: 'pay.line.salary',
  commission: 'pay.line.commission',
  spiff: 'pay.line.spiff',
  'team-bonus': 'pay.line.team-bonus',
  floor: 'pay.line.floor',
  cap: 'pay.line.cap',
  advance: 'pay.line.advance',
  'advance-recovery': 'pay.line.advance-recovery',
};

/** A fraction such as `19/20` as a number for showing. */
export function shareOf(fraction: string): number {
  const [over = 0, under = 1] = fraction.split('/').map(Number);
  return over / under;
}

/** What a line is called. */
export function lineName({ kind, id }: Pick<PayLine, 'kind' | 'id'>, t: Translate): string {
  const key = names[kind];
  return [key === undefined ? kind : t(key), id].filter((part) => part !== null).join(' ');
}

interface Words {
  t: Translate;
  language: Language;
  /** Of the scheme. */
  currency: string;
}

/** The figures a line follows from, in words. */
export function lineReason({ kind, kopecks, because }: PayLine, { t, language, currency }: Words): string {
  const money = (kopecks: string | undefined) => formatMoney(BigInt(kopecks ?? '0'), currency, language);
  const percent = (fraction: string | undefined) => formatPercent(shareOf(fraction ?? '0'), language);
  const roubles = (text: string | undefined) => money((text ?? '0.00').replace('.', ''));
  const quality =
    because['quality'] === undefined || because['quality'] === '1'
      ? []
      : [t('pay.because.quality', { quality: formatDecimal(shareOf(because['quality']), 4, language) })];
  if (kind === 'salary') {
    const points =
      because['points'] === undefined
        ? []
        : [
            t('pay.because.points', {
              points: formatCount(shareOf(because['points'])),
              target: because['target'] ?? '',
            }),
          ];
    return [
      ...points,
      t('pay.because.salary', { salary: roubles(because['salary']), part: percent(because['part']) }),
      ...quality,
    ].join(' · ');
  }
  if (kind === 'commission') {
    const sold = Number(because['soldKopecks'] ?? '0');
    const average = sold === 0 ? 0 : Number(kopecks) / sold / shareOf(because['quality'] ?? '1');
    // Tier by tier the rate is of what goes beyond the last bound, not of all that was sold.
    const isMixed = Math.abs(average - shareOf(because['rate'] ?? '0')) * sold > 1;
    const commission = t(isMixed ? 'pay.because.commissionByTiers' : 'pay.because.commission', {
      sold: money(because['soldKopecks']),
      rate: percent(because['rate']),
      average: formatPercent(average, language),
      // Below a bound is never shown as at it.
      attainment: formatPercent(Math.floor(shareOf(because['attainment'] ?? '0') * 1000) / 1000, language),
    });
    return [commission, ...quality].join(' · ');
  }
  if (kind === 'spiff')
    return t('pay.because.spiff', { count: because['count'] ?? '0', amount: roubles(because['amount']) });
  return '';
}

const refusals: Readonly<Record<string, MessageKey>> = {
  MONTH_NOT_OVER: 'pay.refused.MONTH_NOT_OVER',
  NOT_CERTIFIED: 'pay.refused.NOT_CERTIFIED',
  QUARANTINE: 'pay.refused.QUARANTINE',
  SCHEME_UNSIGNED: 'pay.refused.SCHEME_UNSIGNED',
  DISPUTE_OPEN: 'pay.refused.DISPUTE_OPEN',
  PLAN_MISSING: 'pay.refused.PLAN_MISSING',
  NOBODY_PAID: 'pay.refused.NOBODY_PAID',
};

/** Why a month cannot be closed yet, in words. */
export function refusalWords(
  { code, values }: PayPeriod['refusals'][number],
  { t, language, zone }: { t: Translate; language: Language; zone: string },
): string {
  const key = refusals[code];
  if (key === undefined) return code;
  const { from, to, month, through, userId } = values;
  const isOneDay = code === 'NOT_CERTIFIED' && from === to;
  return t(isOneDay ? 'pay.refused.notCertifiedOn' : key, {
    ...(userId !== undefined && { name: t('seller.nameless', { id: userId }) }),
    ...values,
    ...(from !== undefined && { from: formatDay(from, language) }),
    ...(to !== undefined && { to: formatDay(to, language) }),
    ...(month !== undefined && { month: formatMonth(month, language) }),
    through: through === undefined ? t('pay.notRead') : formatMoment(through, zone, language, Date.now()),
  });
}

/** What a line of the ledger counts: `won:deal:0` → won. */
export function measureName(measure: string, t: Translate, stageName: (stageId: string) => string): string {
  const [kind = '', what = ''] = measure.split(':');
  if (kind === 'stage') return t('pay.measure.stage', { stage: stageName(measure.split(':').slice(3).join(':')) });
  if (kind === 'activity') {
    if (what === 'meeting' || what === 'letter' || what === 'message') return t(`pay.measure.${what}`);
    return measure;
  }
  return kind === 'call' || kind === 'won' || kind === 'paid' ? t(`pay.measure.${kind}`) : measure;
}
