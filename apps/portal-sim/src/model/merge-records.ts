import type { PortalFields, PortalOperation } from '@funnelwatch/portal-generator';
import { entityTypeOf } from './entity-types.js';
import { type CrmEntity, multiFieldNames } from './field-definitions.js';
import { doerId } from './doer-id.js';
import type { PortalModel } from './portal-model.js';
import type { PortalRecord } from './record-table.js';

/** Links that follow the winner, by the kind that was merged. */
const linkFields: Partial<Record<CrmEntity, string>> = {
  contact: 'CONTACT_ID',
  company: 'COMPANY_ID',
  lead: 'LEAD_ID',
  deal: 'PARENT_ID_2',
};

/** Kinds whose records carry links. */
const linkedKinds = ['lead', 'deal', 'contact', 'company', 'invoice'] as const;

/** The losers vanish without a pointer to the winner; what hung on them hangs on the winner afterwards. */
export function mergeRecords(model: PortalModel, operation: PortalOperation & { op: 'merge' }): void {
  const type = entityTypeOf(operation.entity);
  const table = model.tables[operation.entity];
  const winner = table.get(Number(operation.id));
  if (!winner) return;
  const by = doerId(operation.by);
  const losers = new Set<number>();
  for (const text of operation.losers) {
    const loser = table.get(Number(text));
    if (!loser || loser === winner) continue;
    losers.add(loser.id);
    for (const name of multiFieldNames) {
      const known = winner.parts.multi?.[name] ?? [];
      const added = (loser.parts.multi?.[name] ?? []).filter(
        (value) => !known.some((candidate) => candidate.VALUE === value.VALUE),
      );
      if (added.length > 0) winner.parts.multi = { ...winner.parts.multi, [name]: [...known, ...added] };
    }
    model.activities.rebind(type.entityTypeId, loser.id, winner.id, operation.at, by);
  }
  rebindCalls(model, type.symbol, losers, winner.id);
  rebindLinks(model, operation, losers, winner.id);
  for (const id of losers) model.crm.delete(operation.entity, id);
  model.write(operation.entity, winner, { DATE_MODIFY: operation.at, MODIFY_BY_ID: by });
  table.touch(winner, operation.at);
}

function rebindCalls(model: PortalModel, symbol: string, losers: ReadonlySet<number>, winnerId: number): void {
  for (const loserId of losers) {
    for (const call of model.links.call.candidates(symbol, loserId)) {
      if (call.fields.CRM_ENTITY_TYPE !== symbol || Number(call.fields.CRM_ENTITY_ID) !== loserId) continue;
      model.write('call', call, { CRM_ENTITY_ID: winnerId });
      model.links.call.note(symbol, winnerId, call);
    }
  }
}

function rebindLinks(
  model: PortalModel,
  operation: PortalOperation & { op: 'merge' },
  losers: ReadonlySet<number>,
  winnerId: number,
): void {
  const field = linkFields[operation.entity];
  if (field === undefined) return;
  for (const kind of linkedKinds) {
    for (const loserId of losers) {
      for (const record of model.links[kind].candidates(field, loserId)) {
        if (model.tables[kind].get(record.id) === record)
          rebindLink(model, kind, record, field, loserId, winnerId, operation);
      }
    }
  }
}

function rebindLink(
  model: PortalModel,
  kind: CrmEntity,
  record: PortalRecord,
  field: string,
  loserId: number,
  winnerId: number,
  operation: PortalOperation & { op: 'merge' },
): void {
  const isPrimary = Number(record.fields[field]) === loserId;
  const contactIds = field === 'CONTACT_ID' ? record.parts.contactIds : undefined;
  if (!isPrimary && !contactIds?.includes(loserId)) return;
  const written: PortalFields = { DATE_MODIFY: operation.at, MODIFY_BY_ID: doerId(operation.by) };
  if (isPrimary) written[field] = winnerId;
  if (contactIds) record.parts.contactIds = [...new Set(contactIds.map((id) => (id === loserId ? winnerId : id)))];
  model.write(kind, record, written);
  model.tables[kind].touch(record, operation.at);
  model.links[kind].note(field, winnerId, record);
}
