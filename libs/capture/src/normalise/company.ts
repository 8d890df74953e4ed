import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import type { FieldTypes, Observation, PortalRow } from './observation.js';
import { codeOf, flagOf, idOf, moneyOf, rawOf, timeOf } from './scalars.js';
import { addressFields, channelFields, originFields } from './shared-fields.js';

const companyFields: FieldMap = {
  ...originFields,
  ...channelFields,
  ...addressFields,
  ADDRESS_LEGAL: personal('addressLegal'),
  REG_ADDRESS: personal('registeredAddress'),
  REG_ADDRESS_2: personal('registeredAddress2'),
  REG_ADDRESS_CITY: personal('registeredAddressCity'),
  REG_ADDRESS_POSTAL_CODE: personal('registeredAddressPostalCode'),
  REG_ADDRESS_REGION: personal('registeredAddressRegion'),
  REG_ADDRESS_PROVINCE: personal('registeredAddressProvince'),
  REG_ADDRESS_COUNTRY: personal('registeredAddressCountry'),
  REG_ADDRESS_COUNTRY_CODE: personal('registeredAddressCountryCode'),
  REG_ADDRESS_LOC_ADDR_ID: personal('registeredAddressLocationId', idOf),
  ID: repeated,
  COMPANY_TYPE: field('typeId', codeOf),
  INDUSTRY: field('industry', codeOf),
  EMPLOYEES: field('employees', codeOf),
  CURRENCY_ID: field('currency', codeOf),
  REVENUE: field('revenueKopecks', moneyOf),
  IS_MY_COMPANY: field('isMyCompany', (value) => flagOf(value) ?? false),
  LEAD_ID: field('leadId', idOf),
  CONTACT_ID: extra(),
  CATEGORY_ID: field('categoryId', idOf),
  ORIGIN_VERSION: extra(),
  LAST_COMMUNICATION_TIME: extra(),
  TITLE: personal('title'),
  LOGO: personal('logo', rawOf),
  COMMENTS: personal('comments'),
  BANKING_DETAILS: personal('bankingDetails'),
};

/** A row of `crm.company.list`. */
export function normaliseCompany(row: PortalRow, types: FieldTypes): Observation {
  return {
    kind: 'company',
    id: String(row['ID']),
    ...mapRow(companyFields, row, types),
    appearedAt: timeOf(row['DATE_CREATE']),
    changedAt: timeOf(row['DATE_MODIFY']),
    createdBy: idOf(row['CREATED_BY_ID']),
    changedBy: idOf(row['MODIFY_BY_ID']),
  };
}
