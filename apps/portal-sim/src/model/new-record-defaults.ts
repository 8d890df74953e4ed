import type { PortalFields } from '@funnelwatch/portal-generator';
import type { CrmEntity } from './field-definitions.js';
import type { PortalModel } from './portal-model.js';

const weekMs = 7 * 24 * 3_600_000;

/** What the portal fills in for a new record when its author says nothing. */
export function defaultsOfNew(
  model: PortalModel,
  entity: CrmEntity,
  { id, createdMs, doer }: { id: number; createdMs: number; doer: string },
): PortalFields {
  const { stages, time } = model;
  const day = time.dayOf(createdMs);
  const first = (dictionary: string) => stages.rows(dictionary)[0]?.fields.STATUS_ID;
  const assigned = Number(doer) > 0 ? doer : '1';
  switch (entity) {
    case 'deal':
      return {
        TITLE: `Сделка #${id}`,
        TYPE_ID: first('DEAL_TYPE'),
        SOURCE_ID: first('SOURCE'),
        BEGINDATE: day,
        CLOSEDATE: time.dayOf(createdMs + weekMs),
        ASSIGNED_BY_ID: assigned,
        CURRENCY_ID: model.baseCurrency,
      };
    case 'lead':
      return {
        TITLE: `Лид #${id}`,
        SOURCE_ID: first('SOURCE'),
        ASSIGNED_BY_ID: assigned,
        CURRENCY_ID: model.baseCurrency,
      };
    case 'invoice':
      return {
        TITLE: `Счёт #${id}`,
        ACCOUNT_NUMBER: String(id),
        BEGINDATE: day,
        CLOSEDATE: time.dayOf(createdMs + weekMs),
        ASSIGNED_BY_ID: assigned,
        CURRENCY_ID: model.baseCurrency,
      };
    default:
      return { ASSIGNED_BY_ID: assigned };
  }
}
