import type { MessageKey, Translate } from '../i18n/i18n.js';

const names: Readonly<Record<string, MessageKey>> = {
  title: 'field.title',
  name: 'field.name',
  lastName: 'field.lastName',
  secondName: 'field.secondName',
  companyTitle: 'field.companyTitle',
  phones: 'field.phones',
  emails: 'field.emails',
  comments: 'field.comments',
  pipelineId: 'field.pipelineId',
  stageId: 'field.stageId',
  stageSemantics: 'field.stageSemantics',
  ownerId: 'field.ownerId',
  createdBy: 'field.createdBy',
  modifiedBy: 'field.modifiedBy',
  movedBy: 'field.movedBy',
  createdAt: 'field.createdAt',
  modifiedAt: 'field.modifiedAt',
  movedAt: 'field.movedAt',
  amountKopecks: 'field.amountKopecks',
  currency: 'field.currency',
  contactId: 'field.contactId',
  companyId: 'field.companyId',
  leadId: 'field.leadId',
  dealId: 'field.dealId',
  sourceId: 'field.sourceId',
  closed: 'field.closed',
  expectedCloseDate: 'field.expectedCloseDate',
  closeDate: 'field.closeDate',
  subject: 'field.subject',
  description: 'field.description',
  direction: 'field.direction',
  responsibleId: 'field.responsibleId',
  completed: 'field.completed',
  deadline: 'field.deadline',
  startAt: 'field.startAt',
  endAt: 'field.endAt',
  active: 'field.active',
};

/** A canonical field's name in the person's language; the portal's own fields keep the portal's name. */
export function fieldName(field: string, t: Translate): string {
  const key = names[field];
  return key === undefined ? field.replace(/^extra\./, '') : t(key);
}
