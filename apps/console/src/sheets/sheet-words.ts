import type { CellError } from '../api/schema.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';

const sentences: Readonly<Record<string, MessageKey>> = {
  LABEL_UNKNOWN: 'sheet.error.LABEL_UNKNOWN',
  LABEL_TWICE: 'sheet.error.LABEL_TWICE',
  LABEL_MISSING: 'sheet.error.LABEL_MISSING',
  COLUMN_UNKNOWN: 'sheet.error.COLUMN_UNKNOWN',
  VALUE_MISSING: 'sheet.error.VALUE_MISSING',
  VALUE_INVALID: 'sheet.error.VALUE_INVALID',
};
const kinds: Readonly<Record<string, MessageKey>> = {
  text: 'sheet.kind.text',
  amount: 'sheet.kind.amount',
  share: 'sheet.kind.share',
  whole: 'sheet.kind.whole',
  id: 'sheet.kind.id',
  indicator: 'sheet.kind.indicator',
  day: 'sheet.kind.day',
};
/** Contradictions of the whole, found in a cell. */
const contradictions: Readonly<Record<string, MessageKey>> = {
  INDICATOR_UNKNOWN: 'sheet.rule.INDICATOR_UNKNOWN',
  INDICATOR_TWICE: 'sheet.rule.INDICATOR_TWICE',
  TABLE_FALLS: 'sheet.rule.TABLE_FALLS',
  TABLE_NOT_ASCENDING: 'sheet.rule.TABLE_NOT_ASCENDING',
  TABLE_STARTS_LATE: 'sheet.rule.TABLE_STARTS_LATE',
  RATE_ABOVE_ONE: 'sheet.rule.RATE_ABOVE_ONE',
  QUOTA_MEASURES_NOTHING: 'sheet.rule.QUOTA_MEASURES_NOTHING',
  CONVERSION_IMPOSSIBLE: 'sheet.rule.CONVERSION_IMPOSSIBLE',
  CONVERSION_ZERO: 'sheet.rule.CONVERSION_ZERO',
  CONVERSION_UNKNOWN: 'sheet.rule.CONVERSION_UNKNOWN',
};

/** What is wrong with a cell, in a sentence. */
export function cellErrorWords({ code, value, expected }: CellError, t: Translate): string {
  const rule = contradictions[expected];
  if (rule !== undefined) return t(rule, { value });
  const key = sentences[code];
  const kind = kinds[expected];
  return key === undefined ? `${code} ${value}` : t(key, { value, expected: kind === undefined ? expected : t(kind) });
}
