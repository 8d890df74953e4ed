import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eventIdOf } from '@funnelwatch/event-log';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { randomUUID } from 'node:crypto';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { packDiffSchema, ruleDetailSchema } from './own-rules.schemas.js';
import { layerListSchema, learnedLimitsSchema } from './pack-layers.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;

beforeAll(async () => {
  api = await startApi({ withCases: true });
});
afterAll(() => api.stop());
beforeEach(async () => {
  portal = await api.portal(`https://${randomUUID()}.bitrix24.ru/rest/1/abcdefgh12345678/`);
  root = `/api/v1/portals/${portal.portalId}`;
});

async function send(method: string, path: string, body?: object) {
  const answer = await ask(api, `${root}/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  await api.projected(portal);
  return answer;
}
const detail = async (ruleId: string) => ruleDetailSchema.parse((await ask(api, `${root}/rules/${ruleId}`)).body);

test('a layer lies between the pack and the portal, switches what it says, and goes again', async () => {
  const rules = {
    L02: { severity: 'S1', parameters: { days: 4 }, scope: { pipelines: ['lead:0'] } },
    D04: { isOn: true },
  };
  expect(await send('PUT', 'pack-layers/wholesale', { version: 3, rules })).toMatchObject({
    status: 200,
    body: { switched: [{ ruleId: 'D04', status: 'active' }] },
  });
  expect(layerListSchema.parse((await ask(api, `${root}/pack-layers`)).body).items).toEqual([
    { id: 'wholesale', version: 3, rules, unfit: [] },
  ]);
  expect(await detail('L02')).toMatchObject({
    rule: { severity: 'S1', scope: { pipelines: ['lead:0'] } },
    origins: { severity: 'wholesale', 'parameters.days': 'wholesale', scope: 'wholesale', 'title.ru': 'base' },
  });
  expect((await detail('L02')).rule.parameters.find(({ name }) => name === 'days')).toMatchObject({
    value: 4,
    default: 4,
    isSet: false,
  });
  expect(await detail('D04')).toMatchObject({ rule: { status: 'active', reason: 'layer:wholesale' } });
  const { layers, diff } = packDiffSchema.parse((await ask(api, `${root}/pack-diff`)).body);
  expect(layers.map(({ id }) => id)).toEqual(['base', 'wholesale', 'portal']);
  expect(diff.changed.map(({ ruleId }) => ruleId)).toEqual(['D04', 'L02']);
  expect(await send('DELETE', 'pack-layers/wholesale')).toMatchObject({
    status: 200,
    body: { switched: [{ ruleId: 'D04', status: 'off' }] },
  });
  expect(packDiffSchema.parse((await ask(api, `${root}/pack-diff`)).body).diff.changed).toEqual([]);
});

test.each([
  ['of a rule that is not there', 'trade', { Z99: { isOn: true } }, 'PACK_RULE_UNKNOWN'],
  ['of a parameter that is not there', 'trade', { L01: { parameters: { seconds: 5 } } }, 'PACK_PARAMETER_UNKNOWN'],
  [
    'with a scope in pipelines of what is in none',
    'trade',
    { L04: { scope: { stages: ['NEW'] } } },
    'PACK_SCOPE_INVALID',
  ],
  ['that turns on what cannot be judged', 'trade', { O02: { isOn: true } }, 'PACK_RULE_UNAVAILABLE'],
  ['that is none', 'trade', { L01: { severity: 'S9' } }, 'PACK_LAYER_INVALID'],
  ['whose scope leaves everything out', 'trade', { L02: { scope: { stages: [] } } }, 'PACK_LAYER_INVALID'],
])('a layer %s is refused whole', async (_says, id, rules, code) => {
  expect(await send('PUT', `pack-layers/${id}`, { version: 1, rules })).toMatchObject({ status: 422, body: { code } });
  expect((await ask(api, `${root}/pack-layers`)).body).toEqual({ items: [] });
});

test('a name that every portal has is none for a layer, and what is not there cannot go', async () => {
  expect((await send('PUT', 'pack-layers/portal', { version: 1, rules: {} })).status).toBe(400);
  expect(await send('DELETE', 'pack-layers/trade')).toMatchObject({ body: { code: 'PACK_LAYER_UNKNOWN' } });
});

test('a rule applies where it is set to', async () => {
  expect((await send('PUT', 'rules/L02/scope', { scope: { users: ['7'], from: '2026-05-01' } })).status).toBe(200);
  expect(await detail('L02')).toMatchObject({
    rule: { scope: { users: ['7'], from: '2026-05-01' } },
    origins: { scope: 'portal' },
  });
  expect(await send('PUT', 'rules/L04/scope', { scope: { pipelines: ['deal:0'] } })).toMatchObject({
    status: 422,
    body: { code: 'PACK_SCOPE_INVALID' },
  });
  expect((await send('PUT', 'rules/L02/scope', { scope: {} })).status).toBe(200);
  expect((await detail('L02')).rule.scope).toEqual({});
});

test('what was learned is there to be read', async () => {
  const read = async () => learnedLimitsSchema.parse((await ask(api, `${root}/learned-limits`)).body).limits;
  expect(await read()).toBeNull();
  const occurredAt = '2026-03-24T21:00:00.000Z';
  const data = {
    ...{ week: '2026-03-23', asOf: '2026-03-24T09:00:00.000Z' },
    stages: [{ stage: 'NEW', days: 4, stays: 25 }],
    amounts: [{ pipeline: 'deal:0', currency: 'RUB', limit: 12_000_000, deals: 25 }],
    channels: [{ channel: 'WEB', hours: 9, silences: 412 }],
  };
  const streamId = 'learned:limits';
  const events = [
    {
      ...{ eventId: eventIdOf(occurredAt, randomUUID()), streamId, type: 'LimitsLearned', schemaVersion: 2 },
      ...{ occurredAt, actor: 'system' as const, provenance: 'observed' as const, data },
    },
  ];
  await api.log.append(portal, [{ streamId, expected: 'any', events }]);
  await api.projected(portal);
  expect(await read()).toEqual({ ...data, from: occurredAt });
});
