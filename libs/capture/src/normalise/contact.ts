import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import type { FieldTypes, Observation, PortalRow } from './observation.js';
import { codeOf, flagOf, idOf, rawOf, timeOf } from './scalars.js';
import { addressFields, channelFields, originFields } from './shared-fields.js';

const contactFields: FieldMap = {
  ...originFields,
  ...channelFields,
  ...addressFields,
  ID: repeated,
  HONORIFIC: field('honorific', codeOf),
  TYPE_ID: field('typeId', codeOf),
  SOURCE_ID: field('sourceId', codeOf),
  CATEGORY_ID: field('categoryId', idOf),
  COMPANY_ID: field('companyId', idOf),
  COMPANY_IDS: extra(),
  LEAD_ID: field('leadId', idOf),
  EXPORT: field('isExported', flagOf),
  ORIGIN_VERSION: extra(),
  FACE_ID: extra(),
  NAME: personal('name'),
  SECOND_NAME: personal('secondName'),
  LAST_NAME: personal('lastName'),
  PHOTO: personal('photo', rawOf),
  BIRTHDATE: personal('birthdate'),
  POST: personal('post'),
  COMMENTS: personal('comments'),
  SOURCE_DESCRIPTION: personal('sourceDescription'),
};

/** A row of `crm.contact.list`. */
export function normaliseContact(row: PortalRow, types: FieldTypes): Observation {
  return {
    kind: 'contact',
    id: String(row['ID']),
    ...mapRow(contactFields, row, types),
    appearedAt: timeOf(row['DATE_CREATE']),
    changedAt: timeOf(row['DATE_MODIFY']),
    createdBy: idOf(row['CREATED_BY_ID']),
    changedBy: idOf(row['MODIFY_BY_ID']),
  };
}
