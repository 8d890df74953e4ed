import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { markersIn } from './domain/compose.js';
import { isOwnWrite, ownActivities, ownMarkers, ownObjects, type SeenActivity } from './own-objects/own-objects.js';
import { OutboxBench } from './outbox.spec-fixture.js';
import { type PortalRow, SimulatedPortal } from './simulated-portal.spec-fixture.js';

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

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('what comes back from the portal', () => {
  test('is told apart from the work of people: tasks, their activities, comments, notifications', async () => {
    bench.work();
    const task = await bench.until((await bench.enqueue()).messageId, 'sent');
    const comment = await bench.until((await bench.enqueue({ channel: 'timeline-comment' })).messageId, 'sent');
    const notification = await bench.until((await bench.enqueue({ channel: 'notification' })).messageId, 'sent');
    const fields = { TITLE: 'Работа человека', RESPONSIBLE_ID: 3, UF_CRM_TASK: ['D_1'] };
    const others = await simulator.call<{ task: { id: string } }>('tasks.task.add', { fields });
    const ids = (...messages: { portalObjectId: string | null }[]) => messages.map((one) => one.portalObjectId ?? '');
    const { api, portal, owner } = bench;
    const [taskId = ''] = ids(task);
    expect(await isOwnWrite(owner, portal, 'task', [taskId, others.task.id, '1'])).toEqual(new Set([taskId]));
    expect(await isOwnWrite(owner, portal, 'timeline-comment', ids(comment))).toEqual(new Set(ids(comment)));
    expect(await isOwnWrite(owner, portal, 'notification', ids(notification))).toEqual(new Set(ids(notification)));
    expect(await isOwnWrite(owner, { ...portal, portalId: task.messageId }, 'task', [taskId])).toEqual(new Set());
    expect(await ownObjects(owner, portal, 'task', [taskId])).toMatchObject([{ messageId: task.messageId }]);
    // Nobody is told of a portal outside of their scope.
    expect(await isOwnWrite(api, portal, 'task', [taskId])).toEqual(new Set());

    const filter = { PROVIDER_ID: 'CRM_TASKS_TASK', '>=ASSOCIATED_ENTITY_ID': taskId };
    const rows = await simulator.call<PortalRow[]>('crm.activity.list', { filter });
    expect(rows).toHaveLength(2);
    const seen = rows.map((row): SeenActivity => ({
      id: String(row.ID),
      providerId: String(row.PROVIDER_ID),
      associatedObjectId: String(row.ASSOCIATED_ENTITY_ID),
    }));
    const ofOurTask = seen.find(({ associatedObjectId }) => associatedObjectId === taskId);
    const call: SeenActivity = { id: '77', providerId: 'VOXIMPLANT_CALL', associatedObjectId: taskId };
    const bare: SeenActivity = { id: '78', providerId: null, associatedObjectId: null };
    const older: SeenActivity = { id: '79', providerId: 'TASKS', associatedObjectId: taskId };
    const own = await ownActivities(owner, portal, [...seen, call, bare, older]);
    expect(own).toEqual(new Set([ofOurTask?.id, '79']));
  });

  test('is known by its marker before its id is: the answer of the portal is still on its way', async () => {
    await simulator.spoil({ kind: 'reset-after', method: 'tasks.task.add', count: 1 });
    const { messageId } = await bench.enqueue();
    bench.work({ settleMs: 1500 });
    let rows: PortalRow[] = [];
    while (rows.length === 0) {
      rows = await simulator.tasksWith(messageId);
      await rest(20);
    }
    const [row] = rows;
    expect(await isOwnWrite(bench.owner, bench.portal, 'task', [String(row?.id)])).toEqual(new Set());
    const markers = markersIn(String(row?.description));
    expect(await ownMarkers(bench.owner, bench.portal, [...markers, 'aaaaaaaaaaaa'])).toEqual(new Set(markers));
    expect(markers).toHaveLength(1);
    await bench.until(messageId, 'sent');
    expect(await isOwnWrite(bench.owner, bench.portal, 'task', [String(row?.id)])).toEqual(new Set([row?.id]));
  });
});

describe('answers', () => {
  const sendTask = async (recipientId = '3') => {
    const { messageId } = await bench.enqueue({ recipientId });
    const { portalObjectId } = await bench.until(messageId, 'sent');
    return { messageId, taskId: portalObjectId ?? '' };
  };
  const change = (id: string, fields: object, by = '3', way = 'classic') =>
    simulator.control('operations', { by, operations: [{ op: 'update', entity: 'task', id, fields, way }] });
  const untilTold = async (messageId: string, ...outcomes: string[]) => {
    const deadline = Date.now() + 10_000;
    while (bench.outcomesOf(messageId).join() !== outcomes.join()) {
      if (Date.now() > deadline) throw new Error(`${outcomes.join()}: ${bench.outcomesOf(messageId).join()}`);
      await rest(20);
    }
  };

  test('of tasks are asked for many at once: begun, done, gone, seen by whoever asks', async () => {
    bench.work();
    const [begun, done, gone, own, idle] = [
      await sendTask(),
      await sendTask(),
      await sendTask(),
      await sendTask('1'),
      await sendTask(),
    ];
    await change(begun.taskId, { STATUS: '3' });
    await change(done.taskId, { STATUS: '5' }, '1');
    await simulator.control('operations', { op: 'delete', entity: 'task', id: gone.taskId });
    await change(own.taskId, { VIEWED_DATE: '2026-09-20T10:00:00+03:00' }, '1', 'silent');
    await rest(60);
    const listed = await simulator.ran('tasks.task.list');
    expect(bench.outcomesOf(begun.messageId)).toEqual(['sent']);

    bench.clock.advance(11 * 60_000);
    await untilTold(begun.messageId, 'sent', 'seen');
    await untilTold(done.messageId, 'sent', 'done');
    await untilTold(gone.messageId, 'sent', 'gone');
    await untilTold(own.messageId, 'sent', 'seen');
    expect(bench.outcomesOf(idle.messageId)).toEqual(['sent']);
    expect(await simulator.ran('tasks.task.list')).toBe(listed + 1);
    expect(await bench.stored(own.messageId)).toMatchObject({ seenAt: new Date('2026-09-20T07:00:00Z') });

    await change(begun.taskId, { STATUS: '5' });
    bench.clock.advance(11 * 60_000);
    await untilTold(begun.messageId, 'sent', 'seen', 'done');
    const { rows } = await bench.owner.query<{ message_id: string }>(
      'SELECT message_id FROM writeback.message WHERE poll_at IS NOT NULL',
    );
    expect(rows.map(({ message_id }) => message_id).sort()).toEqual([own.messageId, idle.messageId].sort());
  });

  test('a webhook that sees nothing any more does not make everything gone', async () => {
    bench.work();
    const [one, other] = [await sendTask(), await sendTask()];
    await simulator.control('settings', { hidden: [{ entity: 'task', assignedTo: 3 }] });
    bench.clock.advance(11 * 60_000);
    await rest(200);
    await simulator.control('settings', { hidden: [] });
    expect([bench.outcomesOf(one.messageId), bench.outcomesOf(other.messageId)]).toEqual([['sent'], ['sent']]);
    await change(one.taskId, { STATUS: '5' });
    bench.clock.advance(11 * 60_000);
    await untilTold(one.messageId, 'sent', 'seen', 'done');
  });
});
