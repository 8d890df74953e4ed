import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import { noFieldTypes, type Observation, type PortalRow } from './observation.js';
import { codeOf, flagOf, idOf, integerOf, timeOf } from './scalars.js';
import { kindOfTypeId } from './shared-fields.js';

const requisiteFields: FieldMap = {
  ID: repeated,
  ENTITY_TYPE_ID: field('ownerKind', kindOfTypeId),
  ENTITY_ID: field('ownerObjectId', idOf),
  PRESET_ID: field('presetId', idOf),
  DATE_CREATE: field('createdAt', timeOf),
  DATE_MODIFY: field('modifiedAt', timeOf),
  CREATED_BY_ID: field('createdBy', idOf),
  MODIFY_BY_ID: field('modifiedBy', idOf),
  ACTIVE: field('active', flagOf),
  ADDRESS_ONLY: field('isAddressOnly', flagOf),
  SORT: field('sort', integerOf),
  CODE: extra(),
  XML_ID: extra(),
  ORIGINATOR_ID: field('originatorId', codeOf),
  NAME: personal('name'),
};

/** A row of `crm.requisite.list`; every RQ_* field is personal because nothing else is said about it here. */
export function normaliseRequisite(row: PortalRow): Observation {
  return {
    kind: 'requisite',
    id: String(row['ID']),
    ...mapRow(requisiteFields, row, noFieldTypes),
    appearedAt: timeOf(row['DATE_CREATE']),
    changedAt: timeOf(row['DATE_MODIFY']),
    createdBy: idOf(row['CREATED_BY_ID']),
    changedBy: idOf(row['MODIFY_BY_ID']),
  };
}
