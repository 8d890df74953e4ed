import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Channel } from './domain/message.js';
import type { NewMessage } from './enqueue-message/enqueue-message.js';
import { OutboxBench } from './outbox.spec-fixture.js';
import { SimulatedPortal } from './simulated-portal.spec-fixture.js';

let simulator: SimulatedPortal;
let bench: OutboxBench;

beforeAll(async () => {
  simulator = await SimulatedPortal.start();
  bench = await OutboxBench.create(simulator);
  await bench.switch(true);
});
afterAll(async () => {
  await bench.close();
  await simulator.stop();
});

const runs = Number(process.env.OUTBOX_RUNS ?? 25);

const methods = [
  'tasks.task.add',
  'tasks.task.list',
  'crm.timeline.comment.add',
  'crm.timeline.comment.list',
  'im.notify.personal.add',
  'batch',
  '*',
];
const faults = fc.record({
  method: fc.constantFrom(...methods),
  count: fc.integer({ min: 1, max: 3 }),
  fault: fc.constantFrom(
    { kind: 'reset-after' },
    { kind: 'reset-after' },
    { kind: 'reset-before' },
    { kind: 'html-502' },
    { kind: 'html-200' },
    { kind: 'empty-503' },
    { kind: 'error', code: 'QUERY_LIMIT_EXCEEDED', status: 503 },
    { kind: 'error', code: 'INTERNAL_SERVER_ERROR', status: 500 },
    { kind: 'error', code: 'ACCESS_DENIED', status: 400, description: 'Access denied.' },
    { kind: 'error', code: 'NO_AUTH_FOUND', status: 401 },
  ),
});
const world = fc.record({
  faults: fc.array(faults, { maxLength: 6 }),
  channels: fc.array(fc.constantFrom<Channel>('task', 'notification', 'timeline-comment'), {
    minLength: 1,
    maxLength: 4,
  }),
  workers: fc.integer({ min: 1, max: 3 }),
  /** Outcomes that cannot be recorded, as if the worker had died in that moment. */
  deaths: fc.integer({ min: 0, max: 3 }),
  /** Position of a message that its sender takes back, and when. */
  undone: fc.record({ index: fc.integer({ min: 0, max: 5 }), afterMs: fc.integer({ min: 0, max: 200 }) }),
  hasRecord: fc.boolean(),
});

test('whatever fails, no message is twice in the portal, and each ends where a person sees it', async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      await simulator.heal();
      if (given.faults.length > 0) {
        await simulator.spoil(...given.faults.map(({ fault, ...rest }) => ({ ...rest, ...fault })));
      }
      const messages: NewMessage[] = [];
      for (const channel of given.channels) {
        const isComment = channel === 'timeline-comment';
        const about = given.hasRecord || isComment ? { kind: 'deal', id: '1' } : { kind: 'user', id: '3' };
        messages.push(await bench.enqueue({ channel, about } as Partial<NewMessage>));
      }
      let deaths = given.deaths;
      for (let index = 0; index < given.workers; index += 1) {
        bench.work({
          leaseMs: 250,
          settleMs: 40,
          batchSize: 2,
          onOutcome: () => {
            deaths -= 1;
            return deaths < 0 ? Promise.resolve() : Promise.reject(new Error('the worker dies'));
          },
        });
      }
      const undone = messages[given.undone.index];
      await new Promise((resolve) => setTimeout(resolve, given.undone.afterMs));
      const undoing = undone ? await bench.cancel(undone.messageId) : null;

      for (const message of messages) {
        const end = await bench.until(message.messageId, 'sent', 'refused', 'failed', 'cancelled');
        const { comments, notifications } = await simulator.messagesWith(message.messageId);
        await simulator.heal();
        const count = comments.length + notifications.length + (await simulator.tasksWith(message.messageId)).length;
        expect({ state: end.state, count }).toEqual({
          state: end.state,
          count: end.state === 'sent' ? 1 : end.isOutcomeUnknown ? Math.min(count, 1) : 0,
        });
        if (message === undone && undoing) expect(end.state === 'cancelled').toBe(undoing.isInTime);
        // What has failed can be sent by a person, and is there once then too.
        if (end.state === 'failed' || end.state === 'refused') {
          await bench.retry(message.messageId);
          await bench.until(message.messageId, 'sent');
          const again = await simulator.messagesWith(message.messageId);
          const tasks = await simulator.tasksWith(message.messageId);
          expect(again.comments.length + again.notifications.length + tasks.length).toBe(1);
        }
      }
      await bench.stop();
    }),
    { numRuns: runs, endOnFailure: true },
  );
}, 240_000);
