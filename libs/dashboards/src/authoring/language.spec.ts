import { expect, test } from '@jest/globals';
import { inLanguage, say } from './language.js';
import { consoleLink } from './links.js';
import { dataAsOf } from './panels/data-as-of.js';
import { variable } from './variables.js';

const words = (): string => say('Plan', 'План');

test('texts are in the language that is being built in, English unless said', () => {
  expect(words()).toBe('Plan');
  expect(inLanguage('ru', words)).toBe('План');
  expect(inLanguage('ru', () => inLanguage('en', words))).toBe('Plan');
});

test('the language before is back afterwards, after a failure too', () => {
  const fail = (): never => {
    throw new Error('failed');
  };
  expect(() => inLanguage('ru', fail)).toThrow('failed');
  expect(words()).toBe('Plan');
});

test('what the kit says itself is in both languages', () => {
  const said = (): string =>
    JSON.stringify([dataAsOf().build(), variable.sellers().build(), consoleLink('/operations')]);
  expect(said()).not.toMatch(/[а-яё]/i);
  const russian = inLanguage('ru', said);
  expect(russian).toContain('Данные на');
  expect(russian).toContain('Источник: grafana.portal.data_through.');
  expect(russian).toContain('Продавцы');
  expect(russian).toContain('Открыть в консоли');
});
