import type { PipelineParameters } from '../parameters/company-parameters.js';
import { addTask } from '../records/activities.js';
import { findOrAddClient } from '../records/clients.js';
import {
  addDeal,
  changeOwner,
  changePipeline,
  deleteDeal,
  finishTodo,
  forgetDeal,
  loseDeal,
  lostStages,
  moveDeal,
  processStages,
  setAmount,
  setRows,
  someTicket,
  subjectOf,
  wonStage,
} from '../records/deals.js';
import type { Process } from '../world/agenda.js';
import type { ClientState, DealState } from '../world/working-set.js';
import type { World } from '../world/world.js';
import { beforeMove, stayInStage } from './deal-work.js';
import { SOURCES } from '../world/setup.js';
import { invoiceJourney } from './invoice-journey.js';

/** What an origin (a lead) hands over to the deal it becomes. */
export interface DealOrigin {
  leadId: string;
  ownerId: string;
  client: ClientState | null;
  sourceId: string | null;
}

/** What will happen to the deal besides its way through the stages, decided at its birth. */
interface Fate {
  deletedAtStay: number;
  mergedAtStay: number;
  changesPipelineAtStay: number;
}

const NEVER = -1;
const MAX_STAYS = 14;

/** The life of a deal that begins now. */
export function* dealJourney(world: World, pipeline: PipelineParameters, origin: DealOrigin | null = null): Process {
  const { random } = world;
  const { quirks } = world.parameters;
  const stages = processStages(pipeline);
  let stageId = stages[0] ?? wonStage(pipeline);
  if (random.chance(quirks.createdWon)) stageId = wonStage(pipeline);
  else if (random.chance(quirks.createdInMiddle)) stageId = random.pick(stages.slice(1).concat(lostStages(pipeline)));
  const deal = bear(world, pipeline, stageId, origin);
  yield* liveOn(world, deal);
}

/** Continues a deal that exists from where it stands; one that may not vanish is never deleted. */
export function* liveOn(world: World, deal: DealState, mayVanish = true): Process {
  const { random } = world;
  const { quirks } = world.parameters;
  const fate: Fate = {
    deletedAtStay: mayVanish && random.chance(quirks.deletion) ? random.integer(1, 3) : NEVER,
    mergedAtStay: random.chance(quirks.merge) ? random.integer(1, 2) : NEVER,
    changesPipelineAtStay: random.chance(quirks.pipelineChange) ? random.integer(1, 3) : NEVER,
  };
  for (let stay = 1; stay <= MAX_STAYS; stay += 1) {
    if (!deal.open) {
      const reopened = yield* afterTheEnd(world, deal, fate.deletedAtStay !== NEVER);
      if (!reopened) return;
    }
    if (stay === fate.deletedAtStay) {
      yield world.daysLater(random.next() * 2);
      deleteDeal(world, deal, random.chance(0.5) ? deal.ownerId : world.headId);
      return;
    }
    if (stay === fate.mergedAtStay) yield* mergeWithDuplicate(world, deal);
    if (stay === fate.changesPipelineAtStay) {
      yield* moveToAnotherPipeline(world, deal);
      if (random.chance(quirks.pipelineReturn)) fate.changesPipelineAtStay = stay + random.integer(1, 2);
      continue;
    }
    const goesOn = yield* oneStay(world, deal);
    if (!goesOn) return;
  }
}

/** Waits in the present stage, then moves on, back or out. False when the deal is left lying. */
function* oneStay(world: World, deal: DealState): Generator<number, boolean, void> {
  const { random } = world;
  const { quirks } = world.parameters;
  const pipeline = world.pipeline('deal', deal.categoryId);
  const stages = processStages(pipeline);
  const place = Math.max(0, stages.indexOf(deal.stageId));
  const goesBack = place > 0 && random.chance(quirks.rollback);
  const advances = random.chance(pipeline.conversions[place] ?? 0.5);
  const until = world.daysLater(random.logNormal(pipeline.medianDwellDays[place] ?? 2, pipeline.dwellSigma));
  yield* stayInStage(world, deal, until);
  disturb(world, deal);
  const by = random.chance(quirks.robotMove) ? 'robot' : deal.ownerId;
  if (goesBack) {
    moveDeal(world, deal, stages[random.integer(0, place - 1)] ?? deal.stageId, by);
    return true;
  }
  if (!advances) {
    if (!random.chance(pipeline.lossShare)) return false;
    finishTodo(world, deal);
    loseDeal(world, deal, by);
    return true;
  }
  const ranked = [...stages, wonStage(pipeline)];
  let target = place + 1;
  if (target + 1 < ranked.length && random.chance(quirks.skip)) target += 1;
  else if (target + 1 < ranked.length && random.chance(quirks.doubleMove)) {
    moveDeal(world, deal, ranked[target] ?? deal.stageId, by);
    target += 1;
  }
  beforeMove(world, deal, target, ranked.length - 1);
  moveDeal(world, deal, ranked[target] ?? deal.stageId, by);
  if (!deal.open) world.start(world.minutesLater(random.integer(5, 240)), invoiceJourney(world, deal, true));
  else if (target === ranked.length - 2 && random.chance(0.25)) {
    world.start(world.minutesLater(random.integer(10, 600)), invoiceJourney(world, deal, false));
  }
  return true;
}

/** Small changes on the way: owner, amount, updates without effect. */
function disturb(world: World, deal: DealState): void {
  const { random } = world;
  const { quirks } = world.parameters;
  if (random.chance(quirks.ownerChange)) changeOwner(world, deal, world.aSeller());
  if (random.chance(quirks.emptyUpdate)) world.update('deal', deal.id, { OPENED: 'Y' }, deal.ownerId);
  if (random.chance(quirks.silentUpdate)) {
    world.update('deal', deal.id, { IS_RETURN_CUSTOMER: 'Y' }, 'robot', 'silent');
  }
  if (random.chance(quirks.foreignStageUpdate)) {
    const foreign = world.pipelines('deal').find((one) => one.categoryId !== deal.categoryId);
    if (foreign) world.update('deal', deal.id, { STAGE_ID: wonStage(foreign) }, deal.ownerId);
  }
  if (random.chance(0.12) && deal.amountKopecks > 0) {
    setAmount(world, deal, Math.round((deal.amountKopecks * random.integer(80, 130)) / 100), deal.ownerId);
  }
  if (world.parameters.detail === 'full' && random.chance(0.06)) addTask(world, subjectOf(deal));
}

/** After a win or a loss: an edited amount, sometimes a return to work. True when the deal is open again. */
function* afterTheEnd(world: World, deal: DealState, willBeDeleted: boolean): Generator<number, boolean, void> {
  const { random } = world;
  const { quirks } = world.parameters;
  const pipeline = world.pipeline('deal', deal.categoryId);
  const won = deal.stageId === wonStage(pipeline);
  if (won && random.chance(quirks.amountEditAfterWon)) {
    yield world.daysLater(random.next() * 3);
    setAmount(world, deal, Math.max(100, Math.round(deal.amountKopecks * 0.9)), deal.ownerId);
  }
  if (willBeDeleted) return true;
  if (!random.chance(won ? quirks.reopenAfterWon : quirks.reopenAfterLost)) return false;
  yield world.daysLater(random.logNormal((pipeline.medianDwellDays[0] ?? 2) * 1.5, 0.6));
  moveDeal(world, deal, random.pick(processStages(pipeline)), deal.ownerId);
  return true;
}

/** The same enquiry entered twice; later one of the two is merged into the other. */
function* mergeWithDuplicate(world: World, deal: DealState): Process {
  const { random } = world;
  const pipeline = world.pipeline('deal', deal.categoryId);
  yield world.daysLater(random.next() * 0.5);
  const client = deal.contactId
    ? { contactId: deal.contactId, phone: deal.phone ?? '', companyId: deal.companyId }
    : null;
  const stages = processStages(pipeline);
  const twin = addDeal(world, {
    pipeline,
    stageId: stages[0] ?? deal.stageId,
    ownerId: world.aSeller(),
    client,
    amountKopecks: deal.amountKopecks,
    currency: deal.currency,
    reserved: true,
  });
  yield world.daysLater(random.next());
  if (random.chance(0.5) && stages[1]) {
    moveDeal(world, twin, stages[1], twin.ownerId);
    yield world.daysLater(random.next());
  }
  world.merge('deal', deal.id, [twin.id], world.headId);
  forgetDeal(world, twin);
}

function* moveToAnotherPipeline(world: World, deal: DealState): Process {
  const { random } = world;
  yield world.daysLater(random.next() * 2);
  const others = world
    .pipelines('deal')
    .filter((one) => one.categoryId !== deal.categoryId && !world.isCountedExactly(one));
  if (others.length === 0) return;
  const target = random.pick(others);
  const stages = processStages(target);
  const stageId = random.chance(0.1)
    ? wonStage(target)
    : (stages[random.integer(0, Math.min(1, stages.length - 1))] ?? '');
  finishTodo(world, deal);
  changePipeline(world, deal, target, stageId, world.headId);
}

function bear(world: World, pipeline: PipelineParameters, stageId: string, origin: DealOrigin | null): DealState {
  const { random } = world;
  const { quirks, detail } = world.parameters;
  const ownerId = origin?.ownerId ?? world.aSeller();
  const wholesale = pipeline.categoryId !== '0';
  let client = origin?.client ?? null;
  if (!client && !random.chance(quirks.missingContact)) {
    client = findOrAddClient(world, ownerId, detail === 'full' ? wholesale || random.chance(0.3) : false);
  }
  const deal = addDeal(world, {
    pipeline,
    stageId,
    ownerId,
    client,
    amountKopecks: random.chance(quirks.missingAmount) ? 0 : someTicket(world, pipeline),
    currency: random.chance(quirks.foreignCurrency) ? world.parameters.foreignCurrency.code : world.parameters.currency,
    leadId: origin?.leadId ?? null,
    sourceId: random.chance(quirks.missingSource) ? null : (origin?.sourceId ?? random.pick(SOURCES)),
    defaultTitle: random.chance(quirks.defaultTitle),
  });
  if (detail === 'full' && deal.amountKopecks > 0 && random.chance(0.4)) setRows(world, deal, ownerId);
  return deal;
}
