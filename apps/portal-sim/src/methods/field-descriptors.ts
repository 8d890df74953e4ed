import { type FieldDefinition, multiFieldNames } from '../model/field-definitions.js';
import type { FieldSet } from '../model/field-set.js';

/** `*.fields` of the classic methods. */
export function classicDescriptors(set: FieldSet, hasMultiFields: boolean): Record<string, unknown> {
  const entries = set.definitions.filter((definition) => !definition.isHidden);
  const described = Object.fromEntries(entries.map((definition) => [definition.name, descriptor(definition)]));
  if (hasMultiFields) {
    for (const name of multiFieldNames) {
      described[name] = { ...flags(true), type: 'crm_multifield', title: name };
    }
  }
  return described;
}

/** `crm.item.fields`: the same under universal names, each with its original one. */
export function itemDescriptors(set: FieldSet, usesOriginalNames: boolean): Record<string, unknown> {
  return Object.fromEntries(
    set.definitions
      .filter((definition) => !definition.isHidden)
      .map((definition) => [
        usesOriginalNames && definition.isDynamic ? definition.name : definition.itemName,
        { ...descriptor(definition), upperName: definition.name },
      ]),
  );
}

function flags(isMultiple: boolean) {
  return { isRequired: false, isReadOnly: false, isImmutable: false, isMultiple, isDynamic: false };
}

function descriptor(definition: FieldDefinition): Record<string, unknown> {
  const { type, isRequired, isReadOnly, isImmutable, isMultiple, isDynamic, statusType, title } = definition;
  return {
    type,
    isRequired,
    isReadOnly,
    isImmutable,
    isMultiple,
    isDynamic,
    ...(statusType === undefined ? {} : { statusType }),
    title,
    ...(isDynamic ? { listLabel: title, formLabel: title, filterLabel: title } : {}),
  };
}
