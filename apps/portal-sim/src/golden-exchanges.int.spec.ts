import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PortalSim, startPortalSim } from './start-portal-sim.js';

type Body = Record<string, unknown>;

const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+03:00$/;
const time = {
  start: expect.any(Number),
  finish: expect.any(Number),
  duration: expect.any(Number),
  processing: expect.any(Number),
  date_start: expect.stringMatching(isoWithOffset),
  date_finish: expect.stringMatching(isoWithOffset),
};
const accounted = { ...time, operating_reset_at: expect.any(Number), operating: expect.any(Number) };

let portal: PortalSim;

beforeAll(async () => {
  portal = await startPortalSim({ company: 'tiny', seed: 3, deals: 60 });
});
afterAll(() => portal.close());

async function call(method: string, body: unknown = {}): Promise<{ status: number; body: Body }> {
  const response = await fetch(`${portal.webhookUrl}${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Body };
}

async function control(route: string, body?: unknown, verb = 'POST'): Promise<Body> {
  const response = await fetch(`${portal.controlUrl}${route}`, {
    method: body === undefined && verb === 'POST' ? 'GET' : verb,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Body;
}

describe('answers', () => {
  it('tell who the webhook belongs to', async () => {
    const { status, body } = await call('profile');
    expect(status).toBe(200);
    const { result } = body;
    expect(body).toEqual({ result, time: accounted });
    expect(result).toEqual({
      ID: '1',
      ADMIN: true,
      NAME: expect.any(String),
      LAST_NAME: expect.any(String),
      PERSONAL_GENDER: 'F',
      TIME_ZONE: '',
    });
  });

  it('of a counted list carry the total, and the next offset while there are more rows', async () => {
    const first = (await call('crm.deal.list', { order: { ID: 'ASC' } })).body;
    expect(first).toEqual({ result: expect.any(Array), total: expect.any(Number), next: 50, time: accounted });
    const last = (await call('crm.deal.list', { order: { ID: 'ASC' }, start: 50 })).body;
    expect(last).toEqual({ result: expect.any(Array), total: first.total, time: accounted });
    expect((first.result as Body[]).length + (last.result as Body[]).length).toBe(first.total);
    const floored = (await call('crm.deal.list', { order: { ID: 'ASC' }, start: 75 })).body;
    expect(floored.result).toEqual(last.result);
  });

  it('of an uncounted list have a total of zero and no next offset', async () => {
    const { body } = await call('crm.deal.list', {
      start: -1,
      select: ['ID', 'TITLE'],
      filter: { '>ID': 10 },
      order: { ID: 'ASC' },
    });
    expect(body).toEqual({ result: expect.any(Array), total: 0, time: accounted });
    const rows = body.result as Body[];
    expect(Object.keys(rows[0] ?? {})).toEqual(['ID', 'TITLE']);
    expect(rows.every((row) => Number(row.ID) > 10)).toBe(true);
  });

  it('without rows are empty lists, in both spellings', async () => {
    expect((await call('crm.deal.list', { filter: { ID: 999_999 } })).body).toEqual({
      result: [],
      total: 0,
      time: accounted,
    });
    const items = await call('crm.item.list', { entityTypeId: 2, filter: { id: 999_999 } });
    expect(items.body).toEqual({ result: { items: [] }, total: 0, time: accounted });
  });

  it('hold text in classic rows and numbers in universal ones', async () => {
    const [classic] = (await call('crm.deal.list')).body.result as Body[];
    expect(classic).toMatchObject({
      ID: '1',
      OPPORTUNITY: expect.stringMatching(/^\d+\.\d\d$/),
      CATEGORY_ID: expect.stringMatching(/^\d$/),
    });
    const { items } = (await call('crm.item.list', { entityTypeId: 2 })).body.result as { items: Body[] };
    expect(items[0]).toMatchObject({
      id: 1,
      opportunity: Number(classic?.OPPORTUNITY),
      createdTime: classic?.DATE_CREATE,
      entityTypeId: 2,
    });
    const [activity] = (await call('crm.activity.list', { start: -1 })).body.result as Body[];
    expect(activity).toMatchObject({ SETTINGS: [], PROVIDER_PARAMS: [] });
    const [user] = (await call('user.get')).body.result as Body[];
    expect(user).toMatchObject({ ACTIVE: true, TIMESTAMP_X: {}, UF_DEPARTMENT: [1] });
  });

  it('show multi-fields only to those who name them', async () => {
    const [plain] = (await call('crm.contact.list', { filter: { HAS_PHONE: 'Y' } })).body.result as Body[];
    expect(plain).not.toHaveProperty('PHONE');
    const [named] = (await call('crm.contact.list', { filter: { HAS_PHONE: 'Y' }, select: ['*', 'UF_*', 'PHONE'] }))
      .body.result as Body[];
    expect(named?.PHONE).toEqual([
      { ID: expect.any(String), VALUE_TYPE: 'WORK', VALUE: expect.any(String), TYPE_ID: 'PHONE' },
    ]);
  });
});

describe('requests', () => {
  it('may be JSON, a form or a query', async () => {
    const wanted = { start: -1, select: ['ID'], filter: { '>ID': '3', '@ID': ['3', '4', '5'] }, order: { ID: 'DESC' } };
    const query = 'start=-1&select[]=ID&filter[%3EID]=3&filter[@ID][]=3&filter[@ID][]=4&filter[@ID][]=5&order[ID]=DESC';
    const json = (await call('crm.deal.list.json', wanted)).body.result;
    const form = await fetch(`${portal.webhookUrl}CRM.Deal.LIST`, { method: 'POST', body: new URLSearchParams(query) });
    const get = await fetch(`${portal.webhookUrl}crm.deal.list?${query}`);
    const multipart = new FormData();
    for (const [name, value] of new URLSearchParams(query)) multipart.append(name, value);
    const parts = await fetch(`${portal.webhookUrl}crm.deal.list`, { method: 'POST', body: multipart });
    for (const response of [form, get, parts]) expect(((await response.json()) as Body).result).toEqual(json);
  });

  it('with broken JSON count as requests without parameters', async () => {
    const response = await fetch(`${portal.webhookUrl}crm.deal.list`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"filter":{"ID":1}',
    });
    expect(((await response.json()) as Body).total).toBeGreaterThan(50);
  });
});

describe('a batch', () => {
  it('answers by name, and later commands use earlier ones', async () => {
    const cmd = {
      deals: 'crm.deal.list?select[]=ID&start=-1',
      first: 'crm.deal.get?id=$result[deals][0][ID]',
      me: 'user.current',
    };
    const { body } = await call('batch', { halt: 0, cmd });
    expect(body).toEqual({
      result: {
        result: {
          deals: expect.any(Array),
          first: expect.objectContaining({ ID: '1' }),
          me: expect.objectContaining({ ID: '1' }),
        },
        result_error: [],
        result_total: { deals: 0 },
        result_next: [],
        result_time: { deals: accounted, first: accounted, me: accounted },
      },
      time,
    });
  });

  it('turns numbered answers with a gap into an object, and a single first error into a list', async () => {
    const middle = (await call('batch', { cmd: ['server.time', 'crm.deal.get?id=999999', 'server.time'] })).body
      .result as Body;
    expect(middle.result).toEqual({ 0: expect.any(String), 2: expect.any(String) });
    expect(middle.result_error).toEqual({ 1: { error: '', error_description: 'Not found' } });
    const first = (await call('batch', { cmd: ['crm.deal.get?id=999999', 'server.time'] })).body.result as Body;
    expect(first.result_error).toEqual([{ error: '', error_description: 'Not found' }]);
    expect(first.result).toEqual({ 1: expect.any(String) });
  });

  it('with nothing but errors has empty lists everywhere else', async () => {
    const { status, body } = await call('batch', { cmd: { a: 'crm.nothing', b: 'batch?cmd[]=profile' } });
    expect(status).toBe(200);
    expect(body.result).toEqual({
      result: [],
      result_error: {
        a: { error: 'ERROR_METHOD_NOT_FOUND', error_description: 'Method not found!' },
        b: { error: 'ERROR_BATCH_METHOD_NOT_ALLOWED', error_description: 'Method is not allowed for batch usage' },
      },
      result_total: [],
      result_next: [],
      result_time: [],
    });
  });

  it('stops at the first error when told to, and refuses commands above fifty one by one', async () => {
    const halted = (await call('batch', { halt: 1, cmd: { a: 'server.time', b: 'nothing', c: 'server.time' } })).body
      .result as Body;
    expect(halted.result).toEqual({ a: expect.any(String) });
    expect(Object.keys(halted.result_error as Body)).toEqual(['b']);
    const cmd = Object.fromEntries(Array.from({ length: 52 }, (_, index) => [`c${index}`, 'server.time']));
    const long = (await call('batch', { cmd })).body.result as Body;
    expect(Object.keys(long.result as Body)).toHaveLength(50);
    expect(long.result_error).toEqual({
      c50: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
      c51: { error: 'ERROR_BATCH_LENGTH_EXCEEDED', error_description: 'Max batch length exceeded' },
    });
  });
});

describe('failures', () => {
  it('of a method explain themselves without a code and without a time block', async () => {
    expect(await call('crm.deal.get', { id: 999_999 })).toEqual({
      status: 400,
      body: { error: '', error_description: 'Not found' },
    });
    expect(await call('crm.deal.get')).toEqual({
      status: 400,
      body: { error: '', error_description: 'ID is not defined or invalid.' },
    });
    expect(await call('crm.deal.list', { filter: 'x' })).toEqual({
      status: 400,
      body: { error: '', error_description: "Parameter 'filter' must be array." },
    });
    expect((await call('crm.item.list', { entityTypeId: 2, filter: { nope: 1 } })).body.error).toBe(
      'INVALID_ARG_VALUE',
    );
    expect((await call('crm.item.get', { entityTypeId: 2, id: 999_999 })).body.error).toBe('NOT_FOUND');
  });

  it('of the platform carry their codes and statuses', async () => {
    expect((await call('crm.nothing')).status).toBe(404);
    expect((await call('event.offline.get')).body.error).toBe('WRONG_AUTH_TYPE');
    const wrong = await fetch(portal.webhookUrl.replace(/1\/[^/]+\/$/, '1/wrong/profile'));
    expect({ status: wrong.status, body: await wrong.json() }).toEqual({
      status: 401,
      body: { error: 'NO_AUTH_FOUND', error_description: 'Wrong authorization data' },
    });
    const otherUser = await fetch(`${portal.webhookUrl.replace('/rest/1/', '/rest/2/')}profile`);
    expect({ status: otherUser.status, error: ((await otherUser.json()) as Body).error }).toEqual({
      status: 403,
      error: 'INVALID_CREDENTIALS',
    });
  });

  it('of access come and go with the subscription, the scope and the webhook', async () => {
    const code = portal.webhookUrl.split('/').at(-2);
    await control('/settings', { subscription: 'lapsed' });
    expect(await call('profile')).toEqual({
      status: 403,
      body: { error: 'ACCESS_DENIED', error_description: 'REST API is available only on commercial plans.' },
    });
    await control('/settings', { subscription: 'active', statusProfile: 'box-legacy' });
    await control('/webhooks', { code, scopes: ['user'] }, 'PATCH');
    const scoped = await call('crm.deal.list');
    expect({ status: scoped.status, error: scoped.body.error }).toEqual({ status: 401, error: 'insufficient_scope' });
    await control('/settings', { statusProfile: 'documented' });
    expect((await call('crm.deal.list')).status).toBe(403);
    await control('/webhooks', { code, scopes: ['crm', 'user'], isRevoked: true }, 'PATCH');
    expect((await call('profile')).body.error).toBe('NO_AUTH_FOUND');
    await control(
      '/webhooks',
      { code, isRevoked: false, scopes: ['crm', 'user', 'task', 'telephony', 'department', 'im'] },
      'PATCH',
    );
    expect((await call('profile')).status).toBe(200);
  });

  it('can be injected: errors into calls and commands, and everything a web server in front may do', async () => {
    await control('/faults', { kind: 'error', method: 'crm.deal.*', code: 'OPERATION_TIME_LIMIT', count: 2 });
    expect(await call('crm.deal.list')).toEqual({
      status: 429,
      body: { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked due to operation time limit.' },
    });
    const batch = (await call('batch', { cmd: { a: 'crm.deal.list' } })).body.result as Body;
    expect(batch.result_error).toEqual({ a: expect.objectContaining({ error: 'OPERATION_TIME_LIMIT' }) });
    expect((await call('crm.deal.list')).status).toBe(200);
    for (const [kind, status, type] of [
      ['html-502', 502, 'text/html'],
      ['empty-503', 503, null],
      ['html-404', 404, 'text/html'],
      ['html-200', 200, 'text/html'],
    ] as const) {
      await control('/faults', { kind, count: 1 });
      const response = await fetch(`${portal.webhookUrl}profile`);
      expect(response.status).toBe(status);
      if (type === null) expect(await response.text()).toBe('');
      else expect(response.headers.get('content-type')).toContain(type);
    }
    await control('/faults', { kind: 'redirect', location: 'http://127.0.0.1:9', count: 1 });
    const moved = await fetch(`${portal.webhookUrl}profile`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([
      302,
      expect.stringContaining('http://127.0.0.1:9/rest/1/'),
    ]);
    await control('/faults', { kind: 'slow', delayMs: 60, count: 1 });
    const before = performance.now();
    expect((await call('profile')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(50);
  });

  it('may leave a write applied behind a broken connection', async () => {
    await control('/faults', { kind: 'reset-after', method: 'crm.lead.add', count: 1 });
    await expect(call('crm.lead.add', { fields: { TITLE: 'Ушло дважды?', ORIGIN_ID: 'once' } })).rejects.toThrow();
    expect((await call('crm.lead.list', { filter: { ORIGIN_ID: 'once' } })).body.total).toBe(1);
    await control('/faults', { kind: 'reset-before', method: 'crm.lead.add', count: 1 });
    await expect(call('crm.lead.add', { fields: { TITLE: 'Не дошло', ORIGIN_ID: 'never' } })).rejects.toThrow();
    expect((await call('crm.lead.list', { filter: { ORIGIN_ID: 'never' } })).body.total).toBe(0);
  });

  it('of permission hide rows from lists and refuse them by id', async () => {
    const before = (await call('crm.deal.list')).body.total as number;
    await control('/settings', { hidden: [{ entity: 'deal', ids: [1, 2] }] });
    expect((await call('crm.deal.list')).body.total).toBe(before - 2);
    expect(await call('crm.deal.get', { id: 1 })).toEqual({
      status: 400,
      body: { error: '', error_description: 'Access denied.' },
    });
    const history = (await call('crm.stagehistory.list', { entityTypeId: 2, filter: { OWNER_ID: [1] } })).body
      .result as { items: Body[] };
    expect(history.items).toEqual([]);
    await control('/settings', { hidden: [] });
    const own = await control('/webhooks', { userId: 3 });
    const response = await fetch(`${new URL(portal.webhookUrl).origin}${String(own.path)}crm.deal.list`);
    const { result } = (await response.json()) as { result: Body[] };
    expect(new Set(result.map((deal) => deal.ASSIGNED_BY_ID))).toEqual(new Set(['3']));
  });

  it('of the limits refuse what is too much', async () => {
    await control('/settings', { requestBurst: 1, requestsPerSecond: 0.001 });
    const statuses = [];
    for (let count = 0; count < 60; count++) statuses.push((await call('profile')).status);
    expect(statuses.at(-1)).toBe(503);
    await control('/settings', { requestBurst: 1000, requestsPerSecond: 1000, operatingCostSeconds: 200 });
    const operating = [];
    for (let count = 0; count < 4; count++) operating.push((await call('crm.company.list')).status);
    expect(operating).toEqual([200, 200, 200, 429]);
    expect((await call('crm.contact.list')).status).toBe(200);
    expect(await control('/counters')).toMatchObject({ refusedRequests: expect.any(Number) });
    await control('/settings', { limits: false });
    expect((await call('crm.company.list')).body.time).toEqual(time);
  });
});
