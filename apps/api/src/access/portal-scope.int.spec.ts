import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendFacts, appendSmallCompany, dealFacts } from '../small-company.spec-fixture.js';

let api: RunningApi;
let first: RegisteredPortal;
let second: RegisteredPortal;

beforeAll(async () => {
  api = await startApi();
  first = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  second = await api.portal('https://vasilek.bitrix24.ru/rest/1/abcdefgh12345678/');
  for (const portal of [first, second]) {
    await appendSmallCompany(api.log, api.keyRing, portal);
    await appendFacts(api.log, api.keyRing, portal, [
      {
        kind: 'user',
        id: '7',
        verb: 'Appeared',
        occurredAt: '2026-03-03T09:00:00.000Z',
        data: { fields: { active: true, departmentIds: ['1'] }, extra: {}, derived: {} },
        sealed: { 'user:7': { name: portal === first ? 'Роза' : 'Лилия', lastName: 'Полевая' } },
      },
      ...dealFacts({ id: '70', ownerId: '7', roubles: 1, path: [['NEW', 3]] }),
    ]);
    await api.projected(portal);
  }
  // A view that pays no regard to portals and buckets: as if a question had forgotten whose rows it wants.
  await api.pool.query(`
    CREATE OR REPLACE VIEW read.person WITH (security_invoker = true) AS
      SELECT asked.bucket, asked.portal_id, person.user_id, person.name, person.second_name, person.last_name, person.is_active,
             person.department_ids, person.last_position
        FROM funnel_v1.person CROSS JOIN registry.portal AS asked`);
});
afterAll(() => api.stop());

const namesOf = async (portal: RegisteredPortal): Promise<string> => {
  const { status, body } = await ask(api, `/api/v1/portals/${portal.portalId}/sellers`);
  expect(status).toBe(200);
  return JSON.stringify(body);
};

test('a question that forgets its portal is answered from the rows of the portal of its route', async () => {
  const { rows } = await api.pool.query(`SELECT FROM read.person WHERE portal_id = $1 AND name = 'Лилия'`, [
    first.portalId,
  ]);
  expect(rows).toHaveLength(1);
  expect(await namesOf(first)).toMatch(/^(?=.*Роза)(?!.*Лилия)/);
  expect(await namesOf(second)).toMatch(/^(?=.*Лилия)(?!.*Роза)/);
});

test('requests that share connections are each in their own scope', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => ({ index, names: await namesOf(index % 2 === 0 ? first : second) })),
  );
  for (const { index, names } of answers) {
    expect(names.includes('Роза')).toBe(index % 2 === 0);
    expect(names.includes('Лилия')).toBe(index % 2 === 1);
  }
});

test('what a request decides stands in the log of its portal', async () => {
  const decided = await ask(api, `/api/v1/portals/${second.portalId}/pipelines/deal:0/stages/NEW/meaning`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ meaning: 'meeting' }),
  });
  expect(decided.status).toBe(200);
});

test('a route without a portal is about all of them', async () => {
  const { body } = await ask(api, '/api/v1/portals');
  expect(body['items']).toHaveLength(2);
});
