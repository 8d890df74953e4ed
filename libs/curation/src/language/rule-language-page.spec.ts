import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { viewFields } from '../views/catalogue.js';
import { functionCatalogue } from '../views/function-catalogue.js';
import { ruleLanguagePage } from './rule-language-page.js';

const path = new URL('../../../../docs/rule-language.md', import.meta.url);

test('docs/rule-language.md is what the catalogue says (npm run -w @funnelwatch/curation rule-language)', async () => {
  const page = await format(ruleLanguagePage(), { parser: 'markdown', printWidth: 120, singleQuote: true });
  expect(await readFile(path, 'utf8')).toBe(page);
});

test('it names every field and every function', () => {
  const page = ruleLanguagePage();
  for (const field of Object.values(viewFields).flatMap(Object.keys)) expect(page).toContain(`| \`${field}\` |`);
  for (const { signature } of functionCatalogue) expect(page).toContain(signature.slice(0, signature.indexOf('(')));
});
