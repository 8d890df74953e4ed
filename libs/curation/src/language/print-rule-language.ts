import { writeFile } from 'node:fs/promises';
import { ruleLanguagePage } from './rule-language-page.js';

await writeFile(new URL('../../../../docs/rule-language.md', import.meta.url), ruleLanguagePage());
