import type { BitrixClient, CallOptions } from './client.js';
import type { Row } from './listings.js';
import { isMap, type PortalTime } from './portal-time.js';
import { type CrmReference, taskBinding, timelineOwner } from './portal-writes.js';

type ReadOptions = Omit<CallOptions, 'idempotent'>;

/** How a task stands, as far as the portal tells. */
export interface TaskState {
  id: string;
  /** 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred. */
  status: string;
  statusChangedBy: string | null;
  statusChangedAt: string | null;
  closedAt: string | null;
  /** When the owner of the webhook looked at it last: of other people the portal does not tell. */
  viewedAt: string | null;
}

/**
 * Tasks added since an instant of the portal's clock: those that hang on a record, if one is given, then those that the owner
 * of the webhook added. Rows have `id` and `description`; one may come twice.
 */
export async function* tasksWrittenSince(
  client: BitrixClient,
  source: { about: CrmReference | null; since: Date },
  options?: ReadOptions,
): AsyncGenerator<Row, void, undefined> {
  // Not by the responsible person, who may have passed the task on since; and a record may be merged into another one.
  const conditions = [
    ...(source.about ? [{ UF_CRM_TASK: taskBinding(source.about) }] : []),
    { CREATED_BY: client.userId },
  ];
  for (const condition of conditions) {
    const filter = { '>=CREATED_DATE': source.since.toISOString(), ...condition };
    const params = { filter, order: { ID: 'asc' }, select: ['ID', 'DESCRIPTION', 'CREATED_DATE'] };
    for await (const result of pages(client, 'tasks.task.list', params, options)) {
      yield* rowsIn(isMap(result) ? result.tasks : null);
    }
  }
}

/** Comments in the timeline of a record since an instant of the portal's clock, newest first, with `ID` and `COMMENT`. */
export async function* commentsWrittenSince(
  client: BitrixClient,
  source: { about: CrmReference; since: Date },
  options?: ReadOptions,
): AsyncGenerator<Row, void, undefined> {
  const params = { filter: timelineOwner(source.about), order: { ID: 'DESC' } };
  for await (const result of pages(client, 'crm.timeline.comment.list', params, options)) {
    for (const row of rowsIn(result)) {
      if (Date.parse(text(row.CREATED) ?? '') < source.since.getTime()) return;
      yield row;
    }
  }
}

/** States of tasks by their ids, at most 50; those that are gone are left out. */
export async function readTaskStates(
  client: BitrixClient,
  ids: readonly string[],
  options?: ReadOptions,
): Promise<TaskState[]> {
  const select = ['ID', 'STATUS', 'STATUS_CHANGED_BY', 'STATUS_CHANGED_DATE', 'CLOSED_DATE', 'VIEWED_DATE'];
  const params = { filter: { ID: ids }, order: { ID: 'asc' }, select, start: 0 };
  const { result } = await client.call('tasks.task.list', params, options);
  return rowsIn(isMap(result) ? result.tasks : null).map((row) => ({
    id: text(row.id) ?? '',
    status: text(row.status) ?? '',
    statusChangedBy: text(row.statusChangedBy),
    statusChangedAt: text(row.statusChangedDate),
    closedAt: text(row.closedDate),
    viewedAt: text(row.viewedDate),
  }));
}

/**
 * Which of these people, at most 50, work in the portal; those it does not show are left out, and only administrators are
 * shown the dismissed. Null when the webhook may not ask. Tells the portal's time in any case.
 */
export async function readUserStates(
  client: BitrixClient,
  ids: readonly string[],
  options?: ReadOptions,
): Promise<{ isActiveById: Map<string, boolean> | null; time: PortalTime | null }> {
  const params = { FILTER: { ID: ids }, sort: 'ID', order: 'ASC', start: 0 };
  const { outcomes, time } = await client.batch({ users: { method: 'user.get', params } }, options);
  if (outcomes.users.ok) {
    const states = rowsIn(outcomes.users.result).map(
      (row) => [text(row.ID) ?? '', row.ACTIVE !== false && row.ACTIVE !== 'N'] as const,
    );
    return { isActiveById: new Map(states), time };
  }
  if (outcomes.users.failure.code === 'SCOPE_MISSING') return { isActiveById: null, time };
  throw outcomes.users.failure;
}

async function* pages(
  client: BitrixClient,
  method: string,
  params: Parameters<BitrixClient['call']>[1],
  options?: ReadOptions,
): AsyncGenerator<unknown, void, undefined> {
  for (let start = 0; ;) {
    const { result, next } = await client.call(method, { ...params, start }, options);
    yield result;
    if (next === null || next <= start) return;
    start = next;
  }
}

const rowsIn = (rows: unknown): Row[] => (Array.isArray(rows) ? (rows as unknown[]).filter(isMap) : []);

function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}
