import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import type { FieldTypes, Observation, PortalRow } from './observation.js';
import { codeOf, flagOf, idOf, moneyOrZero, timeOf } from './scalars.js';
import { addressFields, channelFields, originFields, semanticsOf } from './shared-fields.js';

const leadFields: FieldMap = {
  ...originFields,
  ...channelFields,
  ...addressFields,
  ID: repeated,
  STATUS_ID: field('stageId', (value) => codeOf(value) ?? ''),
  STATUS_SEMANTIC_ID: field('stageSemantics', semanticsOf),
  MOVED_BY_ID: field('movedBy', idOf),
  MOVED_TIME: field('movedAt', timeOf),
  OPPORTUNITY: field('amountKopecks', moneyOrZero),
  CURRENCY_ID: field('currency', codeOf),
  IS_MANUAL_OPPORTUNITY: field('isAmountManual', flagOf),
  CONTACT_ID: field('contactId', idOf),
  CONTACT_IDS: extra(),
  COMPANY_ID: field('companyId', idOf),
  SOURCE_ID: field('sourceId', codeOf),
  IS_RETURN_CUSTOMER: field('isReturnCustomer', flagOf),
  DATE_CLOSED: field('closedAt', timeOf),
  HONORIFIC: field('honorific', codeOf),
  TITLE: personal('title'),
  NAME: personal('name'),
  SECOND_NAME: personal('secondName'),
  LAST_NAME: personal('lastName'),
  BIRTHDATE: personal('birthdate'),
  COMPANY_TITLE: personal('companyTitle'),
  POST: personal('post'),
  COMMENTS: personal('comments'),
  SOURCE_DESCRIPTION: personal('sourceDescription'),
  STATUS_DESCRIPTION: personal('statusDescription'),
};

/** A row of `crm.lead.list`. Leads have one pipeline. */
export function normaliseLead(row: PortalRow, types: FieldTypes): Observation {
  const mapped = mapRow(leadFields, row, types);
  return {
    kind: 'lead',
    id: String(row['ID']),
    fields: { ...mapped.fields, pipelineId: 'lead:0', leadId: null },
    extra: mapped.extra,
    personal: mapped.personal,
    appearedAt: timeOf(row['DATE_CREATE']),
    changedAt: timeOf(row['DATE_MODIFY']),
    createdBy: idOf(row['CREATED_BY_ID']),
    changedBy: idOf(row['MODIFY_BY_ID']),
  };
}
