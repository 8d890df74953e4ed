import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { ruleLanguage } from '../../generated/rule-language.js';
import { readLanguagePage } from './read-language-page.js';

const page = await readFile(new URL('../../../../../docs/rule-language.md', import.meta.url), 'utf8');

test('the words of conditions are those of docs/rule-language.md (npm run -w @funnelwatch/console generate)', () => {
  expect(readLanguagePage(page)).toEqual(ruleLanguage);
});

test('every row of the page is read', () => {
  const rows = (page.slice(page.indexOf('\n## Fields')).match(/^\| `/gm) ?? []).length;
  const { views, factFields, functions } = ruleLanguage;
  expect([...views.flatMap(({ fields }) => fields), ...factFields, ...functions]).toHaveLength(rows);
  expect(functions.every(({ receiver }) => receiver === '' || receiver in ruleLanguage.receivers)).toBe(true);
  expect(
    Object.values(ruleLanguage.receivers)
      .flat()
      .every((kind) => ruleLanguage.kinds.includes(kind)),
  ).toBe(true);
});

test('a page that is arranged otherwise is not read as an empty one', () => {
  expect(() => readLanguagePage(page.replace('## Functions', '## Calls'))).toThrow('## Functions');
});
