import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseClients } from '@funnelwatch/dashboards';
import { expect, test } from '@jest/globals';
import { readGenerated } from './read-generated.js';
import { differences } from './sync-files.js';

const grafana = fileURLToPath(new URL('../../../infra/grafana', import.meta.url));

test('the files below infra/grafana are those that the sources give: else run the script `generate`', async () => {
  expect(await differences(grafana, await readGenerated(grafana))).toEqual([]);
});

test('the example of a client is one', async () => {
  const example = parseClients(JSON.parse(await readFile(join(grafana, 'clients.example.json'), 'utf8')));
  expect(example).toMatchObject([{ org: 2, login: 'reader_01' }]);
});
