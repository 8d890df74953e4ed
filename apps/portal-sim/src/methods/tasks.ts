import type { PortalFields } from '@funnelwatch/portal-generator';
import { TASK_PROVIDER } from '../model/activity-desk.js';
import { entityTypes } from '../model/entity-types.js';
import type { PortalRecord } from '../model/record-table.js';
import { either, listOf, mapOf, numberOf, type Parameters, textOf } from '../protocol/parameters.js';
import { RestError } from '../protocol/rest-error.js';
import { classicDialect, classicOrder } from './dialects.js';
import { listRecords, selectOf, startOf } from './list-request.js';
import { type CallContext, listMethod, type Method, method } from './method.js';

function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Asking for any of these brings all three. */
const linkFields = ['UF_CRM_TASK', 'UF_TASK_WEBDAV_FILES', 'UF_MAIL_MESSAGE'];

function taskView(record: PortalRecord, select: readonly unknown[], viewerId: number): Record<string, unknown> {
  const names = select.filter((name): name is string => typeof name === 'string').map((name) => name.toUpperCase());
  const isEverything = names.length === 0 || names.includes('*');
  const view: Record<string, unknown> = { id: record.fields.ID };
  for (const [name, value] of Object.entries(record.fields)) {
    if (isEverything || names.includes(name)) view[camelCase(name)] = value;
  }
  // Everybody is told of their own looking alone; what is kept is when the responsible person did.
  if ('viewedDate' in view && record.fields.RESPONSIBLE_ID !== String(viewerId)) view.viewedDate = null;
  if (names.some((name) => linkFields.includes(name))) {
    view.ufCrmTask = record.parts.crmTask ?? [];
    view.ufTaskWebdavFiles = [];
    view.ufMailMessage = null;
  }
  return view;
}

function requireTask(parameters: Parameters, context: CallContext): PortalRecord {
  const id = numberOf(either(parameters, 'taskId', 'id', 'TASKID'));
  if (Number.isNaN(id)) throw new RestError('100', 'Could not find value for parameter {taskId}', 400);
  const record = context.model.tables.task.get(id);
  const visible = context.visibility('task');
  if (!record || (visible && !visible(record))) {
    throw new RestError('1048582', 'Задача не найдена или доступ запрещен', 400);
  }
  return record;
}

function taskFields(parameters: Parameters): PortalFields {
  if (typeof parameters.fields !== 'object' || parameters.fields === null) {
    throw new RestError('100', 'Could not find value for parameter {fields}', 400);
  }
  return parameters.fields as PortalFields;
}

/**
 * The activity by which a task shows among the others of the records that it hangs on. The script adds its own, so only
 * tasks of clients get one here.
 */
function addActivityOfTask(id: number, fields: PortalFields, context: CallContext): void {
  const owners = listOf(fields.UF_CRM_TASK).flatMap((reference) => {
    const [short, ownerId] = textOf(reference).split('_');
    const type = entityTypes.find((candidate) => candidate.short === short);
    const isThere = type !== undefined && context.model.tables[type.entity].get(Number(ownerId)) !== undefined;
    return isThere ? [{ OWNER_TYPE_ID: type.entityTypeId, OWNER_ID: Number(ownerId) }] : [];
  });
  const [owner] = owners;
  if (!owner) return;
  const activity: PortalFields = {
    ...owner,
    BINDINGS: owners,
    TYPE_ID: '6',
    PROVIDER_ID: TASK_PROVIDER,
    PROVIDER_TYPE_ID: 'TASK',
    ASSOCIATED_ENTITY_ID: id,
    SUBJECT: textOf(fields.TITLE),
    DESCRIPTION: textOf(fields.DESCRIPTION),
    RESPONSIBLE_ID: textOf(fields.RESPONSIBLE_ID),
    ...(textOf(fields.DEADLINE) === '' ? {} : { END_TIME: fields.DEADLINE, DEADLINE: fields.DEADLINE }),
  };
  context.write({ op: 'add', entity: 'activity', id: String(context.nextId('activity')), fields: activity });
}

/** Tasks: asked for in capitals, answered in camel case. */
export const taskMethods: Method[] = [
  listMethod('tasks.task.list', 'task', (parameters, context) => {
    const { model } = context;
    for (const name of Object.keys(mapOf(parameters.order))) {
      if (!model.fieldSets.task.byName(name.toUpperCase()))
        throw new RestError('0', `Unknown order field ${name}`, 400);
    }
    const { rows, ...counts } = listRecords(model.tables.task, {
      filter: parameters.filter,
      dialect: classicDialect(model, 'task'),
      order: classicOrder(model, 'task', parameters.order),
      start: startOf(parameters),
      floorsStart: true,
      visible: context.visibility('task'),
    });
    const select = selectOf(parameters);
    return { result: { tasks: rows.map((record) => taskView(record, select, context.webhook.userId)) }, ...counts };
  }),
  method('tasks.task.get', 'task', (parameters, context) => ({
    task: taskView(requireTask(parameters, context), selectOf(parameters), context.webhook.userId),
  })),
  method('tasks.task.add', 'task', (parameters, context) => {
    const fields = taskFields(parameters);
    if (textOf(fields.TITLE) === '') throw new RestError('ERROR_CORE', 'Не указано название задачи', 400);
    if (textOf(fields.RESPONSIBLE_ID) === '') throw new RestError('ERROR_CORE', 'Не указан исполнитель', 400);
    const responsible = numberOf(fields.RESPONSIBLE_ID);
    if (!context.model.users.has(responsible)) throw new RestError('ERROR_CORE', 'Исполнитель не найден', 400);
    const id = context.nextId('task');
    context.write({ op: 'add', entity: 'task', id: String(id), fields });
    addActivityOfTask(id, fields, context);
    const added = context.model.tables.task.get(id) as PortalRecord;
    return { task: taskView(added, ['*', 'UF_CRM_TASK'], context.webhook.userId) };
  }),
  method('tasks.task.update', 'task', (parameters, context) => {
    const record = requireTask(parameters, context);
    context.write({
      op: 'update',
      entity: 'task',
      id: String(record.id),
      fields: taskFields(parameters),
      way: 'classic',
    });
    return { task: taskView(record, ['*', 'UF_CRM_TASK'], context.webhook.userId) };
  }),
];
