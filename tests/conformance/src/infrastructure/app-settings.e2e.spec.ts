import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseConfig } from '@funnelwatch/config';
import type { z } from 'zod';
import { type ComposeFile, readComposeFile, repositoryFile } from './compose-file.js';

const apps = ['ingest', 'projector', 'curator', 'api'];
/** Parts of DATABASE_URL, which `parseConfig` puts together. */
const partsOfAddress = /^DATABASE_(HOST|PORT|NAME|USER|PASSWORD_FILE)$/;

let file: ComposeFile;
let secrets: string;
beforeAll(async () => {
  file = await readComposeFile();
  secrets = await mkdtemp(join(tmpdir(), 'compose-secrets-'));
  for (const name of Object.keys(file.secrets)) await writeFile(join(secrets, name), `the ${name}`);
});
afterAll(() => rm(secrets, { recursive: true }));

const schemaOf = async (app: string): Promise<z.ZodObject> => {
  const module = (await import(repositoryFile(`apps/${app}/dist/config.js`).href)) as { configSchema: z.ZodObject };
  return module.configSchema;
};

/** The environment of a service, with its secrets where this spec put them. */
const environmentOf = (service: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(file.services[service]?.environment ?? {}).map(([name, value]) => [
      name,
      // What nobody has set is an empty text.
      String(value ?? '').replace('/run/secrets', secrets),
    ]),
  );

test.each(apps)('%s starts with the settings of its container', async (app) => {
  const settings: Record<string, unknown> = parseConfig(await schemaOf(app), environmentOf(app), { program: app });
  const address = new URL(String(settings['DATABASE_URL']));
  expect([address.hostname, address.pathname]).toEqual(['postgres', '/funnelwatch']);
  expect(decodeURIComponent(address.password)).toMatch(/^the \w+_password$/);
  expect([settings['HOST'], settings['PORT']]).toEqual(['0.0.0.0', 4400]);
});

test.each(['ingest', 'projector', 'curator'])('%s works with the broker of the compose file', async (app) => {
  const settings: Record<string, unknown> = parseConfig(await schemaOf(app), environmentOf(app), { program: app });
  expect(settings['KAFKA_BROKERS']).toEqual(['kafka:9092']);
  expect(file.services['kafka']?.environment?.['KAFKA_ADVERTISED_LISTENERS']).toBe('INTERNAL://kafka:9092');
  // Who makes the topic must mean the same one.
  for (const [name, value] of Object.entries(environmentOf('migrate'))) {
    if (name.startsWith('KAFKA_')) expect(environmentOf(app)).toHaveProperty(name, value);
  }
  expect(environmentOf('migrate')).toHaveProperty('KAFKA_BROKERS');
});

test.each(apps)('%s knows every setting that its container is given', async (app) => {
  const known = Object.keys((await schemaOf(app)).shape);
  const given = Object.keys(environmentOf(app)).filter((name) => !partsOfAddress.test(name));
  expect(given.filter((name) => !known.includes(name))).toEqual([]);
});

test.each(apps)('%s does not start without what it needs', async (app) => {
  const { FUNNELWATCH_KEY_FILE: _removed, ...rest } = environmentOf(app);
  const schema = await schemaOf(app);
  expect(() => parseConfig(schema, rest, { program: app })).toThrow('FUNNELWATCH_KEY_FILE: name the file');
});

test('the simulated portal knows its flags', async () => {
  const { readConfig } = (await import(repositoryFile('apps/portal-sim/dist/config.js').href)) as {
    readConfig: (argv: string[], environment: NodeJS.ProcessEnv) => Record<string, unknown>;
  };
  const [, ...flags] = file.services['portal-sim']?.command ?? [];
  expect(readConfig(flags, {})).toMatchObject({ host: '0.0.0.0', 'operations-port': 4400 });
});
