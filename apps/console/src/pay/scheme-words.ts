import type { Indicator, MotivationScheme, Scheme, SchemeFinding } from '../api/schema.js';
import { formatMonth } from '../format/dates.js';
import { formatMoney } from '../format/numbers.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { indicatorText } from '../plan/plan-words.js';
import { percentOfShare } from './scheme-draft.js';

type Words = { t: Translate; language: Language };

const sentences: Readonly<Record<string, MessageKey>> = {
  TABLE_STARTS_LATE: 'scheme.finding.TABLE_STARTS_LATE',
  TABLE_NOT_ASCENDING: 'scheme.finding.TABLE_NOT_ASCENDING',
  TABLE_FALLS: 'scheme.finding.TABLE_FALLS',
  RATE_ABOVE_ONE: 'scheme.finding.RATE_ABOVE_ONE',
  QUOTA_MEASURES_NOTHING: 'scheme.finding.QUOTA_MEASURES_NOTHING',
  INDICATOR_UNKNOWN: 'scheme.finding.INDICATOR_UNKNOWN',
  INDICATOR_TWICE: 'scheme.finding.INDICATOR_TWICE',
  EXTRA_TWICE: 'scheme.finding.EXTRA_TWICE',
  EXTRA_ENDS_BEFORE_IT_BEGINS: 'scheme.finding.EXTRA_ENDS_BEFORE_IT_BEGINS',
  BOUNDS_CROSSED: 'scheme.finding.BOUNDS_CROSSED',
  QUALITY_LOWERS_TOO_MUCH: 'scheme.finding.QUALITY_LOWERS_TOO_MUCH',
  QUALITY_ON_SALARY: 'scheme.finding.QUALITY_ON_SALARY',
  STEEP_STEP: 'scheme.finding.STEEP_STEP',
  ONE_INDICATOR_DOMINATES: 'scheme.finding.ONE_INDICATOR_DOMINATES',
  TARGET_UNREACHABLE: 'scheme.finding.TARGET_UNREACHABLE',
};
const shares: ReadonlySet<string> = new Set(['from', 'before', 'value', 'rate', 'least', 'most']);

/** One thing that is wrong with a scheme, or to be thought about, in a sentence. */
export function schemeFindingText(
  { code, path, values }: SchemeFinding,
  indicators: readonly Indicator[] | undefined,
  words: Words,
): string {
  const key = sentences[code];
  if (key === undefined) return `${code} (${path})`;
  const isShare = (name: string, value: string) =>
    shares.has(name) && code !== 'TARGET_UNREACHABLE' && /^\d+(\.\d+)?$/.test(value);
  const said = Object.entries(values).map(([name, value]): [string, string] => {
    if (name === 'indicator') return [name, indicatorText(value, indicators, words)];
    return [name, isShare(name, value) ? `${percentOfShare(value)}\u00a0%` : value];
  });
  return words.t(key, { ...Object.fromEntries(said), part: partOf(path, words.t) });
}

const partOf = (path: string, t: Translate): string =>
  t(
    path.startsWith('salary')
      ? 'scheme.part.salary'
      : path.startsWith('spiffs')
        ? 'scheme.part.extras'
        : 'scheme.part.commission',
  );

/** How far a scheme has come: what its latest version waits for. */
export function schemeState({ versions, withdrawnFrom }: Scheme, { t, language }: Words): string {
  if (withdrawnFrom !== null) return t('scheme.withdrawnFrom', { month: formatMonth(withdrawnFrom, language) });
  const latest = versions.at(-1);
  if (!latest) return '';
  if (latest.fromMonth !== null) return t('scheme.paysFrom', { month: formatMonth(latest.fromMonth, language) });
  return t(latest.isApproved ? 'scheme.approved' : 'scheme.draft');
}

/** A scheme in sentences, for those who sign it. */
export function schemeSentences(
  { currency, salary, commission, spiffs, teamBonus, quality, floor, cap, draw }: MotivationScheme,
  indicators: readonly Indicator[] | undefined,
  words: Words,
): string[] {
  const { t, language } = words;
  const money = (amount: string) => formatMoney(BigInt(amount.replace('.', '')), currency, language, { exact: true });
  const percent = (share: string) => `${percentOfShare(share)}\u00a0%`;
  const { points } = salary;
  const rows = (table: readonly { from: string }[], value: (row: never) => string) =>
    table
      .map((row) => t('scheme.says.row', { from: percent(row.from), value: percent(value(row as never)) }))
      .join(', ');
  return [
    points
      ? t('scheme.says.salary', { amount: money(salary.amount) })
      : t('scheme.says.fixed', { amount: money(salary.amount) }),
    ...(points
      ? [
          t('scheme.says.points', {
            target: points.target,
            indicators: points.indicators
              .map(({ indicator, weight }) => `${indicatorText(indicator, indicators, words)} × ${weight}`)
              .join(', '),
          }),
          t(points.shape === 'steps' ? 'scheme.says.steps' : 'scheme.says.linear', {
            rows: rows(points.table, ({ part }: { part: string }) => part),
          }),
        ]
      : []),
    ...(commission
      ? [
          t(commission.counted === 'won' ? 'scheme.says.won' : 'scheme.says.paid', {
            quota: commission.quota === 'plan' ? t('scheme.says.plan') : money(commission.quota),
            rows: rows(commission.tiers, ({ rate }: { rate: string }) => rate),
          }),
          t(commission.mode === 'cliff' ? 'scheme.says.cliff' : 'scheme.says.marginal'),
        ]
      : []),
    ...(spiffs ?? []).map(({ id, indicator, amount, from, to }) =>
      t('scheme.says.extra', {
        id,
        amount: money(amount),
        indicator: indicatorText(indicator, indicators, words),
        from,
        to,
      }),
    ),
    ...(teamBonus ? [t('scheme.says.team', { amount: money(teamBonus.amount), from: percent(teamBonus.from) })] : []),
    ...(quality ? [t('scheme.says.quality', { least: percent(quality.least), most: percent(quality.most) })] : []),
    ...(floor === undefined ? [] : [t('scheme.says.floor', { amount: money(floor) })]),
    ...(cap === undefined ? [] : [t('scheme.says.cap', { amount: money(cap) })]),
    ...(draw
      ? [t(draw.recoverable ? 'scheme.says.drawBack' : 'scheme.says.draw', { amount: money(draw.amount) })]
      : []),
  ];
}
