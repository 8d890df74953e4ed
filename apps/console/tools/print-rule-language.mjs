import { readFile, writeFile } from 'node:fs/promises';
import { readLanguagePage } from '../src/rules/language/read-language-page.ts';

const page = await readFile(new URL('../../../docs/rule-language.md', import.meta.url), 'utf8');
const language = JSON.stringify(readLanguagePage(page), null, 2);
const source = [
  '/** Made from docs/rule-language.md by `npm run -w @funnelwatch/console generate`; do not edit. */',
  "import type { RuleLanguage } from '../rules/language/read-language-page.js';",
  '',
  `export const ruleLanguage: RuleLanguage = ${language};`,
  '',
].join('\n');
await writeFile(new URL('../src/generated/rule-language.ts', import.meta.url), source);
