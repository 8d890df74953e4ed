import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MotivationScheme } from '../api/schema.js';
import { en } from '../i18n/en.js';
import type { Translate } from '../i18n/i18n.js';
import { fillMessage } from '../i18n/message.js';
import { amountOf, percentOfShare, schemeDraftOf, schemeOf, shareOfPercent } from './scheme-draft.js';
import { schemeFindingText, schemeSentences } from './scheme-words.js';

const t: Translate = (key, values) => fillMessage(en[key], 'en', values);
const words = { t, language: 'en' as const };
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

const scheme: MotivationScheme = {
  name: 'Sellers',
  currency: 'RUB',
  salary: {
    amount: '20000.00',
    points: {
      target: 890,
      indicators: [{ indicator: 'meetings', weight: 5, dailyCap: 3, largestShare: '0.5' }],
      shape: 'steps',
      table: [
        { from: '0', part: '0.5' },
        { from: '1', part: '1' },
      ],
    },
  },
  commission: {
    ...{ counted: 'won', quota: 'plan', mode: 'cliff' },
    tiers: [
      { from: '0', rate: '0.1' },
      { from: '1.25', rate: '0.125' },
    ],
  },
  teamBonus: { amount: '5000.00', from: '1' },
  cap: '90000.50',
};

describe('shares as people write them', () => {
  it('reads per cent and writes them back, exactly', () => {
    expect(['0', '10', '12,5', '100', '125', '0.01', '7'].map(shareOfPercent)).toEqual([
      ...['0', '0.1', '0.125', '1', '1.25', '0.0001', '0.07'],
    ]);
    expect(['ten', '-1', '1.23456', ''].map(shareOfPercent)).toEqual([null, null, null, null]);
    const share = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 999_999 }));
    fc.assert(
      fc.property(share, ([whole, fraction]) => {
        const text = `${whole}.${String(fraction).padStart(6, '0')}`.replace(/\.?0+$/, '');
        expect(shareOfPercent(percentOfShare(text))).toBe(text);
      }),
    );
  });

  it('reads amounts', () => {
    expect(['20 000', '20000,5', '0.05', 'x'].map(amountOf)).toEqual(['20000.00', '20000.50', '0.05', null]);
  });
});

describe('a scheme in fields', () => {
  it('comes back as it was, with what has no field', () => {
    expect(schemeOf(schemeDraftOf(scheme, ['4'])).scheme).toEqual(scheme);
    const whole: MotivationScheme = {
      ...scheme,
      quality: { appliesTo: 'all', least: '0.9', most: '1.05' },
      draw: { amount: '10000.00', recoverable: false },
      spiffs: [{ id: 'launch', indicator: 'meetings', amount: '500.00', from: '2026-03-01', to: '2026-03-31' }],
    };
    expect(schemeOf(schemeDraftOf(whole, ['4'])).scheme).toEqual(whole);
    const plainOne: MotivationScheme = { name: 'Plain', currency: 'RUB', salary: { amount: '20000.00' } };
    expect(schemeOf(schemeDraftOf(plainOne, ['4'])).scheme).toEqual(plainOne);
  });

  it('names what cannot be read yet', () => {
    const draft = { ...schemeDraftOf(scheme, []), salary: 'much', tiers: [{ from: '0', value: '' }] };
    expect(schemeOf(draft)).toEqual({ scheme: null, unreadable: ['sellerIds', 'tiers.0.value', 'salary'] });
  });
});

describe('a scheme in words', () => {
  it('says all of its parts', () => {
    expect(schemeSentences(scheme, undefined, words).map(plain)).toEqual([
      'A salary up to 20 000 ₽ by points.',
      'Target 890 points: meetings × 5.',
      'Part of the salary in steps: from 0 % — 50 %, from 100 % — 100 %.',
      'A percentage of deals won by the quota of the plan: from 0 % — 10 %, from 125 % — 12.5 %.',
      'The rate reached holds for all sales.',
      'A bonus of 5 000 ₽ to each when the team does 100 % of its plan.',
      'No more than 90 000.50 ₽.',
    ]);
  });

  it('says what is wrong, and where', () => {
    const falls = { severity: 'fault' as const, code: 'TABLE_FALLS', path: 'commission.tiers.1.rate' };
    const text = schemeFindingText({ ...falls, values: { value: '0.1', before: '0.2' } }, undefined, words);
    expect(plain(text)).toBe('Commission: 10 % after 20 %. More is never paid less.');
    const unknown = { severity: 'fault' as const, code: 'NEW', path: 'cap', values: {} };
    expect(schemeFindingText(unknown, undefined, words)).toBe('NEW (cap)');
  });
});
