import type { PortalFields } from '@funnelwatch/portal-generator';
import type { PortalRecord } from '../model/record-table.js';
import { either, mapOf, numberOf, type Parameters, textOf } from '../protocol/parameters.js';
import { RestError } from '../protocol/rest-error.js';
import { classicDialect, classicOrder } from './dialects.js';
import { listRecords, selectOf, startOf } from './list-request.js';
import { type CallContext, listMethod, type Method, method } from './method.js';

function camelCase(name: string): string {
  return name.toLowerCase().replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** Asking for any of these brings all three. */
const linkFields = ['UF_CRM_TASK', 'UF_TASK_WEBDAV_FILES', 'UF_MAIL_MESSAGE'];

function taskView(record: PortalRecord, select: readonly unknown[]): Record<string, unknown> {
  const names = select.filter((name): name is string => typeof name === 'string').map((name) => name.toUpperCase());
  const isEverything = names.length === 0 || names.includes('*');
  const view: Record<string, unknown> = { id: record.fields.ID };
  for (const [name, value] of Object.entries(record.fields)) {
    if (isEverything || names.includes(name)) view[camelCase(name)] = value;
  }
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
    return { result: { tasks: rows.map((record) => taskView(record, select)) }, ...counts };
  }),
  method('tasks.task.get', 'task', (parameters, context) => ({
    task: taskView(requireTask(parameters, context), selectOf(parameters)),
  })),
  method('tasks.task.add', 'task', (parameters, context) => {
    const fields = taskFields(parameters);
    if (textOf(fields.TITLE) === '') throw new RestError('ERROR_CORE', 'Не указано название задачи', 400);
    if (textOf(fields.RESPONSIBLE_ID) === '') throw new RestError('ERROR_CORE', 'Не указан исполнитель', 400);
    const id = context.nextId('task');
    context.write({ op: 'add', entity: 'task', id: String(id), fields });
    return { task: taskView(requireTask({ taskId: id }, context), ['*', 'UF_CRM_TASK']) };
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
    return { task: taskView(record, ['*', 'UF_CRM_TASK']) };
  }),
];
