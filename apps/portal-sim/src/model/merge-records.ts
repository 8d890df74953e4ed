import type { PortalFields, PortalOperation } from '@funnelwatch/portal-generator';
import { entityTypeOf } from './entity-types.js';
import { type CrmEntity, multiFieldNames } from './field-definitions.js';
import { doerId, type PortalModel } from './portal-model.js';

/** Links that follow the winner, by the kind that was merged. */
const links: Partial<Record<CrmEntity, { entity: CrmEntity; field: string }[]>> = {
  contact: [
    { entity: 'deal', field: 'CONTACT_ID' },
    { entity: 'lead', field: 'CONTACT_ID' },
    { entity: 'invoice', field: 'CONTACT_ID' },
  ],
  company: [
    { entity: 'deal', field: 'COMPANY_ID' },
    { entity: 'lead', field: 'COMPANY_ID' },
    { entity: 'contact', field: 'COMPANY_ID' },
    { entity: 'invoice', field: 'COMPANY_ID' },
  ],
  lead: [
    { entity: 'deal', field: 'LEAD_ID' },
    { entity: 'contact', field: 'LEAD_ID' },
    { entity: 'company', field: 'LEAD_ID' },
  ],
  deal: [{ entity: 'invoice', field: 'PARENT_ID_2' }],
};

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
  for (const call of model.tables.call.records) {
    if (call.fields.CRM_ENTITY_TYPE !== symbol || !losers.has(Number(call.fields.CRM_ENTITY_ID))) continue;
    model.write('call', call, { CRM_ENTITY_ID: winnerId });
  }
}

function rebindLinks(
  model: PortalModel,
  operation: PortalOperation & { op: 'merge' },
  losers: ReadonlySet<number>,
  winnerId: number,
): void {
  for (const { entity, field } of links[operation.entity] ?? []) {
    const table = model.tables[entity];
    for (const record of table.records) {
      const linked = field === 'CONTACT_ID' && record.parts.contactIds?.some((id) => losers.has(id));
      if (!linked && !losers.has(Number(record.fields[field]))) continue;
      const written: PortalFields = { DATE_MODIFY: operation.at, MODIFY_BY_ID: doerId(operation.by) };
      if (losers.has(Number(record.fields[field]))) written[field] = winnerId;
      if (record.parts.contactIds && field === 'CONTACT_ID') {
        const ids = record.parts.contactIds.map((id) => (losers.has(id) ? winnerId : id));
        record.parts.contactIds = [...new Set(ids)];
      }
      model.write(entity, record, written);
      table.touch(record, operation.at);
    }
  }
}
