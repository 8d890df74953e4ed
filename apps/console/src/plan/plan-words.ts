import type { Indicator, PlanFinding } from '../api/schema.js';
import { formatCount, formatMoney } from '../format/numbers.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';

/** What an indicator is called; sales where there is none, its id where it is not known. */
export function indicatorText(
  indicatorId: string | null,
  indicators: readonly Indicator[] | undefined,
  { t, language }: { t: Translate; language: Language },
): string {
  if (indicatorId === null) return t('plan.sales');
  return indicators?.find((each) => each.indicatorId === indicatorId)?.name[language] ?? indicatorId;
}

/** A chance as people read it: in whole per cent, and never as certain or impossible. */
export function chanceText(chance: number, language: Language): string {
  const sign = language === 'ru' ? '\u00a0%' : '%';
  if (chance < 0.01) return `<1${sign}`;
  return chance > 0.99 ? `>99${sign}` : `${Math.round(chance * 100)}${sign}`;
}

const sentences: Readonly<Record<string, MessageKey>> = {
  SALES_TIMES_AVERAGE: 'plan.finding.SALES_TIMES_AVERAGE',
  TARGET_INVALID: 'plan.finding.TARGET_INVALID',
  AVERAGE_SALE_INVALID: 'plan.finding.AVERAGE_SALE_INVALID',
  NO_INDICATORS: 'plan.finding.NO_INDICATORS',
  NO_SELLERS: 'plan.finding.NO_SELLERS',
  CONVERSION_IMPOSSIBLE: 'plan.finding.CONVERSION_IMPOSSIBLE',
  CONVERSION_UNKNOWN: 'plan.finding.CONVERSION_UNKNOWN',
  CONVERSION_ZERO: 'plan.finding.CONVERSION_ZERO',
  HISTORY_TOO_SHORT: 'plan.finding.HISTORY_TOO_SHORT',
  MARGIN_ABOVE_TARGET: 'plan.finding.MARGIN_ABOVE_TARGET',
  BREAK_EVEN_BASIS_UNKNOWN: 'plan.finding.BREAK_EVEN_BASIS_UNKNOWN',
  BREAK_EVEN_ABOVE_TARGET: 'plan.finding.BREAK_EVEN_ABOVE_TARGET',
  PARTS_DIFFER_FROM_TARGET: 'plan.finding.PARTS_DIFFER_FROM_TARGET',
};
/** Of the figures of a finding, those that are counts; the others are amounts. */
const counts: ReadonlySet<string> = new Set(['sales', 'needed', 'entered', 'converted']);

/** One thing that does not fit in a plan, in a sentence. */
export function findingText(
  { code, indicatorId, values }: PlanFinding,
  indicators: readonly Indicator[] | undefined,
  words: { t: Translate; language: Language },
): string {
  const key = sentences[code];
  if (key === undefined) return code;
  const said = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      counts.has(name) ? formatCount(Number(value)) : moneyText(value, words.language),
    ]),
  );
  const name = indicatorId === null ? '' : indicatorText(indicatorId, indicators, words);
  const isAsked = code === 'BREAK_EVEN_BASIS_UNKNOWN' && values['revenue'] === undefined;
  return words.t(isAsked ? 'plan.finding.BREAK_EVEN_BASIS_UNKNOWN.short' : key, { ...said, indicator: name });
}

/** An amount as the API writes it, in roubles: `800000.00` → `800 000 ₽`. */
function moneyText(roubles: string, language: Language): string {
  if (!/^\d+\.\d\d$/.test(roubles)) return roubles;
  return formatMoney(BigInt(roubles.replace('.', '')), 'RUB', language);
}
