import type { EntityKind } from '@funnelwatch/capture-contracts';

const paths: Partial<Record<EntityKind, (id: string) => string>> = {
  lead: (id) => `/crm/lead/details/${id}/`,
  deal: (id) => `/crm/deal/details/${id}/`,
  contact: (id) => `/crm/contact/details/${id}/`,
  company: (id) => `/crm/company/details/${id}/`,
  invoice: (id) => `/crm/type/31/details/${id}/`,
  task: (id) => `/company/personal/user/0/tasks/task/view/${id}/`,
  user: (id) => `/company/personal/user/${id}/`,
};

/** Address of a record's card in its portal; null for records without a card of their own. */
export function portalCardUrl(origin: string, kind: EntityKind, id: string): string | null {
  const path = paths[kind];
  return path && /^\d+$/.test(id) ? `${origin}${path(id)}` : null;
}
