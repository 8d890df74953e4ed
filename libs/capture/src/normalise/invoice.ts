import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import type { FieldTypes, Observation, PortalRow } from './observation.js';
import { codeOf, dateOf, flagOf, idOf, moneyOf, moneyOrZero, rawOf, textOf, timeOf } from './scalars.js';
import { semanticsOf } from './shared-fields.js';

const invoiceFields: FieldMap = {
  id: repeated,
  entityTypeId: repeated,
  categoryId: field('pipelineId', (value) => `invoice:${idOf(value) ?? '0'}`),
  stageId: field('stageId', (value) => codeOf(value) ?? ''),
  stageSemanticId: field('stageSemantics', semanticsOf),
  previousStageId: field('previousStageId', codeOf),
  assignedById: field('ownerId', idOf),
  createdBy: field('createdBy', idOf),
  updatedBy: field('modifiedBy', idOf),
  movedBy: field('movedBy', idOf),
  createdTime: field('createdAt', timeOf),
  updatedTime: field('modifiedAt', timeOf),
  movedTime: field('movedAt', timeOf),
  lastActivityTime: field('lastActivityAt', timeOf),
  lastActivityBy: field('lastActivityBy', idOf),
  opportunity: field('amountKopecks', moneyOrZero),
  isManualOpportunity: field('isAmountManual', flagOf),
  taxValue: field('taxKopecks', moneyOf),
  currencyId: field('currency', codeOf),
  contactId: field('contactId', idOf),
  contactIds: extra(),
  companyId: field('companyId', idOf),
  mycompanyId: field('myCompanyId', idOf),
  parentId2: field('dealId', idOf),
  parentId7: field('quoteId', idOf),
  sourceId: field('sourceId', codeOf),
  begindate: field('beginDate', dateOf),
  closedate: field('closeDate', dateOf),
  opened: field('opened', flagOf),
  closed: field('closed', flagOf),
  isRecurring: field('isRecurring', flagOf),
  observers: extra(),
  webformId: extra(),
  locationId: extra(),
  xmlId: extra(),
  utmSource: field('utmSource', textOf),
  utmMedium: field('utmMedium', textOf),
  utmCampaign: field('utmCampaign', textOf),
  utmContent: field('utmContent', textOf),
  utmTerm: field('utmTerm', textOf),
  title: personal('title'),
  accountNumber: personal('accountNumber', (value) => codeOf(value)),
  comments: personal('comments'),
  sourceDescription: personal('sourceDescription'),
  fm: personal('channels', rawOf),
};

/**
 * A row of `crm.item.list` with entityTypeId 31. The list of REST leaves semantics out in some builds: the stage's
 * own semantics from the configuration stand in then.
 */
export function normaliseInvoice(
  row: PortalRow,
  types: FieldTypes,
  semanticsOfStage: (stageId: string) => 'P' | 'S' | 'F' | undefined,
): Observation {
  const mapped = mapRow(invoiceFields, row, types);
  const configured = row['stageSemanticId'] == null ? semanticsOfStage(codeOf(row['stageId']) ?? '') : undefined;
  if (configured) mapped.fields['stageSemantics'] = configured;
  return {
    kind: 'invoice',
    id: String(row['id']),
    fields: { ...mapped.fields, leadId: null },
    extra: mapped.extra,
    personal: mapped.personal,
    appearedAt: timeOf(row['createdTime']),
    changedAt: timeOf(row['updatedTime']),
    createdBy: idOf(row['createdBy']),
    changedBy: idOf(row['updatedBy']),
  };
}
