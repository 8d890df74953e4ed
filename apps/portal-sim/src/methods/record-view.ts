import { entityTypeOf } from '../model/entity-types.js';
import { type CrmEntity, type FieldDefinition, multiFieldNames } from '../model/field-definitions.js';
import type { PortalModel } from '../model/portal-model.js';
import type { PortalRecord } from '../model/record-table.js';

/** Types whose values are JSON numbers in the universal methods. */
const numericTypes = new Set([
  'integer',
  'double',
  'user',
  'employee',
  'enumeration',
  'crm_lead',
  'crm_deal',
  'crm_contact',
  'crm_company',
  'crm_category',
  'crm_quote',
]);

/**
 * A record as classic lists show it. `select` takes names and the masks `*` and `UF_*`; both is the default.
 * Multi-fields and other parts appear only when named.
 */
export function classicView(record: PortalRecord, select: ClassicSelect): Record<string, unknown> {
  if (select.isEverything && select.parts.length === 0) return sharedFields(record);
  const view: Record<string, unknown> = select.isEverything ? { ...record.fields } : { ID: record.fields.ID };
  if (!select.isEverything) {
    for (const name in record.fields) {
      const isUserField = name.startsWith('UF_');
      if (select.names.has(name) || (isUserField ? select.hasUserFields : select.hasOrdinary))
        view[name] = record.fields[name];
    }
  }
  for (const part of select.parts) {
    const value = partOf(record, part);
    if (value !== undefined) view[part] = value;
  }
  return view;
}

/** The record's own fields for an answer; a later change copies them first. */
export function sharedFields(record: PortalRecord): Record<string, unknown> {
  record.isShared = true;
  return record.fields;
}

export interface ClassicSelect {
  isEverything: boolean;
  hasOrdinary: boolean;
  hasUserFields: boolean;
  names: ReadonlySet<string>;
  /** Parts beside the plain fields that were named. */
  parts: readonly string[];
}

const partNames = new Set<string>([...multiFieldNames, 'COMMUNICATIONS', 'FILES', 'BINDINGS']);

export function classicSelect(raw: readonly unknown[]): ClassicSelect {
  const words = raw.filter((word): word is string => typeof word === 'string');
  const names = new Set(words.filter((word) => word !== '*' && word !== 'UF_*'));
  const hasOrdinary = words.length === 0 || words.includes('*');
  const hasUserFields = words.length === 0 || words.includes('UF_*');
  return {
    isEverything: hasOrdinary && hasUserFields,
    hasOrdinary,
    hasUserFields,
    names,
    parts: [...names].filter((name) => partNames.has(name)),
  };
}

function partOf(record: PortalRecord, name: string): unknown {
  switch (name) {
    case 'COMMUNICATIONS':
      return record.parts.communications ?? [];
    case 'FILES':
      return record.parts.files ?? [];
    case 'BINDINGS':
      return (record.parts.bindings ?? []).map((binding) => ({
        OWNER_TYPE_ID: String(binding.entityTypeId),
        OWNER_ID: String(binding.entityId),
      }));
    default: {
      // A multi-field without values is left out of the object entirely.
      const values = record.parts.multi?.[name as (typeof multiFieldNames)[number]];
      return values && values.length > 0 ? values : undefined;
    }
  }
}

/** A record as the universal methods show it in full, without multi-fields. */
function itemView(model: PortalModel, entity: CrmEntity, record: PortalRecord): Record<string, unknown> {
  if (record.item) return record.item;
  const item = { ...model.fieldSets[entity].itemTemplate };
  for (const definition of model.fieldSets[entity].definitions) {
    if (definition.isHidden) continue;
    item[definition.itemName] = itemValue(definition, record.fields[definition.name]);
  }
  if ('CONTACT_ID' in record.fields) item.contactIds = record.parts.contactIds ?? [];
  item.observers = record.parts.observers ?? [];
  item.entityTypeId = entityTypeOf(entity).entityTypeId;
  record.item = item;
  return item;
}

/** The part of the universal view that a client selected. */
export function selectedItem(
  model: PortalModel,
  entity: CrmEntity,
  record: PortalRecord,
  select: readonly unknown[],
  usesOriginalNames: boolean,
): Record<string, unknown> {
  const full = itemView(model, entity, record);
  const isEverything = select.length === 0 || select.includes('*');
  let view = full;
  if (!isEverything) {
    view = { id: full.id };
    for (const name of select) if (typeof name === 'string' && name in full) view[name] = full[name];
  } else if (record.parts.multi) {
    view = { ...full, fm: multiFieldView(record), ...contactStrings(record) };
  } else if (entity === 'lead' || entity === 'contact' || entity === 'company') {
    view = { ...full, fm: [] };
  }
  return usesOriginalNames ? withOriginalNames(model, entity, view) : view;
}

function withOriginalNames(
  model: PortalModel,
  entity: CrmEntity,
  view: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(view).map(([name, value]) => {
      const definition = model.fieldSets[entity].byItemName(name);
      return [definition?.isDynamic ? definition.name : name, value];
    }),
  );
}

function multiFieldView(record: PortalRecord): Record<string, unknown>[] {
  return Object.values(record.parts.multi ?? {})
    .flat()
    .map(({ ID, VALUE_TYPE, VALUE, TYPE_ID }) => ({
      id: Number(ID),
      valueType: VALUE_TYPE,
      value: VALUE,
      typeId: TYPE_ID,
    }));
}

function contactStrings(record: PortalRecord): Record<string, unknown> {
  return {
    phone: record.parts.multi?.PHONE?.[0]?.VALUE ?? null,
    email: record.parts.multi?.EMAIL?.[0]?.VALUE ?? null,
  };
}

function itemValue(definition: FieldDefinition, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => itemValue({ ...definition, isMultiple: false }, entry));
  if (definition.isDynamic && definition.type === 'boolean') return value === '1' ? 'Y' : 'N';
  if (!numericTypes.has(definition.type)) return value === '' && definition.type === 'datetime' ? null : value;
  if (value === null || value === undefined || value === '') return definition.type === 'crm_company' ? 0 : null;
  return Number(value);
}
