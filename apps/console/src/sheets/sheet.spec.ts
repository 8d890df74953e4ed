import { describe, expect, it } from '@jest/globals';
import { en } from '../i18n/en.js';
import type { Translate } from '../i18n/i18n.js';
import { fillMessage } from '../i18n/message.js';
import { cellErrorWords } from './sheet-words.js';

const t: Translate = (key, values) => fillMessage(en[key], 'en', values);

describe('a wrong cell', () => {
  it('is told with what stands there and what belongs there', () => {
    const said = (code: string, value: string, expected: string) =>
      cellErrorWords({ cell: 'B2', code: code as 'VALUE_INVALID', value, expected }, t);
    expect(said('VALUE_INVALID', 'much', 'amount')).toBe('“much” does not fit: an amount belongs here.');
    expect(said('LABEL_UNKNOWN', 'Fine', '')).toBe('There is no label “Fine”.');
    expect(said('VALUE_INVALID', 'commission.tiers.1.rate', 'TABLE_FALLS')).toBe('More is never paid less.');
    expect(said('VALUE_INVALID', 'x', 'won, paid')).toBe('“x” does not fit: won, paid belongs here.');
    expect(said('OTHER', 'x', '')).toBe('OTHER x');
  });
});
