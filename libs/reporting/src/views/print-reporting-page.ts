import { writeFile } from 'node:fs/promises';
import { reportingPage } from './reporting-page.js';

await writeFile(new URL('../../../../docs/grafana-views.md', import.meta.url), reportingPage());
