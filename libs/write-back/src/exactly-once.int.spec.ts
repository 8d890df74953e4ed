import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Channel } from './domain/message.js';
import type { NewMessage } from './enqueue-message/enqueue-message.js';
import { OutboxBench } from './outbox.spec-fixture.js';
import { outboxStatus } from './outbox-status/outbox-status.js';
import { SimulatedPortal } from './simulated-portal.spec-fixture.js';
import { startWorker } from './worker-process.spec-fixture.js';

let simulator: SimulatedPortal;
let bench: OutboxBench;

beforeAll(async () => {
  simulator = await SimulatedPortal.start();
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await simulator.heal();
  bench = await OutboxBench.create(simulator);
  await bench.switch(true);
});
afterEach(() => bench.close());

const methods: Record<Channel, string> = {
  task: 'tasks.task.add',
  notification: 'im.notify.personal.add',
  'timeline-comment': 'crm.timeline.comment.add',
};
const channels = Object.keys(methods) as Channel[];

/** What stands in the portal of a message, by its text. */
async function inPortal({ messageId }: NewMessage): Promise<number> {
  const { comments, notifications } = await simulator.messagesWith(messageId);
  return comments.length + notifications.length + (await simulator.tasksWith(messageId)).length;
}

async function eventually(question: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await question())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe.each(channels)('a %s', (channel) => {
  test.each([
    ['the connection is cut after it took effect', { kind: 'reset-after', count: 1 }],
    ['the connection is cut before it took effect', { kind: 'reset-before', count: 1 }],
    ['the answer is a page and nothing was done', { kind: 'html-502', count: 1 }],
    ['the portal answers too late', { kind: 'slow', delayMs: 2600, count: 1 }],
    ['the portal refuses it for its limits', { kind: 'error', code: 'QUERY_LIMIT_EXCEEDED', status: 503, count: 2 }],
  ])('stands in the portal once when %s', async (_title, fault) => {
    await simulator.spoil({ ...fault, method: methods[channel] });
    const message = await bench.enqueue({ channel });
    bench.work({ settleMs: 800 });
    const { portalObjectId } = await bench.until(message.messageId, 'sent');
    expect(portalObjectId).toMatch(/^\d+$/);
    // A request that nobody waits for any more may still be on its way.
    if (fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await inPortal(message)).toBe(1);
    expect(bench.outcomesOf(message.messageId)).toEqual(['sent']);
  });

  test('stands there once when every answer to it is lost', async () => {
    await simulator.spoil({ kind: 'reset-after', method: methods[channel] });
    const message = await bench.enqueue({ channel });
    bench.work();
    const end = await bench.until(message.messageId, 'sent', 'failed');
    // A notification cannot be looked for, only replaced; the others are found.
    expect(end).toMatchObject(
      channel === 'notification' ? { state: 'failed', isOutcomeUnknown: true } : { state: 'sent' },
    );
    expect(await inPortal(message)).toBe(1);
  });
});

test('a task without a record is found among those that the webhook added, also after it was passed on', async () => {
  await simulator.spoil({ kind: 'reset-after', method: 'tasks.task.add', count: 1 });
  const message = await bench.enqueue({ about: { kind: 'user', id: '3' } });
  bench.work({ settleMs: 700 });
  await eventually(async () => (await inPortal(message)) === 1, 'the task');
  const [task] = await simulator.tasksWith(message.messageId);
  const passedOn = { op: 'update', entity: 'task', id: task?.id, fields: { RESPONSIBLE_ID: '4' } };
  await simulator.control('operations', passedOn);
  expect(await bench.until(message.messageId, 'sent')).toMatchObject({ portalObjectId: task?.id });
  expect(await inPortal(message)).toBe(1);
});

describe('a worker that is killed', () => {
  const kill = async (channel: Channel, fault: object, moment: (message: NewMessage) => Promise<boolean>) => {
    await simulator.spoil({ ...fault, method: methods[channel], count: 1 });
    const message = await bench.enqueue({ channel });
    const { child, ended } = startWorker({
      databaseUrl: bench.database.urlAs('ingest'),
      masterKey: bench.masterKey.toString('base64'),
      webhookUrl: simulator.webhookUrl,
      portal: bench.portal,
      leaseMs: 1500,
    });
    await eventually(() => moment(message), 'the moment to kill');
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(await bench.stored(message.messageId)).toMatchObject({ state: 'sending', isOutcomeUnknown: true });
    expect(await bench.cancel(message.messageId)).toEqual({ isInTime: false, state: 'sending' });
    return message;
  };

  test.each(channels)('after a %s took effect and before anybody knew leaves one', async (channel) => {
    const isThere = async (message: NewMessage) => (await inPortal(message)) === 1;
    const message = await kill(channel, { kind: 'slow', delayMs: 4000 }, isThere);
    expect(await inPortal(message)).toBe(1);
    bench.work();
    await bench.until(message.messageId, 'sent');
    expect(await inPortal(message)).toBe(1);
    expect(bench.outcomesOf(message.messageId)).toEqual(['sent']);
  });

  test('before its request took effect loses nothing', async () => {
    const isLeaving = async ({ messageId }: NewMessage) => (await bench.stored(messageId)).state === 'sending';
    const message = await kill('task', { kind: 'slow', delayMs: 600 }, isLeaving);
    bench.work();
    await bench.until(message.messageId, 'sent');
    expect(await inPortal(message)).toBe(1);
  });
});

test('whose outcome cannot be recorded is found again, and recorded once that works', async () => {
  let failures = 2;
  const message = await bench.enqueue();
  bench.work({
    leaseMs: 300,
    onOutcome: (_client, { messageId }, outcome) => {
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new Error('no place on the disk'));
      }
      bench.outcomes.push({ messageId, ...outcome });
      return Promise.resolve();
    },
  });
  await bench.until(message.messageId, 'sent');
  expect(bench.outcomes).toMatchObject([{ outcome: 'sent', isAdopted: true }]);
  expect(await inPortal(message)).toBe(1);
});

test('several workers send each message once', async () => {
  const messages: NewMessage[] = [];
  for (let index = 0; index < 24; index += 1) {
    messages.push(await bench.enqueue({ channel: channels[index % 3], purpose: `case:${index}` }));
  }
  for (let index = 0; index < 3; index += 1) bench.work({ batchSize: 4 });
  for (const { messageId } of messages) await bench.until(messageId, 'sent');
  expect(await Promise.all(messages.map(inPortal))).toEqual(messages.map(() => 1));
  expect(bench.outcomes).toHaveLength(24);
});

test('a worker that lost its messages while it waited for its place sends nothing', async () => {
  // The first worker is held up by the portal before it may send, longer than its lease lasts.
  await simulator.spoil({ kind: 'slow', method: 'batch', delayMs: 900, count: 1 });
  const message = await bench.enqueue();
  bench.work({ leaseMs: 250 });
  await new Promise((resolve) => setTimeout(resolve, 350));
  bench.work();
  await bench.until(message.messageId, 'sent');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await inPortal(message)).toBe(1);
});

describe('what does not work', () => {
  test.each([
    ['a right that is missing', { kind: 'error', code: 'insufficient_scope', status: 403 }, 'SCOPE_MISSING'],
    ['a method that is missing', { kind: 'error', code: 'ERROR_METHOD_NOT_FOUND', status: 404 }, 'METHOD_UNKNOWN'],
    ['rights on the record', { kind: 'error', code: 'ACCESS_DENIED', description: 'Access denied.' }, 'ACCESS_DENIED'],
  ])('%s is a refusal that is seen, and can be tried again', async (_title, fault, reason) => {
    await simulator.spoil({ status: 400, ...fault, method: 'tasks.task.add' });
    const message = await bench.enqueue();
    bench.work();
    expect(await bench.until(message.messageId, 'refused')).toMatchObject({ reason, attempts: 1 });
    expect(bench.outcomesOf(message.messageId)).toEqual([`refused ${reason}`]);
    await simulator.heal();
    await bench.retry(message.messageId);
    await bench.until(message.messageId, 'sent');
    expect(await inPortal(message)).toBe(1);
  });

  test('nobody is written to who is dismissed or unknown', async () => {
    const dismissed = { op: 'update', entity: 'user', id: '4', fields: { ACTIVE: false } };
    await simulator.control('operations', dismissed);
    const [gone, unknown] = [await bench.enqueue({ recipientId: '4' }), await bench.enqueue({ recipientId: '999' })];
    bench.work();
    expect(await bench.until(gone.messageId, 'refused')).toMatchObject({ reason: 'RECIPIENT_DISMISSED' });
    expect(await bench.until(unknown.messageId, 'refused')).toMatchObject({ reason: 'RECIPIENT_UNKNOWN' });
    await simulator.control('operations', { ...dismissed, fields: { ACTIVE: true } });
  });

  test('a portal in trouble is left alone between attempts; in the end the message has failed and a person retries it', async () => {
    await simulator.spoil({ kind: 'empty-503' });
    await simulator.control('counters', null, 'DELETE');
    const [first, second] = [await bench.enqueue(), await bench.enqueue({ purpose: 'case:2' })];
    bench.work({ firstPauseMs: 100, longestPauseMs: 400 });
    const failed = await bench.until(first.messageId, 'failed');
    expect(failed).toMatchObject({ reason: 'TEMPORARY', attempts: 6, isOutcomeUnknown: false });
    expect(await outboxStatus(bench.owner, bench.clock.now(), bench.portal.portalId)).toEqual(
      expect.arrayContaining([expect.objectContaining({ state: 'failed', messages: expect.any(Number) as unknown })]),
    );
    await simulator.heal();
    await bench.retry(first.messageId);
    await bench.until(first.messageId, 'sent');
    const end = await bench.until(second.messageId, 'sent', 'failed');
    if (end.state === 'failed') await bench.retry(second.messageId);
    await bench.until(second.messageId, 'sent');
    expect([await inPortal(first), await inPortal(second)]).toEqual([1, 1]);
  });

  test('what may be there and cannot be looked for fails, and a retry looks first', async () => {
    await simulator.spoil(
      { kind: 'reset-after', method: 'tasks.task.add', count: 1 },
      { kind: 'error', code: 'ACCESS_DENIED', description: 'Access denied.', status: 400, method: 'tasks.task.list' },
    );
    const message = await bench.enqueue();
    bench.work();
    expect(await bench.until(message.messageId, 'failed')).toMatchObject({
      reason: 'ACCESS_DENIED',
      isOutcomeUnknown: true,
    });
    expect(await bench.cancel(message.messageId)).toMatchObject({ isInTime: false });
    await simulator.heal();
    await bench.retry(message.messageId);
    await bench.until(message.messageId, 'sent');
    expect(await inPortal(message)).toBe(1);
  });

  test('a portal whose webhook cannot be opened makes its messages wait', async () => {
    const message = await bench.enqueue();
    let isBroken = true;
    const options = bench.options();
    bench.work({
      openClient: (portal) => {
        if (isBroken) return Promise.reject(new (class extends Error {})('the pool is closed'));
        return options.openClient(portal);
      },
      leaseMs: 200,
    });
    await eventually(async () => bench.logged.some((line) => line.includes('cannot be worked on')), 'the trouble');
    isBroken = false;
    await bench.until(message.messageId, 'sent');
  });
});
