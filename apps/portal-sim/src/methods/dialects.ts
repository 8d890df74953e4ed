import type { CrmEntity, FieldDefinition } from '../model/field-definitions.js';
import type { PortalModel } from '../model/portal-model.js';
import type { PortalRecord } from '../model/record-table.js';
import type { Comparison, FilterDialect, FilterField } from '../protocol/filter.js';
import type { SortKey } from '../protocol/list-page.js';
import { mapOf } from '../protocol/parameters.js';
import { RestError } from '../protocol/rest-error.js';
import type { RecordKind } from './method.js';

const modifiedFields: Partial<Record<RecordKind, string>> = {
  lead: 'DATE_MODIFY',
  deal: 'DATE_MODIFY',
  contact: 'DATE_MODIFY',
  company: 'DATE_MODIFY',
  invoice: 'DATE_MODIFY',
  activity: 'LAST_UPDATED',
  task: 'CHANGED_DATE',
};

const numericTypes = new Set([
  'integer',
  'double',
  'user',
  'employee',
  'crm_lead',
  'crm_deal',
  'crm_contact',
  'crm_company',
]);

/** The filter language of the classic lists: unknown fields are ignored, which returns more rows than intended. */
export function classicDialect(model: PortalModel, kind: RecordKind): FilterDialect<PortalRecord> {
  return {
    time: model.time,
    allowsLogic: false,
    unknownField: () => undefined,
    field: (name) => {
      const definition = model.fieldSets[kind].byName(name);
      return definition ? fieldOf(kind, definition) : partField(name);
    },
  };
}

/** The filter language of `crm.item.list`: names are the universal ones, an unknown one is an error. */
export function itemDialect(model: PortalModel, entity: CrmEntity): FilterDialect<PortalRecord> {
  const set = model.fieldSets[entity];
  return {
    time: model.time,
    allowsLogic: true,
    unknownField: (name) => {
      throw new RestError('INVALID_ARG_VALUE', `Invalid filter: field '${name}' is not allowed in filter`);
    },
    field: (name) => {
      if (name === 'contactIds') return partField('CONTACT_IDS');
      const definition = itemDefinition(set, entity, name);
      return definition ? fieldOf(entity, definition) : undefined;
    },
  };
}

/** Finds a field of a universal item by any name that the method accepts. */
export function itemDefinition(
  set: PortalModel['fieldSets'][CrmEntity],
  entity: CrmEntity,
  name: string,
): FieldDefinition | undefined {
  const known = set.byItemName(entity === 'lead' && name === 'statusId' ? 'stageId' : name);
  if (known) return known;
  const original = set.byName(name);
  return original?.isDynamic ? original : undefined;
}

/** Sort keys of a classic order; keys that name no field are ignored. */
export function classicOrder(model: PortalModel, kind: RecordKind, raw: unknown): SortKey<PortalRecord>[] {
  return sortKeys(raw, (name) => {
    const definition = model.fieldSets[kind].byName(name.toUpperCase());
    return definition && fieldOf(kind, definition);
  });
}

export function itemOrder(model: PortalModel, entity: CrmEntity, raw: unknown): SortKey<PortalRecord>[] {
  return sortKeys(raw, (name) => {
    const definition = itemDefinition(model.fieldSets[entity], entity, name);
    if (!definition) throw new RestError('INVALID_ARG_VALUE', `Invalid order: field '${name}' is not allowed in order`);
    return fieldOf(entity, definition);
  });
}

export function sortKeys<Row>(raw: unknown, find: (name: string) => FilterField<Row> | undefined): SortKey<Row>[] {
  const keys: SortKey<Row>[] = [];
  for (const [name, direction] of Object.entries(mapOf(raw))) {
    const field = find(name);
    if (!field) continue;
    keys.push({
      isId: field.isId === true,
      isDescending: typeof direction === 'string' && direction.toUpperCase().startsWith('DESC'),
      value: (row) => sortable(field.comparison, field.value(row)),
    });
  }
  return keys;
}

function sortable(comparison: Comparison, value: unknown): number | string {
  if (comparison === 'number') return Number(value ?? 0);
  if (typeof value === 'number') return value;
  // All instants are printed with whole seconds in one zone, so their order is that of the instants; offsets may differ.
  if (comparison === 'time') return typeof value === 'string' && value !== '' ? Date.parse(value) : 0;
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function fieldOf(kind: RecordKind, definition: FieldDefinition): FilterField<PortalRecord> {
  const { name, type } = definition;
  if (name === 'ID') return { comparison: 'number', value: (row) => row.id, isId: true };
  if (name === modifiedFields[kind]) {
    return { comparison: 'time', value: (row) => row.modifiedMs, isModifiedTime: true };
  }
  if (name === 'CONTACT_ID')
    return { comparison: 'list', value: (row) => row.parts.contactIds ?? row.fields.CONTACT_ID };
  return { comparison: comparisonOf(definition, type), value: (row) => row.fields[name] };
}

function comparisonOf(definition: FieldDefinition, type: string): Comparison {
  if (definition.isMultiple) return 'list';
  if (type === 'datetime') return 'time';
  if (type === 'date') return 'day';
  if (numericTypes.has(type) || type.startsWith('crm_enum') || type === 'crm_category') return 'number';
  return type === 'string' ? 'text' : 'code';
}

function partField(name: string): FilterField<PortalRecord> | undefined {
  switch (name) {
    case 'PHONE':
    case 'EMAIL':
    case 'WEB':
    case 'IM':
      return { comparison: 'list', value: (row) => row.parts.multi?.[name]?.map((value) => value.VALUE) ?? [] };
    case 'CONTACT_IDS':
      return { comparison: 'list', value: (row) => row.parts.contactIds ?? [] };
    case 'UF_CRM_TASK':
      return { comparison: 'list', value: (row) => row.parts.crmTask ?? [] };
    default:
      return undefined;
  }
}
