import type { JsonValue } from '@funnelwatch/kernel';
import type { CellReader, CellValue } from './cells.js';

/** Decimals that a cell keeps exactly enough: a float of so few digits is the one that was typed. */
const mostDecimals = 6;

/** A number of a cell as an exact decimal text; null where it has more decimals than anybody types. */
function decimalOf(value: Exclude<CellValue, null>): string | null {
  if (typeof value === 'number') {
    const text = value.toFixed(mostDecimals);
    if (!Number.isFinite(value) || Math.abs(Number(text) - value) > Math.abs(value) * 1e-12 + 1e-12) return null;
    return text.replace(/\.?0+$/, '');
  }
  const text = String(value)
    .replace(/[\s\u00a0\u202f₽]/g, '')
    .replace(',', '.');
  return /^\d{1,13}(\.\d{1,6})?$/.test(text) ? text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : null;
}

const asNumber = (value: JsonValue): CellValue => (value === null ? null : Number(value));
const asText = (value: JsonValue): CellValue =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

/** A text of at most so many characters. */
export const textCell = (most: number): CellReader => ({
  expected: 'text',
  read: (value) => {
    const text = String(value).trim();
    return text.length <= most && !/\p{Cc}/u.test(text) ? text : null;
  },
  write: asText,
});

/** An amount in units of a currency, made a text with two decimals: `20000.00`. */
export const amountCell: CellReader = {
  expected: 'amount',
  read: (value) => {
    const text = decimalOf(value);
    const match = text === null || text.startsWith('-') ? null : /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
    return match ? `${match[1]}.${(match[2] ?? '').padEnd(2, '0')}` : null;
  },
  write: asNumber,
};

/** An amount made whole kopecks as text: `2000000`. */
export const kopecksCell: CellReader = {
  expected: 'amount',
  read: (value) => {
    const amount = amountCell.read(value);
    return typeof amount === 'string' ? BigInt(amount.replace('.', '')).toString() : null;
  },
  write: (value) => (value === null ? null : Number(value) / 100),
};

/** A share: `0.15`, a cell of 15 %, or the text `15 %`. */
export const shareCell: CellReader = {
  expected: 'share',
  read: (value) => {
    const percent = typeof value === 'string' ? /^([\d\s.,]+)%$/.exec(value.trim())?.[1] : undefined;
    const text = decimalOf(percent ?? value);
    if (text === null || text.startsWith('-')) return null;
    const share = percent === undefined ? text : shifted(text);
    return /^\d{1,3}(\.\d{1,6})?$/.test(share) ? share : null;
  },
  write: asNumber,
};

/** A decimal text with its point two places further left. */
function shifted(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const digits = whole.padStart(3, '0');
  const moved = `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`;
  return moved
    .replace(/0+$/, '')
    .replace(/\.$/, '')
    .replace(/^0+(?=\d)/, '');
}

/** A whole number within bounds. */
export const wholeCell = (least: number, most: number): CellReader => ({
  expected: 'whole',
  read: (value) => {
    const text = decimalOf(value);
    const number = text !== null && /^\d{1,10}$/.test(text) ? Number(text) : null;
    return number !== null && number >= least && number <= most ? number : null;
  },
  write: asNumber,
});

/** An id of a user of the portal, or another one of digits. */
export const idCell: CellReader = {
  expected: 'id',
  read: (value) => (/^\d{1,18}$/.test(String(value).trim()) ? String(value).trim() : null),
  write: asText,
};

/** An id of an indicator. */
export const indicatorCell: CellReader = {
  expected: 'indicator',
  read: (value) => (/^[a-z][a-z0-9-]{0,39}$/.test(String(value).trim()) ? String(value).trim() : null),
  write: asText,
};

/** A day: `2026-03-31`. */
export const dayCell: CellReader = {
  expected: 'day',
  read: (value) => {
    const text = String(value).trim().slice(0, 10);
    const time = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : null;
  },
  write: asText,
};

/** One of a few words; each choice by what it is called. */
export const choiceCell = (choices: Readonly<Record<string, readonly string[]>>): CellReader => ({
  expected: Object.values(choices)
    .map(([first]) => first)
    .join(', '),
  read: (value) => {
    const text = String(value).trim().toLowerCase();
    const found = Object.entries(choices).find(([choice, words]) =>
      [choice, ...words].some((word) => word.toLowerCase() === text),
    );
    return found?.[0] ?? null;
  },
  write: (value) =>
    choices[typeof value === 'boolean' ? String(value) : (asText(value) as string)]?.[0] ?? asText(value),
});

/** An amount, or a word that stands for one. */
export const amountOr = (word: string, words: readonly string[]): CellReader => ({
  expected: `amount, ${words[0] ?? word}`,
  read: (value) =>
    [word, ...words].some((one) => one.toLowerCase() === String(value).trim().toLowerCase())
      ? word
      : amountCell.read(value),
  write: (value) => (value === word ? (words[0] ?? word) : asNumber(value)),
});
