import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseSettings } from '@funnelwatch/dashboards';
import { Rejection, systemClock } from '@funnelwatch/kernel';
import { catalogueWithTitles } from '../catalogue-with-titles.js';
import { parseArguments } from './arguments.js';
import { findConnection } from './connection.js';
import { takePictures } from './pictures.js';
import { openReadModels } from './read-models.js';
import { startPreview } from './server.js';

const SETTINGS = fileURLToPath(new URL('../../../../infra/grafana/settings.json', import.meta.url));

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });

async function run(argv: readonly string[]): Promise<void> {
  const options = parseArguments(argv);
  const settings = parseSettings(JSON.parse(await readFile(SETTINGS, 'utf8')));
  const { databaseUrl, consoleUrl } = await findConnection(options, process.env);
  const language = options.language ?? settings.language;
  const { dashboards } = catalogueWithTitles(language);
  const readModels = await openReadModels(databaseUrl);
  try {
    const preview = await startPreview({
      readModels,
      dashboards,
      language,
      consoleUrl: consoleUrl ?? settings.consoleUrl,
      clock: systemClock,
      port: options.port,
    });
    try {
      if (options.pictures === null) {
        print(`A preview of the dashboards, not Grafana: ${preview.address}\nStop it with Ctrl+C.`);
        await interrupted();
      } else {
        const taken = await takePictures(preview.address, dashboards, options.pictures);
        print(`${taken.length} pictures are in ${options.pictures}`);
      }
    } finally {
      await preview.close();
    }
  } finally {
    await readModels.close();
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Rejection)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
