import { lostStages, processStages, wonStage } from '../records/deals.js';
import { addInvoice, moveInvoice } from '../records/invoices.js';
import type { Process } from '../world/agenda.js';
import type { DealState } from '../world/working-set.js';
import type { World } from '../world/world.js';

/** An invoice for a deal: issued, sent, then paid (nearly always after a win) or declined. */
export function* invoiceJourney(world: World, deal: DealState, afterWin: boolean): Process {
  const { random } = world;
  const [pipeline] = world.pipelines('invoice');
  if (!pipeline || deal.gone || deal.invoiceId || deal.amountKopecks === 0) return;
  const id = addInvoice(world, deal);
  if (id === null) return;
  for (const stageId of processStages(pipeline).slice(1)) {
    yield world.daysLater(random.logNormal(pipeline.medianDwellDays[0] ?? 0.3, pipeline.dwellSigma));
    moveInvoice(world, id, stageId, deal.ownerId);
  }
  yield world.daysLater(random.logNormal(pipeline.medianDwellDays[1] ?? 1, pipeline.dwellSigma));
  const paid = random.chance(afterWin ? 0.95 : 0.5);
  moveInvoice(world, id, paid ? wonStage(pipeline) : (lostStages(pipeline)[0] ?? ''), paid ? 'robot' : deal.ownerId);
}
