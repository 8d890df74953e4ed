import {
  addCall,
  addTask,
  completeActivity,
  finishTask,
  planTodo,
  sendMail,
  type Subject,
} from '../records/activities.js';
import { findOrAddClient } from '../records/clients.js';
import {
  addDeal,
  changeOwner,
  changePipeline,
  deleteDeal,
  finishTodo,
  forgetDeal,
  loseDeal,
  moveDeal,
  processStages,
  setAmount,
  someTicket,
  subjectOf,
  wonStage,
} from '../records/deals.js';
import { beforeMove } from '../journeys/deal-work.js';
import { invoiceJourney } from '../journeys/invoice-journey.js';
import { addLead, convertLead, junkLead, leadSubject, moveLead } from '../journeys/lead-journey.js';
import type { Process } from '../world/agenda.js';
import { HOUR_MS } from '../world/portal-calendar.js';
import type { DealState } from '../world/working-set.js';
import type { World } from '../world/world.js';

/** Each does one visible thing now, or says that there was nothing to do it to. */
const actions = {
  advanceDeal,
  advanceLead,
  newDeal: (world: World) => newDeal(world) !== null,
  newLead,
  call,
  step,
  mail,
  changeAmount,
  giveUpDeal,
  giveUpLead,
  rollBack,
  reopen,
  changeOwnerOfDeal,
  movePipeline,
  task,
  remove,
  mergeDeals,
} satisfies Record<string, (world: World) => boolean>;

const weights: Record<keyof typeof actions, number> = {
  advanceDeal: 22,
  advanceLead: 14,
  newDeal: 7,
  newLead: 12,
  call: 14,
  step: 9,
  mail: 5,
  changeAmount: 5,
  giveUpDeal: 9,
  giveUpLead: 4,
  rollBack: 2,
  reopen: 1,
  changeOwnerOfDeal: 1.5,
  movePipeline: 0.7,
  task: 3,
  remove: 0.4,
  mergeDeals: 0.4,
};

/** Above this many open deals the company closes more than it takes in, so that it keeps its size for ever. */
const USUAL_OPEN_DEALS = 150;

/** Something visible every two to six seconds, day and night, without an end. */
export function* liveActivity(world: World): Process {
  for (;;) {
    const crowded = world.atWork.deals.size > USUAL_OPEN_DEALS;
    const name = world.random.weighted(
      crowded ? { ...weights, giveUpDeal: 20, advanceDeal: 30, newDeal: 4, newLead: 8 } : weights,
    );
    if (!actions[name](world)) newLead(world);
    yield world.nowMs + world.random.integer(2, 6) * 1000;
  }
}

function anyDeal(world: World): DealState | null {
  return world.atWork.deals.any(world.random);
}

function anySubject(world: World): Subject | null {
  const lead = world.random.chance(0.3) ? world.atWork.leads.any(world.random) : null;
  if (lead) return leadSubject(lead);
  const deal = anyDeal(world);
  return deal ? subjectOf(deal) : null;
}

function advanceDeal(world: World): boolean {
  const deal = anyDeal(world);
  if (!deal) return false;
  const pipeline = world.pipeline('deal', deal.categoryId);
  const ranked = [...processStages(pipeline), wonStage(pipeline)];
  const place = Math.max(0, ranked.indexOf(deal.stageId));
  // The last step succeeds as seldom as it does in the history; the others have been chosen to go on.
  if (place === ranked.length - 2 && !world.random.chance((pipeline.conversions[place] ?? 0.3) * 1.5)) {
    return giveUp(world, deal);
  }
  const skips = world.random.chance(world.parameters.quirks.skip) && place + 2 < ranked.length;
  const target = place + (skips ? 2 : 1);
  beforeMove(world, deal, target, ranked.length - 1);
  moveDeal(world, deal, ranked[target] ?? deal.stageId, world.random.chance(0.05) ? 'robot' : deal.ownerId);
  if (!deal.open) world.start(world.nowMs + world.random.integer(20, 600) * 1000, invoiceJourney(world, deal, true));
  return true;
}

function giveUp(world: World, deal: DealState): boolean {
  finishTodo(world, deal);
  loseDeal(world, deal, deal.ownerId);
  return true;
}

function giveUpDeal(world: World): boolean {
  const deal = anyDeal(world);
  return deal ? giveUp(world, deal) : false;
}

function newDeal(world: World, leadId: string | null = null): DealState | null {
  const { random } = world;
  const pipeline = random.chance(0.85) ? world.pipelines('deal')[0] : world.pipelines('deal')[1];
  if (!pipeline) return null;
  const ownerId = world.aSeller();
  return addDeal(world, {
    pipeline,
    stageId: processStages(pipeline)[0] ?? 'NEW',
    ownerId,
    client: findOrAddClient(world, ownerId, random.chance(0.3)),
    amountKopecks: someTicket(world, pipeline),
    leadId,
  });
}

function newLead(world: World): boolean {
  const [leads] = world.pipelines('lead');
  if (!leads) return newDeal(world) !== null;
  addLead(world, leads, { ownerId: world.aSeller() });
  return true;
}

function advanceLead(world: World): boolean {
  const lead = world.atWork.leads.any(world.random);
  const [leads] = world.pipelines('lead');
  if (!lead || !leads) return false;
  const stages = processStages(leads);
  const next = stages[stages.indexOf(lead.stageId) + 1];
  if (next) {
    moveLead(world, lead, next);
    return true;
  }
  const origin = convertLead(world, leads, lead);
  const [pipeline] = world.pipelines('deal');
  if (!pipeline) return true;
  addDeal(world, {
    pipeline,
    stageId: processStages(pipeline)[0] ?? 'NEW',
    ownerId: origin.ownerId,
    client: origin.client,
    amountKopecks: someTicket(world, pipeline),
    leadId: origin.leadId,
    sourceId: origin.sourceId,
  });
  return true;
}

function giveUpLead(world: World): boolean {
  const lead = world.atWork.leads.any(world.random);
  const [leads] = world.pipelines('lead');
  if (!lead || !leads) return false;
  junkLead(world, leads, lead);
  return true;
}

function call(world: World): boolean {
  const subject = anySubject(world);
  if (!subject) return false;
  addCall(world, subject, { incoming: world.random.chance(0.3), missed: world.random.chance(0.15) });
  return true;
}

/** Finishes a deal's planned step and plans the next one. */
function step(world: World): boolean {
  const deal = anyDeal(world);
  if (!deal) return false;
  if (deal.openTodoId) completeActivity(world, deal.openTodoId, deal.ownerId);
  deal.openTodoId = planTodo(world, subjectOf(deal), world.nowMs + world.random.integer(4, 72) * HOUR_MS);
  return true;
}

function mail(world: World): boolean {
  const subject = anySubject(world);
  if (!subject) return false;
  sendMail(world, subject, world.random.chance(0.3));
  return true;
}

function changeAmount(world: World): boolean {
  const deal = anyDeal(world);
  if (!deal) return false;
  const percent = world.random.integer(70, 140);
  const changed = Math.max(10_000, Math.round((deal.amountKopecks * percent) / 1_000_000) * 10_000);
  setAmount(world, deal, changed, deal.ownerId);
  return true;
}

function rollBack(world: World): boolean {
  const deal = anyDeal(world);
  if (!deal) return false;
  const stages = processStages(world.pipeline('deal', deal.categoryId));
  const place = stages.indexOf(deal.stageId);
  if (place < 1) return false;
  moveDeal(world, deal, stages[place - 1] ?? deal.stageId, deal.ownerId);
  return true;
}

function reopen(world: World): boolean {
  const deal = (world.random.chance(0.8) ? world.atWork.lost : world.atWork.won).any(world.random);
  if (!deal) return false;
  moveDeal(world, deal, world.random.pick(processStages(world.pipeline('deal', deal.categoryId))), deal.ownerId);
  return true;
}

function changeOwnerOfDeal(world: World): boolean {
  const deal = anyDeal(world);
  if (!deal) return false;
  changeOwner(world, deal, world.aSeller());
  return true;
}

function movePipeline(world: World): boolean {
  const deal = anyDeal(world);
  const other = world.pipelines('deal').find((one) => one.categoryId !== deal?.categoryId);
  if (!deal || !other) return false;
  changePipeline(world, deal, other, processStages(other)[0] ?? '', world.headId);
  return true;
}

function task(world: World): boolean {
  const open = world.random.chance(0.5) ? world.atWork.tasks.any(world.random) : null;
  const subject = anySubject(world);
  if (open) finishTask(world, open);
  else if (subject) addTask(world, subject);
  return open !== null || subject !== null;
}

function remove(world: World): boolean {
  const deal = anyDeal(world);
  if (!deal) return false;
  deleteDeal(world, deal, world.headId);
  return true;
}

/** Enters a deal a second time; minutes later the second one is merged into the first. */
function mergeDeals(world: World): boolean {
  const deal = anyDeal(world);
  if (!deal) return false;
  const twin = addDeal(world, {
    pipeline: world.pipeline('deal', deal.categoryId),
    stageId: processStages(world.pipeline('deal', deal.categoryId))[0] ?? '',
    ownerId: world.aSeller(),
    client: deal.contactId ? { contactId: deal.contactId, phone: deal.phone ?? '', companyId: deal.companyId } : null,
    amountKopecks: deal.amountKopecks,
    currency: deal.currency,
    reserved: true,
  });
  world.start(world.nowMs + 3 * 60_000, mergeLater(world, deal, twin));
  return true;
}

// A process that acts once and never waits.
// eslint-disable-next-line require-yield
function* mergeLater(world: World, deal: DealState, twin: DealState): Process {
  if (!deal.gone) world.merge('deal', deal.id, [twin.id], world.headId);
  else world.remove('deal', twin.id, world.headId);
  forgetDeal(world, twin);
}
