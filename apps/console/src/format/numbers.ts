import type { Language } from '../i18n/language.js';

const NARROW_SPACE = '\u202f';

const localeOf: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' };

/** The BCP 47 tag used for figures and dates of a language. */
export function localeFor(language: Language): string {
  return localeOf[language];
}

function thinSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f ](?=\d)/g, NARROW_SPACE);
}

function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, NARROW_SPACE);
}

/** A count with thin spaces between thousands, in both languages: `12 345`. */
export function formatCount(value: number): string {
  const rounded = Math.round(value);
  return (rounded < 0 ? '−' : '') + groupDigits(String(Math.abs(rounded)));
}

/** A decimal with a fixed number of digits after the language's separator. */
export function formatDecimal(value: number, digits: number, language: Language): string {
  const text = new Intl.NumberFormat(localeFor(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(value);
  const [whole = '', fraction] = text.split(language === 'ru' ? ',' : '.');
  const grouped = groupDigits(whole);
  return fraction === undefined ? grouped : `${grouped}${language === 'ru' ? ',' : '.'}${fraction}`;
}

/** A share (0…1, may exceed 1 for period ratios) as a percentage with one digit: `20,0 %` or `20.0%`. */
export function formatPercent(share: number, language: Language): string {
  return `${formatDecimal(share * 100, 1, language)}${language === 'ru' ? '\u00a0%' : '%'}`;
}

/** Interval bounds (shares) in percent without the sign: `[11,8–31,8]`. */
export function formatInterval(low: number, high: number, language: Language): string {
  return `[${formatDecimal(low * 100, 1, language)}–${formatDecimal(high * 100, 1, language)}]`;
}

const currencySigns: Record<string, string> = { RUB: '₽', USD: '$', EUR: '€', KZT: '₸', BYN: 'Br', UAH: '₴' };

/** The sign of a currency, or its code where there is no well-known sign. */
function currencySign(currency: string): string {
  return currencySigns[currency] ?? currency;
}

/** Integer kopecks as units without a sign: `40 000,50`; the kopecks only where there are some. Exact at any size. */
export function formatKopecks(kopecks: bigint, language: Language): string {
  const absolute = kopecks < 0n ? -kopecks : kopecks;
  const rest = absolute % 100n;
  const whole = (kopecks < 0n ? '−' : '') + groupDigits((absolute / 100n).toString());
  return rest === 0n ? whole : `${whole}${language === 'ru' ? ',' : '.'}${rest.toString().padStart(2, '0')}`;
}

/**
 * Money from integer kopecks (a decimal string or bigint) with the currency's sign. Kopecks are shown only when there
 * are some and `exact` is asked for; otherwise the sum is rounded half away from zero to whole units.
 */
export function formatMoney(
  kopecks: string | bigint,
  currency: string,
  language: Language,
  options: { exact?: boolean } = {},
): string {
  const total = BigInt(kopecks);
  const whole = ((total < 0n ? total - 50n : total + 50n) / 100n) * 100n;
  return `${formatKopecks(options.exact === true ? total : whole, language)}\u00a0${currencySign(currency)}`;
}

/** Short money for axes and bars: `1,2 млн ₽`, `350 тыс. ₽`. */
export function formatMoneyShort(kopecks: string | bigint, currency: string, language: Language): string {
  const units = Number(BigInt(kopecks) / 100n);
  const text = new Intl.NumberFormat(localeFor(language), { notation: 'compact', maximumFractionDigits: 1 }).format(
    units,
  );
  return `${thinSpaces(text)}\u00a0${currencySign(currency)}`;
}
