import type { PortalFields } from '@funnelwatch/portal-generator';
import { entityTypeOf } from '../model/entity-types.js';
import type { CrmEntity } from '../model/field-definitions.js';
import type { PortalRecord } from '../model/record-table.js';
import { either, numberOf, type Parameters, textOf } from '../protocol/parameters.js';
import { classicError } from '../protocol/rest-error.js';
import { classicDialect, classicOrder } from './dialects.js';
import { classicDescriptors } from './field-descriptors.js';
import { listRecords, requireMaps, selectOf, startOf } from './list-request.js';
import { type CallContext, listMethod, type Method, method, type RecordKind } from './method.js';
import { classicSelect, classicView, sharedFields } from './record-view.js';

export type ClassicEntity = Exclude<CrmEntity, 'invoice'>;

/** A readable record, or the failure that classic methods report. */
export function requireRecord(kind: RecordKind, rawId: unknown, context: CallContext): PortalRecord {
  const id = numberOf(rawId);
  if (!(id > 0)) throw classicError('ID is not defined or invalid.');
  const record = context.model.tables[kind].get(id);
  if (!record) throw classicError('Not found');
  const visible = context.visibility(kind);
  if (visible && !visible(record)) throw classicError('Access denied.');
  return record;
}

/** The map of fields of an add or update. */
export function requireFields(parameters: Parameters): PortalFields {
  const fields = parameters.fields;
  if (typeof fields !== 'object' || fields === null) throw classicError("Parameter 'fields' must be array.");
  return fields as PortalFields;
}

/** `crm.deal.*` and its siblings. */
export function classicMethods(entity: ClassicEntity): Method[] {
  const prefix = `crm.${entity}`;
  const { userFieldEntityId } = entityTypeOf(entity);
  const hasMultiFields = entity !== 'deal';
  return [
    method(`${prefix}.fields`, 'crm', (_parameters, { model }) =>
      classicDescriptors(model.fieldSets[entity], hasMultiFields),
    ),
    listMethod(`${prefix}.list`, 'crm', (parameters, context) => {
      requireMaps(parameters);
      const { model } = context;
      const page = listRecords(model.tables[entity], {
        filter: parameters.filter,
        dialect: classicDialect(model, entity),
        order: classicOrder(model, entity, parameters.order),
        start: startOf(parameters),
        floorsStart: true,
        visible: context.visibility(entity),
      });
      const select = classicSelect(selectOf(parameters));
      const { rows, ...counts } = page;
      return { result: rows.map((record) => classicView(record, select)), ...counts };
    }),
    method(`${prefix}.get`, 'crm', (parameters, context) => {
      const record = requireRecord(entity, either(parameters, 'id', 'ID'), context);
      return hasMultiFields ? { ...record.fields, ...record.parts.multi } : sharedFields(record);
    }),
    method(`${prefix}.add`, 'crm', (parameters, context) => {
      const fields = requireFields(parameters);
      const id = context.nextId(entity);
      context.write({ op: 'add', entity, id: String(id), fields });
      return id;
    }),
    method(`${prefix}.update`, 'crm', (parameters, context) => {
      const record = requireRecord(entity, either(parameters, 'id', 'ID'), context);
      context.write({ op: 'update', entity, id: String(record.id), fields: requireFields(parameters), way: 'classic' });
      return true;
    }),
    method(`${prefix}.delete`, 'crm', (parameters, context) => {
      const record = requireRecord(entity, either(parameters, 'id', 'ID'), context);
      context.write({ op: 'delete', entity, id: String(record.id) });
      return true;
    }),
    listMethod(`${prefix}.userfield.list`, 'crm', (parameters, { model }) => {
      const rows = model.userFields.filter((userField) => userField.ENTITY_ID === userFieldEntityId);
      const filter = (parameters.filter ?? {}) as PortalFields;
      const language = textOf(filter.LANG);
      const named = filter.FIELD_NAME === undefined ? rows : rows.filter((row) => row.FIELD_NAME === filter.FIELD_NAME);
      return { result: named.map((row) => userFieldView(row, language !== '')), total: named.length };
    }),
  ];
}

/** Labels of a user field come only when a language is asked for. */
function userFieldView(userField: PortalFields, withLabels: boolean): PortalFields {
  const { EDIT_FORM_LABEL, LIST_COLUMN_LABEL, LIST_FILTER_LABEL, ...rest } = userField;
  const view: PortalFields = {
    XML_ID: null,
    SORT: '100',
    MULTIPLE: 'N',
    MANDATORY: 'N',
    SHOW_FILTER: 'E',
    SHOW_IN_LIST: 'Y',
    EDIT_IN_LIST: 'Y',
    IS_SEARCHABLE: 'N',
    ...rest,
    SETTINGS: isEmptyMap(rest.SETTINGS) ? [] : rest.SETTINGS,
  };
  if (!withLabels) return view;
  return {
    ...view,
    EDIT_FORM_LABEL,
    LIST_COLUMN_LABEL: LIST_COLUMN_LABEL ?? EDIT_FORM_LABEL,
    LIST_FILTER_LABEL: LIST_FILTER_LABEL ?? EDIT_FORM_LABEL,
  };
}

function isEmptyMap(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Methods that only deals have. */
export const dealMethods: Method[] = [
  method('crm.deal.contact.items.get', 'crm', (parameters, context) => {
    const record = requireRecord('deal', either(parameters, 'id', 'ID'), context);
    return (record.parts.contactIds ?? []).map((contactId, index) => ({
      CONTACT_ID: contactId,
      SORT: (index + 1) * 10,
      ROLE_ID: 0,
      IS_PRIMARY: index === 0 ? 'Y' : 'N',
    }));
  }),
];
