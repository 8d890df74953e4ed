import type { PortalFields } from '@funnelwatch/portal-generator';
import { entityTypeById } from '../model/entity-types.js';
import { either, listOf, mapOf, numberOf, textOf } from '../protocol/parameters.js';
import { classicError, RestError } from '../protocol/rest-error.js';
import { requireFields, requireRecord } from './crm-classic.js';
import { classicDialect, classicOrder } from './dialects.js';
import { classicDescriptors } from './field-descriptors.js';
import { listRecords, requireMaps, selectOf, startOf } from './list-request.js';
import { listMethod, type Method, method } from './method.js';
import { classicSelect, classicView } from './record-view.js';

/** Activities: calls, meetings, letters, to-dos. */
export const activityMethods: Method[] = [
  method('crm.activity.fields', 'crm', (_parameters, { model }) => classicDescriptors(model.fieldSets.activity, false)),
  listMethod('crm.activity.list', 'crm', (parameters, context) => {
    requireMaps(parameters);
    const { model } = context;
    const filter = mapOf(parameters.filter);
    const bindings = filter.BINDINGS === undefined ? undefined : listOf(filter.BINDINGS).map(mapOf);
    const bound =
      bindings &&
      new Set(bindings.flatMap((one) => model.activities.boundTo(Number(one.OWNER_TYPE_ID), Number(one.OWNER_ID))));
    const { rows, ...counts } = listRecords(model.tables.activity, {
      filter: bound ? { ...filter, '@ID': [...bound] } : filter,
      dialect: classicDialect(model, 'activity'),
      order: classicOrder(model, 'activity', parameters.order ?? { START_TIME: 'ASC' }),
      start: startOf(parameters),
      floorsStart: true,
      visible: context.visibility('activity'),
    });
    const select = classicSelect(selectOf(parameters));
    return { result: rows.map((record) => classicView(record, select)), ...counts };
  }),
  method('crm.activity.get', 'crm', (parameters, context) => {
    const record = requireRecord('activity', either(parameters, 'id', 'ID'), context);
    return { ...record.fields, FILES: record.parts.files ?? [] };
  }),
  method('crm.activity.add', 'crm', (parameters, context) => {
    const fields = requireFields(parameters);
    const typeId = textOf(fields.TYPE_ID);
    if (typeId === '') throw classicError('The field TYPE_ID is required.');
    if (typeId === '6' && textOf(fields.PROVIDER_ID) === '')
      throw classicError('Custom activity without provider is not supported.');
    const owner = entityTypeById(numberOf(fields.OWNER_TYPE_ID));
    if (!owner || !context.model.tables[owner.entity].get(numberOf(fields.OWNER_ID)))
      throw classicError('The owner is not found.');
    const communications = listOf(fields.COMMUNICATIONS);
    if (typeId === '2' && communications.length !== 1)
      throw classicError('The field COMMUNICATIONS is not defined or invalid.');
    if (typeId === '4' && communications.length === 0)
      throw classicError('The field COMMUNICATIONS is not defined or invalid.');
    const id = context.nextId('activity');
    context.write({ op: 'add', entity: 'activity', id: String(id), fields });
    return id;
  }),
  method('crm.activity.update', 'crm', (parameters, context) => {
    const record = requireRecord('activity', either(parameters, 'id', 'ID'), context);
    const fields = requireFields(parameters);
    context.write({ op: 'update', entity: 'activity', id: String(record.id), fields, way: 'classic' });
    return true;
  }),
  method('crm.activity.delete', 'crm', (parameters, context) => {
    const record = requireRecord('activity', either(parameters, 'id', 'ID'), context);
    context.write({ op: 'delete', entity: 'activity', id: String(record.id) });
    return true;
  }),
  method('crm.activity.binding.list', 'crm', (parameters, context) => {
    const record = requireRecord('activity', parameters.activityId, context);
    return record.parts.bindings ?? [];
  }),
  method('crm.activity.todo.add', 'crm', (parameters, context) => {
    for (const name of ['ownerTypeId', 'ownerId', 'deadline']) {
      if (parameters[name] === undefined)
        throw new RestError('100', `Could not find value for parameter {${name}}`, 400);
    }
    const owner = entityTypeById(numberOf(parameters.ownerTypeId));
    const ownerId = numberOf(parameters.ownerId);
    if (!owner || !context.model.tables[owner.entity].get(ownerId))
      throw new RestError('OWNER_NOT_FOUND', 'Owner not found', 400);
    const deadlineMs = context.model.time.parse(textOf(parameters.deadline));
    if (Number.isNaN(deadlineMs)) throw new RestError('WRONG_DATETIME_FORMAT', 'Wrong datetime format', 400);
    const fields: PortalFields = {
      TYPE_ID: '6',
      PROVIDER_ID: 'CRM_TODO',
      PROVIDER_TYPE_ID: 'TODO',
      OWNER_TYPE_ID: String(owner.entityTypeId),
      OWNER_ID: String(ownerId),
      SUBJECT: textOf(parameters.title) || textOf(parameters.description),
      DESCRIPTION: textOf(parameters.description),
      START_TIME: deadlineMs,
      END_TIME: deadlineMs,
      DEADLINE: deadlineMs,
      RESPONSIBLE_ID: textOf(parameters.responsibleId) || String(context.webhook.userId),
    };
    const id = context.nextId('activity');
    context.write({ op: 'add', entity: 'activity', id: String(id), fields });
    return { id };
  }),
];
