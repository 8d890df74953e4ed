import type { PortalFields } from '@funnelwatch/portal-generator';
import { type EntityType, entityTypeById } from '../model/entity-types.js';
import type { PortalRecord } from '../model/record-table.js';
import { mapOf, numberOf, type Parameters } from '../protocol/parameters.js';
import { RestError } from '../protocol/rest-error.js';
import { itemDefinition, itemDialect, itemOrder } from './dialects.js';
import { itemDescriptors } from './field-descriptors.js';
import { listRecords, selectOf, startOf } from './list-request.js';
import { type CallContext, listMethod, type Method, method } from './method.js';
import { selectedItem } from './record-view.js';

function typeOf(parameters: Parameters): EntityType {
  const raw = parameters.entityTypeId;
  if (raw === undefined) throw missing('entityTypeId');
  const entityTypeId = numberOf(raw);
  if (entityTypeId === 5) throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported', 400);
  const type = entityTypeById(entityTypeId);
  if (!type) throw new RestError('NOT_FOUND', 'Смарт-процесс не найден', 400);
  return type;
}

function missing(name: string): RestError {
  return new RestError('100', `Could not find value for parameter {${name}}`, 400);
}

function requireItem(type: EntityType, parameters: Parameters, context: CallContext): PortalRecord {
  if (parameters.id === undefined) throw missing('id');
  const record = context.model.tables[type.entity].get(numberOf(parameters.id));
  if (!record) throw new RestError('NOT_FOUND', 'Элемент не найден', 400);
  const visible = context.visibility(type.entity);
  if (visible && !visible(record)) throw new RestError('ACCESS_DENIED', 'Доступ запрещен', 400);
  return record;
}

function usesOriginalNames(parameters: Parameters): boolean {
  return parameters.useOriginalUfNames === 'Y';
}

/** Fields under the names that the script uses: universal ones for invoices, classic ones for the rest. */
function scriptFields(type: EntityType, parameters: Parameters, context: CallContext): PortalFields {
  if (typeof parameters.fields !== 'object' || parameters.fields === null) throw missing('fields');
  const fields: PortalFields = {};
  const set = context.model.fieldSets[type.entity];
  for (const [name, value] of Object.entries(parameters.fields)) {
    if (name === 'contactIds' || name === 'observers' || name === 'fm') {
      if (name === 'fm') Object.assign(fields, multiFields(value));
      else fields[name === 'contactIds' ? 'CONTACT_IDS' : 'OBSERVERS'] = value;
      continue;
    }
    const definition = itemDefinition(set, type.entity, name);
    if (definition)
      fields[type.entity === 'invoice' && !definition.isDynamic ? definition.itemName : definition.name] = value;
  }
  return fields;
}

/** `fm` groups values by type under `n0`, `n1`… for new ones and by id for known ones. */
function multiFields(value: unknown): PortalFields {
  const grouped: Record<string, unknown[]> = {};
  for (const [key, raw] of Object.entries(mapOf(value))) {
    const entry = mapOf(raw);
    const typeId = typeof entry.typeId === 'string' ? entry.typeId : '';
    (grouped[typeId] ??= []).push({
      ...(/^\d+$/.test(key) && !Array.isArray(value) ? { ID: key } : {}),
      VALUE: entry.value,
      VALUE_TYPE: entry.valueType,
    });
  }
  return grouped;
}

/** `crm.item.*` for the kinds that the portal has. */
export const itemMethods: Method[] = [
  method('crm.item.fields', 'crm', (parameters, { model }) => ({
    fields: itemDescriptors(model.fieldSets[typeOf(parameters).entity], usesOriginalNames(parameters)),
  })),
  listMethod('crm.item.list', 'crm', (parameters, context) => {
    const { entity } = typeOf(parameters);
    const { model } = context;
    const select = selectOf(parameters);
    const { rows, ...counts } = listRecords(model.tables[entity], {
      filter: parameters.filter,
      dialect: itemDialect(model, entity),
      order: itemOrder(model, entity, parameters.order),
      start: startOf(parameters),
      floorsStart: false,
      visible: context.visibility(entity),
    });
    const items = rows.map((record) => selectedItem(model, entity, record, select, usesOriginalNames(parameters)));
    return { result: { items }, ...counts };
  }),
  method('crm.item.get', 'crm', (parameters, context) => {
    const type = typeOf(parameters);
    const record = requireItem(type, parameters, context);
    return { item: selectedItem(context.model, type.entity, record, ['*'], usesOriginalNames(parameters)) };
  }),
  method('crm.item.add', 'crm', (parameters, context) => {
    const type = typeOf(parameters);
    const fields = scriptFields(type, parameters, context);
    const id = context.nextId(type.entity);
    context.write({ op: 'add', entity: type.entity, id: String(id), fields });
    const record = requireItem(type, { id }, context);
    return { item: selectedItem(context.model, type.entity, record, ['*'], usesOriginalNames(parameters)) };
  }),
  method('crm.item.update', 'crm', (parameters, context) => {
    const type = typeOf(parameters);
    const record = requireItem(type, parameters, context);
    const fields = scriptFields(type, parameters, context);
    context.write({ op: 'update', entity: type.entity, id: String(record.id), fields, way: 'item' });
    return { item: selectedItem(context.model, type.entity, record, ['*'], usesOriginalNames(parameters)) };
  }),
  method('crm.item.delete', 'crm', (parameters, context) => {
    const type = typeOf(parameters);
    const record = requireItem(type, parameters, context);
    context.write({ op: 'delete', entity: type.entity, id: String(record.id) });
    return [];
  }),
  listMethod('crm.type.list', 'crm', (parameters) => {
    const order = mapOf(parameters.order);
    if ('ID' in order) throw new RestError('100', 'Invalid value {ID} to match with parameter {order}', 400);
    return { result: { types: [] }, total: 0 };
  }),
];
