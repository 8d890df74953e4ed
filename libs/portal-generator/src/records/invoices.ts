import type { PortalFields } from '../script.js';
import type { DealState } from '../world/working-set.js';
import type { World } from '../world/world.js';
import { OWN_COMPANY_ID } from './clients.js';
import { processStages } from './deals.js';

/** Issues an invoice for a deal. The amount is kopecks; null when the company has no invoice pipeline. */
export function addInvoice(
  world: World,
  deal: DealState,
  amountKopecks = deal.amountKopecks,
  more: PortalFields = {},
): string | null {
  const [pipeline] = world.pipelines('invoice');
  if (!pipeline) return null;
  const number = world.nextId('invoice-number');
  deal.invoiceId = world.add(
    'invoice',
    {
      title: `Счёт №${number}`,
      accountNumber: number,
      categoryId: Number(pipeline.categoryId),
      stageId: processStages(pipeline)[0],
      opportunity: amountKopecks / 100,
      isManualOpportunity: 'Y',
      currencyId: deal.currency,
      mycompanyId: Number(OWN_COMPANY_ID),
      companyId: deal.companyId ? Number(deal.companyId) : null,
      contactId: deal.contactId ? Number(deal.contactId) : null,
      parentId2: Number(deal.id),
      assignedById: Number(deal.ownerId),
      begindate: world.calendar.dateOf(world.nowMs),
      closedate: world.calendar.dateOf(world.nowMs + 5 * 86_400_000),
      ...more,
    },
    deal.ownerId,
  );
  return deal.invoiceId;
}

export function moveInvoice(world: World, invoiceId: string, stageId: string, by: string): void {
  world.update('invoice', invoiceId, { stageId }, by);
}
