import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PortalSim, type PortalSimOptions, startPortalSim } from './start-portal-sim.js';

type Body = Record<string, unknown>;

let folder: string;
const open: PortalSim[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-life-'));
});
afterEach(async () => {
  for (const portal of open.splice(0)) await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: PortalSimOptions): Promise<PortalSim> {
  const portal = await startPortalSim({ limits: false, ...options });
  open.push(portal);
  return portal;
}

async function call(portal: PortalSim, method: string, body: unknown = {}): Promise<Body> {
  const response = await fetch(`${portal.webhookUrl}${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Body;
}

async function control(portal: PortalSim, route: string, body?: unknown): Promise<Body> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return (await (await fetch(`${portal.controlUrl}${route}`, init)).json()) as Body;
}

async function everything(portal: PortalSim): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const method of [
    'crm.lead.list',
    'crm.deal.list',
    'crm.contact.list',
    'crm.activity.list',
    'tasks.task.list',
    'crm.stagehistory.list',
  ]) {
    for (let start = 0; ; start += 50) {
      const { result, next } = await call(portal, method, { start, entityTypeId: 2, order: { ID: 'ASC' } });
      answers.push(result);
      if (next === undefined) break;
    }
  }
  return answers;
}

describe('what clients write', () => {
  it('is there for readers, in order of ids, with what later script records point at', async () => {
    const portal = await start({ company: 'tiny', seed: 5, history: 'none', speed: 0.001 });
    await control(portal, '/clock', { advanceTo: '2026-09-10T00:00:00+03:00' });
    const { result: id } = await call(portal, 'crm.deal.add', {
      fields: { TITLE: 'От клиента', OPPORTUNITY: 10, CATEGORY_ID: 0 },
    });
    expect((await call(portal, 'crm.deal.get', { id })).result).toMatchObject({
      TITLE: 'От клиента',
      OPPORTUNITY: '10.00',
      STAGE_ID: 'NEW',
    });
    expect((await call(portal, 'crm.deal.update', { id, fields: { STAGE_ID: 'C5:WON' } })).result).toBe(true);
    expect((await call(portal, 'crm.deal.get', { id })).result).toMatchObject({ STAGE_ID: 'NEW' });
    const moved = await call(portal, 'crm.item.update', {
      entityTypeId: 2,
      id,
      fields: { categoryId: 5, stageId: 'C5:WON' },
    });
    expect((moved.result as Body).item).toMatchObject({ id, categoryId: 5, stageId: 'C5:WON', closed: 'Y' });
    const history = await call(portal, 'crm.stagehistory.list', { entityTypeId: 2, filter: { OWNER_ID: id } });
    expect((history.result as { items: Body[] }).items.map((row) => row.TYPE_ID)).toEqual([1, 5]);
    await call(portal, 'crm.deal.productrows.set', { id, rows: [{ PRODUCT_NAME: 'Труба', PRICE: 12.5, QUANTITY: 2 }] });
    expect((await call(portal, 'crm.deal.get', { id })).result).toMatchObject({ OPPORTUNITY: '25.00' });
    const rows = await call(portal, 'crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': id } });
    expect(rows.result).toMatchObject({ productRows: [{ ownerId: id, price: 12.5, quantity: 2 }] });
    const todo = await call(portal, 'crm.activity.todo.add', {
      ownerTypeId: 2,
      ownerId: id,
      deadline: '2026-09-11T10:00:00+03:00',
      title: 'Позвонить',
    });
    const activity = (todo.result as Body).id;
    expect((await call(portal, 'crm.activity.binding.list', { activityId: activity })).result).toEqual([
      { entityTypeId: 2, entityId: id },
    ]);
    const task = await call(portal, 'tasks.task.add', {
      fields: { TITLE: 'Проверить', RESPONSIBLE_ID: 3, UF_CRM_TASK: [`D_${String(id)}`] },
    });
    expect(task.result).toMatchObject({
      task: { title: 'Проверить', status: '2', responsibleId: '3', ufCrmTask: [`D_${String(id)}`] },
    });
    await call(portal, 'crm.timeline.comment.add', {
      fields: { ENTITY_ID: id, ENTITY_TYPE: 'deal', COMMENT: 'Заметка' },
    });
    const comments = await call(portal, 'crm.timeline.comment.list', {
      filter: { ENTITY_ID: id, ENTITY_TYPE: 'deal' },
    });
    expect(comments.result).toMatchObject([{ ID: '1', COMMENT: 'Заметка', ENTITY_TYPE: 'deal' }]);
    expect((await call(portal, 'im.notify.personal.add', { USER_ID: 3, MESSAGE: 'Привет' })).result).toBe(1);

    const older = async () => (await call(portal, 'crm.deal.list', { filter: { '<ID': id } })).total as number;
    const newer = async () => (await call(portal, 'crm.deal.list', { filter: { '>ID': id } })).total as number;
    const olderBefore = await older();
    expect(await newer()).toBe(0);
    await control(portal, '/clock', { advanceToEnd: true });
    expect(await older()).toBeLessThanOrEqual(olderBefore);
    expect(await newer()).toBeGreaterThan(0);
    const { item } = (await call(portal, 'crm.item.get', { entityTypeId: 2, id })).result as { item: Body };
    expect(item).toMatchObject({ title: 'От клиента' });
    expect((await call(portal, 'crm.deal.delete', { id })).result).toBe(true);
    expect((await call(portal, 'crm.deal.get', { id })).error_description).toBe('Not found');
  });

  it('finds duplicates by phone and merges them', async () => {
    const portal = await start({ company: 'tiny', seed: 5 });
    const add = async (phone: string) =>
      (
        await call(portal, 'crm.contact.add', {
          fields: { NAME: 'Анна', PHONE: [{ VALUE: phone, VALUE_TYPE: 'WORK' }] },
        })
      ).result as number;
    const first = await add('+7 999 111-22-33');
    const second = await add('8 (999) 111-22-33');
    const found = await call(portal, 'crm.duplicate.findbycomm', { type: 'PHONE', values: ['79991112233'] });
    expect(found.result).toEqual({ CONTACT: [first, second] });
    expect((await call(portal, 'crm.duplicate.findbycomm', { type: 'PHONE', values: ['1'] })).result).toEqual([]);
    const merged = await call(portal, 'crm.entity.mergeBatch', {
      params: { entityTypeId: 3, entityIds: [first, second] },
    });
    expect(merged.result).toEqual({ STATUS: 'SUCCESS', ENTITY_IDS: [second] });
    expect((await call(portal, 'crm.contact.get', { id: second })).error_description).toBe('Not found');
  });
});

describe('tasks and notifications', () => {
  it('a task on a record shows among its activities, and the activity changes with the task', async () => {
    const portal = await start({ company: 'tiny', seed: 5 });
    const before = (await call(portal, 'crm.activity.list', { start: 0 })).total as number;
    const added = await call(portal, 'tasks.task.add', {
      fields: { TITLE: 'Перезвонить', RESPONSIBLE_ID: 3, UF_CRM_TASK: ['D_1', 'D_999999'] },
    });
    const { id } = (added.result as { task: { id: string } }).task;
    const activities = async () =>
      (await call(portal, 'crm.activity.list', { filter: { PROVIDER_ID: 'CRM_TASKS_TASK' } })).result as Body[];
    expect(await activities()).toMatchObject([
      { ASSOCIATED_ENTITY_ID: id, OWNER_TYPE_ID: '2', OWNER_ID: '1', SUBJECT: 'Перезвонить', COMPLETED: 'N' },
    ]);
    await control(portal, '/operations', { by: '3', operations: [taskDone(id)] });
    expect(await activities()).toMatchObject([{ COMPLETED: 'Y', EDITOR_ID: '3' }]);
    const unbound = { TITLE: 'Без сделки', RESPONSIBLE_ID: 3 };
    await call(portal, 'tasks.task.add', { fields: unbound });
    expect((await call(portal, 'crm.activity.list', { start: 0 })).total).toBe(before + 1);
    await control(portal, '/operations', { by: '1', operations: [{ op: 'delete', entity: 'task', id }] });
    expect(await activities()).toEqual([]);
    expect(await call(portal, 'tasks.task.add', { fields: { ...unbound, RESPONSIBLE_ID: 999 } })).toMatchObject({
      error: 'ERROR_CORE',
    });
  });

  it('when a task was seen is told to the person alone', async () => {
    const portal = await start({ company: 'tiny', seed: 5 });
    const fields = { TITLE: 'Прочесть', RESPONSIBLE_ID: 1 };
    const { task } = (await call(portal, 'tasks.task.add', { fields })).result as { task: { id: string } };
    const seen = { op: 'update', entity: 'task', id: task.id, way: 'silent' };
    const viewed = async () =>
      ((await call(portal, 'tasks.task.get', { taskId: task.id })).result as { task: Body }).task.viewedDate;
    expect(await viewed()).toBeNull();
    await control(portal, '/operations', { ...seen, fields: { VIEWED_DATE: '2026-09-20T10:00:00+03:00' } });
    expect(await viewed()).toBe('2026-09-20T10:00:00+03:00');
    await control(portal, '/operations', { ...seen, fields: { RESPONSIBLE_ID: '3' } });
    expect(await viewed()).toBeNull();
  });

  it('a notification takes the place of the one with its tag, also after a restart', async () => {
    const options: PortalSimOptions = { company: 'tiny', seed: 5, stateDir: folder };
    const portal = await start(options);
    const personal = { USER_ID: 3, MESSAGE: 'Первое', TAG: 'a', CLIENT_ID: 'client' };
    expect((await call(portal, 'im.notify.personal.add', personal)).result).toBe(1);
    expect((await call(portal, 'im.notify.system.add', { ...personal, TAG: 'b' })).result).toBe(2);
    expect((await call(portal, 'im.notify.personal.add', { ...personal, CLIENT_ID: 'other' })).result).toBe(3);
    expect((await call(portal, 'im.notify.personal.add', { ...personal, MESSAGE: 'Второе' })).result).toBe(4);
    expect((await call(portal, 'im.notify.personal.add', { USER_ID: 999, MESSAGE: 'Никому' })).result).toBe(false);
    const shown = [
      { id: 2, kind: 'system', fromUserId: 0, userId: 3, message: 'Первое' },
      { id: 3, kind: 'personal', fromUserId: 1, userId: 3, message: 'Первое' },
      { id: 4, kind: 'personal', fromUserId: 1, userId: 3, message: 'Второе' },
    ];
    expect((await control(portal, '/written')).notifications).toMatchObject(shown);
    await portal.close();
    expect((await control(await start(options), '/written')).notifications).toMatchObject(shown);
  });

  it.each([
    [{ MESSAGE: 'Кому?' }, 'USER_ID_EMPTY'],
    [{ USER_ID: 3 }, 'MESSAGE_EMPTY'],
    [{ USER_ID: 3, MESSAGE: 'С меткой', TAG: 'a' }, 'WRONG_AUTH_TYPE'],
    [{ USER_ID: 3, MESSAGE: 'С меткой', SUB_TAG: 'a' }, 'WRONG_AUTH_TYPE'],
    [{ USER_ID: 3, MESSAGE: 'С вложением', ATTACH: 'текст' }, 'ATTACH_ERROR'],
    [{ USER_ID: 3, MESSAGE: 'С вложением', ATTACH: [{ MESSAGE: 'x'.repeat(40_000) }] }, 'ATTACH_OVERSIZE'],
  ])('refuses the notification %j with %s', async (parameters, error) => {
    const portal = await start({ company: 'tiny', seed: 5 });
    expect(await call(portal, 'im.notify.personal.add', parameters)).toMatchObject({ error });
    expect(await call(portal, 'im.notify.system.add', parameters)).toMatchObject({ error });
  });
});

const taskDone = (id: string) => ({ op: 'update', entity: 'task', id, fields: { STATUS: '5' } });

describe('a portal with a folder', () => {
  it('is the same portal after a restart, with what clients wrote to it', async () => {
    const options: PortalSimOptions = { company: 'tiny', seed: 6, history: 'none', speed: 1, stateDir: folder };
    const first = await start(options);
    await control(first, '/clock', {
      speed: 0,
      pauseAt: '2026-09-08T00:00:00+03:00',
      advanceTo: '2026-09-08T00:00:00+03:00',
    });
    await call(first, 'crm.deal.add', { fields: { TITLE: 'До перезапуска' } });
    await call(first, 'crm.contact.add', { fields: { NAME: 'До перезапуска' } });
    await control(first, '/clock', { advanceTo: '2026-09-20T00:00:00+03:00', pauseAt: '2026-09-20T00:00:00+03:00' });
    await control(first, '/operations', { op: 'update', entity: 'deal', id: '1', fields: { COMMENTS: 'вручную' } });
    const before = await everything(first);
    const truth = await control(first, '/truth?horizonsDays=7,none');
    const { webhookUrl } = first;
    await first.close();
    appendFileSync(join(folder, 'journal.jsonl'), '{"kind":"operation","after":1');
    const second = await start(options);
    expect(second.webhookUrl.split('/').slice(3)).toEqual(webhookUrl.split('/').slice(3));
    expect(await everything(second)).toEqual(before);
    expect(await control(second, '/truth?horizonsDays=7,none')).toEqual(truth);
  });

  it('that is damaged is refused with a sentence', async () => {
    appendFileSync(join(folder, 'journal.jsonl'), 'x\n');
    await expect(startPortalSim({ company: 'tiny', stateDir: folder })).rejects.toMatchObject({
      code: 'PORTAL_STATE_DAMAGED',
    });
    appendFileSync(join(folder, 'portal.json'), '{');
    await expect(startPortalSim({ stateDir: folder })).rejects.toMatchObject({ code: 'PORTAL_STATE_DAMAGED' });
  });
});

describe('the clock', () => {
  it('lets a history that starts from nothing end like one that was there from the start', async () => {
    const whole = await start({ company: 'tiny', seed: 7 });
    const live = await start({ company: 'tiny', seed: 7, history: 'none', speed: 2_000_000 });
    const { result } = await call(live, 'server.time');
    expect(typeof result).toBe('string');
    let state = await control(live, '/clock');
    while (state.hasEnded !== true) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      state = await control(live, '/clock');
    }
    expect(await everything(live)).toEqual(await everything(whole));
  });

  it('shows a test what it did at once', async () => {
    const portal = await start({ company: 'tiny', seed: 7 });
    const before = (await control(portal, '/truth')) as {
      pipelines: Record<string, { sellers: { all: { now: Record<string, { count: number }> } } }>;
    };
    await control(portal, '/operations', {
      by: '2',
      operations: [
        { op: 'add', entity: 'deal', id: '9000', fields: { CATEGORY_ID: '0', STAGE_ID: 'NEW', ASSIGNED_BY_ID: '2' } },
      ],
    });
    expect((await call(portal, 'crm.deal.get', { id: 9000 })).result).toMatchObject({
      STAGE_ID: 'NEW',
      CREATED_BY_ID: '2',
    });
    const after = (await control(portal, '/truth')) as typeof before;
    const count = (truth: typeof before) => truth.pipelines['deal:0']?.sellers.all.now.NEW?.count ?? 0;
    expect(count(after)).toBe(count(before) + 1);
  });

  it('refuses what it does not understand', async () => {
    const portal = await start({ company: 'tiny', seed: 7 });
    expect(await control(portal, '/clock', { speed: -1 })).toHaveProperty('error');
    const add = { op: 'add', entity: 'deal', id: '1', fields: {} };
    expect(await control(portal, '/operations', add)).toEqual({ error: 'There is a deal 1 already.' });
    expect(await control(portal, '/operations', { ...add, entity: 'spaceship' })).toHaveProperty('error');
    expect(await control(portal, '/nothing')).toEqual({ error: 'There is no control route "GET /_sim/nothing".' });
  });
});
