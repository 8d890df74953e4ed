import { afterEach, expect, test } from '@jest/globals';
import { BitrixClient, type BitrixClientOptions } from './client.js';
import { Limiter, limiterProfiles } from './limiter.js';
import { writeNotification, writeTask } from './portal-writes.js';
import { cut, failed, ok, page, type Reply, silence, startScriptedPortal } from './scripted-portal.spec-fixture.js';
import { parseWebhookUrl } from './webhook-url.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function connect(replies: Reply[], options: Partial<BitrixClientOptions> = {}) {
  const portal = await startScriptedPortal(replies);
  const client = new BitrixClient({
    webhook: parseWebhookUrl(portal.webhookUrl),
    privateHosts: ['127.0.0.1'],
    limiter: new Limiter(limiterProfiles.off),
    retryPauseMs: 5,
    ...options,
  });
  closing.push(portal.close, () => client.close());
  return { client, requests: portal.requests };
}

test.each<[string, Reply, object]>([
  ['a refusal by the request limit', failed(503, 'QUERY_LIMIT_EXCEEDED'), { code: 'RATE_LIMITED', retry: 'later' }],
  ['a refusal for its time', failed(429, 'OPERATION_TIME_LIMIT'), { retry: 'when-reset' }],
  ['an internal error', failed(500, 'INTERNAL_SERVER_ERROR'), { retry: 'unknown-outcome' }],
  ['a 502 page', page(502), { retry: 'unknown-outcome' }],
  ['a page instead of data', page(200), { retry: 'unknown-outcome' }],
  ['a cut connection', cut, { code: 'UNREACHABLE', retry: 'unknown-outcome' }],
])('what is written once is never repeated by itself: %s', async (_title, reply, failure) => {
  const { client, requests } = await connect([reply, ok(1)]);
  await expect(client.write('tasks.task.add', { fields: {} })).rejects.toMatchObject(failure);
  expect(requests).toHaveLength(1);
});

test('what its caller finds out right before ends it, with nothing sent and the place given back', async () => {
  const { client, requests } = await connect([ok(1)]);
  const beforeSend = () => Promise.reject(new Error('cancelled meanwhile'));
  await expect(client.write('tasks.task.add', {}, { beforeSend })).rejects.toThrow('cancelled meanwhile');
  expect(requests).toHaveLength(0);
  expect(client.limiter.state().inFlight).toBe(0);
});

test('while it waits for its place it can be cancelled; once sent it is waited for', async () => {
  const { client, requests } = await connect([(response) => setTimeout(() => ok(7)(response, empty), 80), silence]);
  const cancel = new AbortController();
  const written = client.write('tasks.task.add', {}, { signal: cancel.signal });
  setTimeout(() => cancel.abort(new Error('the program stops')), 20);
  expect((await written).result).toBe(7);
  await expect(client.write('tasks.task.add', {}, { signal: cancel.signal })).rejects.toThrow('the program stops');
  expect(requests).toHaveLength(1);
});

test('an answer without an id tells that something may have been done', async () => {
  const task = { title: 'T', description: 'D', responsibleId: '1', about: null };
  for (const result of [true, {}, { task: { id: '' } }]) {
    const { client } = await connect([ok(result)]);
    await expect(writeTask(client, task)).rejects.toMatchObject({ code: 'NOT_JSON', retry: 'unknown-outcome' });
  }
});

test('a notification that the portal does not take is refused', async () => {
  const { client } = await connect([ok(false)]);
  const notification = { userId: '1', text: 'T', tag: 'x' };
  await expect(writeNotification(client, notification)).rejects.toMatchObject({ retry: 'never' });
});

const empty = { path: '', headers: {}, body: {} };
