import { describe, expect, test } from '@jest/globals';
import { compileRule } from '../../rules/compile-rule.js';
import { clauseText, feedbackText, rulesOfPack } from '../rule-words.js';
import { basePack, baseTexts } from './base-pack.js';

const placeholders = (text: string): string[] => [...text.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
const rules = basePack.rules.map((rule) => [rule.id, rule] as const);

test('says the 81 rules of the catalogue that this pack holds, each once', () => {
  const counts = Object.fromEntries(['L', 'D', 'F', 'A', 'K', 'I', 'O'].map((group) => [group, 0]));
  for (const { id } of basePack.rules) counts[id.charAt(0)] = (counts[id.charAt(0)] ?? 0) + 1;
  expect(counts).toEqual({ L: 13, D: 17, F: 12, A: 9, K: 12, I: 10, O: 8 });
  expect(new Set(basePack.rules.map(({ id }) => id)).size).toBe(81);
  expect(Object.keys(baseTexts).sort()).toEqual(basePack.rules.map(({ id }) => id).sort());
});

test('names the fact that each rule that cannot be judged waits for', () => {
  const waiting = basePack.rules.filter(({ unavailable }) => unavailable !== undefined);
  expect(waiting.map(({ id, when }) => [id, when])).toEqual([['O02', 'false']]);
});

describe.each(rules)('%s', (_id, rule) => {
  test('can be used as it stands', () => {
    expect(compileRule(rule).length).toBeGreaterThan(0);
  });

  test('has words in both languages, each in its own letters', () => {
    const titles = Object.values(rule.parameters ?? {}).map(({ title }) => title);
    for (const { ru, en } of [rule.title, rule.clause, rule.feedback, ...titles]) {
      expect(ru).toMatch(/[а-яё]/i);
      expect(en).not.toMatch(/[а-яё]/i);
    }
    for (const language of ['ru', 'en'] as const) {
      expect(rule.title[language].length).toBeLessThanOrEqual(60);
      expect(rule.title[language]).not.toMatch(/[.{]/);
      expect(rule.clause[language]).toMatch(/\.$/);
      expect(rule.feedback[language]).toMatch(/^\{record\}: [^A-ZА-ЯЁ].*\.$/);
    }
  });

  test('names every parameter in its clause or feedback, alike in both languages, and nothing else', () => {
    const names = Object.keys(rule.parameters ?? {}).sort();
    const mentioned = (language: 'ru' | 'en') =>
      [...new Set(placeholders(rule.clause[language] + rule.feedback[language]))]
        .filter((name) => name !== 'record')
        .sort();
    expect(mentioned('ru')).toEqual(mentioned('en'));
    expect(names).toEqual(expect.arrayContaining(mentioned('ru')));
    const numbers = names.filter((name) => rule.parameters?.[name]?.type === 'number');
    expect(placeholders(rule.clause.ru)).toEqual(expect.arrayContaining(numbers));
    expect(placeholders(rule.clause.en)).toEqual(expect.arrayContaining(numbers));
  });

  test('leaves no placeholder when it is filled in', () => {
    expect(placeholders(clauseText(rule, {}, 'ru') + feedbackText(rule, {}, 'Лид № 12', 'ru'))).toEqual([]);
  });
});

test('clauses say the values of a portal, defaults where it has none', () => {
  const [first] = basePack.rules;
  if (!first) throw new Error('No rules.');
  expect(clauseText(first, { minutes: 1500, hot_sources: ['CALL', 'WEB'] }, 'ru')).toBe(
    'Новому лиду звонят или пишут в течение 1\u00a0500 мин рабочего времени, лиду из горячего источника (CALL, WEB) – в течение 5 мин.',
  );
  expect(clauseText(first, {}, 'en')).toContain('from a hot source (not set) within 5.');
  const proofs = { D05: { proofs: { OFFER: ['meeting', 'file'], WON: ['invoice'] } } };
  const offer = rulesOfPack(basePack, proofs, 'en').find(({ id }) => id === 'D05');
  expect(offer?.clause).toContain('what proves it: OFFER – meeting, file; WON – invoice.');
  const waiting = rulesOfPack(basePack, {}, 'ru').filter(({ unavailable }) => unavailable !== null);
  expect(waiting.map(({ id }) => id)).toEqual(['O02']);
});
