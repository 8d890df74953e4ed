import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateFiles, parseClients, parseSettings } from '@funnelwatch/dashboards';
import { catalogueWithTitles } from './catalogue-with-titles.js';

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

/**
 * What belongs below a folder, by path, made from the `settings.json` and `clients.json` that stand there.
 *
 * @throws AuthoringError when a client, a setting, a dashboard or an alert is written wrongly
 */
export async function readGenerated(folder: string): Promise<Map<string, string>> {
  const settings = parseSettings(await readJson(join(folder, 'settings.json')));
  const clients = parseClients(await readJson(join(folder, 'clients.json')));
  return generateFiles(catalogueWithTitles(settings.language), clients, settings);
}
