import { describe, expect, it } from '@jest/globals';
import { fillMessage } from '../i18n/message.js';
import { en } from '../i18n/en.js';
import type { Translate } from '../i18n/i18n.js';
import { normToday } from './norm-today.js';
import { readPaySearch } from './pay-search.js';
import { lineName, lineReason, measureName, refusalWords, shareOf } from './pay-words.js';

const t: Translate = (key, values) => fillMessage(en[key], 'en', values);
const words = { t, language: 'en' as const, currency: 'RUB' };
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('the page of pay', () => {
  it('keeps in its address what is shown, and nothing else', () => {
    expect(readPaySearch({ month: '2026-03', person: '4' })).toEqual({ month: '2026-03' });
    expect(readPaySearch({ month: 'March' })).toEqual({});
    expect(readPaySearch({ view: 'schemes', slip: 7, scheme: 'x' })).toEqual({ view: 'schemes', slip: '7' });
  });
});

describe('a line of pay', () => {
  it('reads fractions', () => {
    expect(['19/20', '1', '0'].map(shareOf)).toEqual([0.95, 1, 0]);
  });

  it('says what it is and what it follows from', () => {
    const because = { salary: '20000.00', part: '9/10', points: '889', target: '890' };
    const salary = { kind: 'salary', id: null, kopecks: '1800000', because };
    expect(lineName(salary, t)).toBe('Salary');
    expect(plain(lineReason(salary, words))).toBe('889 of 890 points · 20 000 ₽ × 90.0%');
    const commission = {
      ...{ kind: 'commission', id: null, kopecks: '2399988' },
      because: { soldKopecks: '19999900', rate: '3/25', attainment: '199999/200000' },
    };
    expect(plain(lineReason(commission, words))).toBe('199 999 ₽ × 12.0%, attainment 99.9%');
    // 5 % of half a million and 8 % of the rest.
    const tiers = { soldKopecks: '87421500', rate: '2/25', attainment: '174843/100000' };
    expect(plain(lineReason({ ...commission, kopecks: '5493720', because: tiers }, words))).toBe(
      '874 215 ₽ by tiers up to 8.0%, 6.3% on average, attainment 174.8%',
    );
    const worse = { ...tiers, quality: '0.5' };
    expect(plain(lineReason({ ...commission, kopecks: '2746860', because: worse }, words))).toContain(
      '6.3% on average',
    );
  });

  it('names an extra by its id, and says nothing where nothing is to say', () => {
    const extra = { kind: 'spiff', id: 'launch', kopecks: '100000', because: { amount: '500.00', count: '2' } };
    expect([lineName(extra, t), plain(lineReason(extra, words))]).toEqual(['Extra launch', '2 × 500 ₽']);
    expect(plain(lineReason(extra, { ...words, currency: 'USD' }))).toBe('2 × 500 $');
    expect(lineReason({ kind: 'cap', id: null, kopecks: '-1', because: {} }, words)).toBe('');
  });
});

describe('a month that cannot be closed yet', () => {
  const zone = 'Europe/Moscow';
  const said = (code: string, values: Record<string, string>) =>
    plain(refusalWords({ code, values }, { t, language: 'en', zone }));

  it('says why, with names and days as people read them', () => {
    expect(said('SCHEME_UNSIGNED', { userId: '6', name: 'Anna' })).toBe('Anna: the scheme is not signed.');
    expect(said('NOT_CERTIFIED', { from: '2026-03-20', to: '2026-03-31' })).toMatch(/20 .* — 31 /);
    expect(said('NOT_CERTIFIED', { from: '2026-03-31', to: '2026-03-31' })).toMatch(/: 31 [^—]*$/);
    expect(said('MONTH_NOT_OVER', {})).toContain('read nothing');
    expect(said('NEW_CODE', {})).toBe('NEW_CODE');
  });
});

describe('a line of the ledger', () => {
  it('is named by what it counts', () => {
    const names = ['won:deal:0', 'activity:meeting:none', 'call:outgoing', 'stage:deal:0:C1:NEW', 'paid', 'other:x'];
    expect(names.map((name) => measureName(name, t, (stageId) => stageId))).toEqual([
      ...['Sale', 'Meeting', 'Call', 'Stage C1:NEW', 'Invoice paid', 'other:x'],
    ]);
  });
});

describe('the norm of a day', () => {
  it('is what is left with what was done today, over the days left, rounded up', () => {
    expect(normToday({ toGo: '20', today: 0 }, 7)).toBe(3);
    // Doing some of it today does not make today’s norm smaller.
    expect(normToday({ toGo: '18', today: 2 }, 7)).toBe(3);
    expect(normToday({ toGo: '0', today: 1 }, 3)).toBe(1);
    expect(normToday({ toGo: '5', today: 2 }, 0)).toBe(2);
  });
});
