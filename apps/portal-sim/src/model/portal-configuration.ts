import type { PortalFields } from '@funnelwatch/portal-generator';
import { classicValue, plainText } from './classic-value.js';
import { entityTypes } from './entity-types.js';
import type { FieldDefinition } from './field-definitions.js';
import { FieldSet } from './field-set.js';
import type { PortalModel } from './portal-model.js';

/** Adds a pipeline or changes one. */
export function configureCategory(model: PortalModel, id: string, fields: PortalFields): void {
  const numericId = Number(id.includes(':') ? id.slice(id.indexOf(':') + 1) : id);
  const given = fields.entityTypeId ?? fields.ENTITY_TYPE_ID;
  const entityTypeId = Number(given ?? model.stages.categoryById(numericId)?.entityTypeId ?? 2);
  const known = model.stages.category(entityTypeId, numericId);
  const name = fields.name ?? fields.NAME ?? known?.name ?? '';
  const isDefault = fields.isDefault ?? fields.IS_DEFAULT;
  model.stages.setCategory({
    id: numericId,
    entityTypeId,
    name: plainText(name),
    sort: Number(fields.sort ?? fields.SORT ?? known?.sort ?? 100),
    isDefault:
      isDefault === undefined ? (known?.isDefault ?? numericId === 0) : isDefault === 'Y' || isDefault === true,
  });
}

/** Gives every record of an entity a new field of the portal. */
export function addUserField(model: PortalModel, id: string, fields: PortalFields): void {
  const userField: PortalFields = { ID: id, ...fields };
  model.userFields.push(userField);
  const type = entityTypes.find((candidate) => candidate.userFieldEntityId === fields.ENTITY_ID);
  if (!type) return;
  const definition = userFieldDefinition(userField);
  model.fieldSets[type.entity].add(definition);
  for (const record of model.tables[type.entity].records) {
    record.fields = { ...record.fields, [definition.name]: classicValue(definition, undefined, model.time) };
    record.item = undefined;
  }
}

/** Takes a field of the portal and its values away. */
export function removeUserField(model: PortalModel, id: string): void {
  const index = model.userFields.findIndex((candidate) => candidate.ID === id);
  const [userField] = index < 0 ? [] : model.userFields.splice(index, 1);
  const type = entityTypes.find((candidate) => candidate.userFieldEntityId === userField?.ENTITY_ID);
  if (!userField || !type) return;
  const name = String(userField.FIELD_NAME);
  model.fieldSets[type.entity].remove(name);
  for (const record of model.tables[type.entity].records) {
    const { [name]: _removed, ...rest } = record.fields;
    record.fields = rest;
    record.item = undefined;
  }
}

function userFieldDefinition(userField: PortalFields): FieldDefinition {
  return FieldSet.userField(String(userField.FIELD_NAME), {
    type: plainText(userField.USER_TYPE_ID ?? 'string'),
    isMultiple: userField.MULTIPLE === 'Y',
    isRequired: userField.MANDATORY === 'Y',
    title: String(userField.EDIT_FORM_LABEL ?? userField.FIELD_NAME),
  });
}
