import { fileURLToPath } from 'node:url';
import { AuthoringError } from '@funnelwatch/dashboards';
import { readGenerated } from './read-generated.js';
import { differences, writeFiles } from './sync-files.js';

/** Of this repository: the program writes into its own source. */
const GRAFANA = fileURLToPath(new URL('../../../infra/grafana', import.meta.url));
const USAGE = 'Usage: node apps/dashboards/dist/main.js [--check]\n';

const did = { different: 'changed', missing: 'created', superfluous: 'removed' } as const;

async function run(options: readonly string[]): Promise<number> {
  if (options.some((option) => option !== '--check')) {
    process.stderr.write(USAGE);
    return 2;
  }
  const generated = await readGenerated(GRAFANA);
  if (options.length === 0) {
    for (const { path, is } of await writeFiles(GRAFANA, generated)) {
      process.stdout.write(`${did[is]} infra/grafana/${path}\n`);
    }
    process.stdout.write(`${generated.size} files are as they are generated\n`);
    return 0;
  }
  const found = await differences(GRAFANA, generated);
  for (const { path, is } of found) process.stderr.write(`${is}: infra/grafana/${path}\n`);
  if (found.length === 0) process.stdout.write(`${generated.size} files are as they are generated\n`);
  else process.stderr.write('Run: npm run -w @funnelwatch/dashboards-app generate\n');
  return found.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AuthoringError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
