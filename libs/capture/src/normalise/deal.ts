import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import type { FieldTypes, Observation, PortalRow } from './observation.js';
import { codeOf, dateOf, flagOf, idOf, integerOf, moneyOf, moneyOrZero, timeOf } from './scalars.js';
import { originFields, semanticsOf } from './shared-fields.js';

const dealFields: FieldMap = {
  ...originFields,
  ID: repeated,
  CATEGORY_ID: field('pipelineId', (value) => `deal:${idOf(value) ?? '0'}`),
  STAGE_ID: field('stageId', (value) => codeOf(value) ?? ''),
  STAGE_SEMANTIC_ID: field('stageSemantics', semanticsOf),
  MOVED_BY_ID: field('movedBy', idOf),
  MOVED_TIME: field('movedAt', timeOf),
  OPPORTUNITY: field('amountKopecks', moneyOrZero),
  CURRENCY_ID: field('currency', codeOf),
  TAX_VALUE: field('taxKopecks', moneyOf),
  IS_MANUAL_OPPORTUNITY: field('isAmountManual', flagOf),
  PROBABILITY: field('probabilityPercent', integerOf),
  CONTACT_ID: field('contactId', idOf),
  CONTACT_IDS: extra(),
  COMPANY_ID: field('companyId', idOf),
  LEAD_ID: field('leadId', idOf),
  QUOTE_ID: field('quoteId', idOf),
  SOURCE_ID: field('sourceId', codeOf),
  TYPE_ID: field('typeId', codeOf),
  CLOSED: field('closed', (value) => flagOf(value) ?? false),
  BEGINDATE: field('beginDate', dateOf),
  CLOSEDATE: field('expectedCloseDate', dateOf),
  IS_NEW: field('isNew', flagOf),
  IS_RECURRING: field('isRecurring', flagOf),
  IS_RETURN_CUSTOMER: field('isReturnCustomer', flagOf),
  IS_REPEATED_APPROACH: field('isRepeatedApproach', flagOf),
  LOCATION_ID: extra(),
  TITLE: personal('title'),
  COMMENTS: personal('comments'),
  SOURCE_DESCRIPTION: personal('sourceDescription'),
  ADDITIONAL_INFO: personal('additionalInfo'),
};

/** A row of `crm.deal.list`. */
export function normaliseDeal(row: PortalRow, types: FieldTypes): Observation {
  const mapped = mapRow(dealFields, row, types);
  return {
    kind: 'deal',
    id: String(row['ID']),
    ...mapped,
    appearedAt: timeOf(row['DATE_CREATE']),
    changedAt: timeOf(row['DATE_MODIFY']),
    createdBy: idOf(row['CREATED_BY_ID']),
    changedBy: idOf(row['MODIFY_BY_ID']),
  };
}
