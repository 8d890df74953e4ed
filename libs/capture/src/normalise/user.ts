import { type FieldMap, field, mapRow, personal, repeated } from './field-map.js';
import { noFieldTypes, type Observation, type PortalRow } from './observation.js';
import { codeOf, dateOf, flagOf, idsOf, timeOf } from './scalars.js';

const userFields: FieldMap = {
  ID: repeated,
  ACTIVE: field('active', (value) => flagOf(value) ?? false),
  UF_DEPARTMENT: field('departmentIds', idsOf),
  USER_TYPE: field('userType', codeOf),
  IS_ADMIN: field('isAdmin', flagOf),
  TIME_ZONE: field('zone', codeOf),
  DATE_REGISTER: field('registeredAt', timeOf),
  UF_EMPLOYMENT_DATE: field('employedSince', dateOf),
  PERSONAL_GENDER: field('gender', codeOf),
  // Who is on line at this second is telemetry of the portal, not a fact about the sales process: a poll every few
  // seconds would turn it into the bulk of the log.
  IS_ONLINE: repeated,
  LAST_LOGIN: repeated,
  LAST_ACTIVITY_DATE: repeated,
  TIMESTAMP_X: repeated,
  NAME: personal('name'),
  SECOND_NAME: personal('secondName'),
  LAST_NAME: personal('lastName'),
  EMAIL: personal('email'),
  WORK_POSITION: personal('position'),
  PERSONAL_BIRTHDAY: personal('birthday'),
};

const PHONE_FIELDS = ['PERSONAL_MOBILE', 'PERSONAL_PHONE', 'WORK_PHONE', 'UF_PHONE_INNER'];
const withoutPhones: FieldMap = {
  ...userFields,
  ...Object.fromEntries(PHONE_FIELDS.map((name) => [name, repeated])),
};

/** A row of `user.get`. */
export function normaliseUser(row: PortalRow): Observation {
  const mapped = mapRow(withoutPhones, row, noFieldTypes);
  const phones = PHONE_FIELDS.flatMap((type) => {
    const value = codeOf(row[type]);
    return value === null ? [] : [{ id: null, value, type }];
  });
  return {
    kind: 'user',
    id: String(row['ID']),
    fields: mapped.fields,
    extra: mapped.extra,
    personal: phones.length === 0 ? mapped.personal : { ...mapped.personal, phones },
    appearedAt: timeOf(row['DATE_REGISTER']),
    changedAt: null,
    createdBy: null,
    changedBy: null,
  };
}
