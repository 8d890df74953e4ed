import { type FirstMonthParameters, type PipelineParameters, pipelineIdOf } from '../parameters/company-parameters.js';
import { findOrAddClient } from '../records/clients.js';
import {
  addDeal,
  finishTodo,
  loseDeal,
  moveDeal,
  processStages,
  setRows,
  someTicket,
  wonStage,
} from '../records/deals.js';
import type { Process } from '../world/agenda.js';
import type { World } from '../world/world.js';
import type { DealOrigin } from './deal-journey.js';
import { liveOn } from './deal-journey.js';
import { beforeMove, stayInStage } from './deal-work.js';
import { invoiceJourney } from './invoice-journey.js';
import { addLead, convertLead, workLead } from './lead-journey.js';

/**
 * The first month of one pipeline with exact numbers: as many deals enter each stage within the month as the
 * parameters say, in order and without skips. Nothing that happens later takes them back: these deals are never
 * deleted or merged away, their wins are never reopened or edited, and nothing else enters the pipeline that month.
 */
export function startFirstMonth(world: World, first: FirstMonthParameters): void {
  const pipeline = world.allPipelines.find((one) => pipelineIdOf(one) === first.pipelineId);
  if (!pipeline) throw new Error(`The company has no pipeline ${first.pipelineId}.`);
  const fromMs = world.calendar.startOfMonth(world.parameters.startAt);
  const toMs = world.calendar.startOfMonth(world.parameters.startAt, 1);
  const amounts = winAmounts(world, first);
  const total = first.entries[0] ?? 0;
  for (let ordinal = 0; ordinal < total; ordinal += 1) {
    const entered = first.entries.filter((count) => ordinal < count).length;
    const shares = Array.from({ length: entered }, () => world.random.next() * 0.98).sort((one, two) => one - two);
    const times = shares.map((share) => world.calendar.workMomentAt(share, fromMs, toMs));
    for (let step = 1; step < times.length; step += 1) {
      times[step] = Math.max(times[step] ?? 0, (times[step - 1] ?? 0) + 60_000);
    }
    const startsAt = times[0] ?? fromMs;
    const lead = world.random.chance(pipeline.leadShare) ? leadPipeline(world) : null;
    const preludeAt = lead
      ? Math.max(world.parameters.startAt + 60_000, startsAt - world.random.next() * 86_400_000)
      : 0;
    const hasPrelude = lead !== null && preludeAt < startsAt - 60_000;
    const life = firstMonthDeal(world, pipeline, times, toMs, amounts[ordinal], hasPrelude ? lead : null);
    world.start(hasPrelude ? preludeAt : startsAt, life);
  }
}

function leadPipeline(world: World): PipelineParameters | null {
  return world.pipelines('lead')[0] ?? null;
}

/** Amounts in kopecks that differ from deal to deal and add up to the total exactly. */
function winAmounts(world: World, first: FirstMonthParameters): number[] {
  const wins = first.entries.at(-1) ?? 0;
  const average = Math.floor(first.wonTotalRoubles / Math.max(1, wins));
  const amounts: number[] = [];
  for (let pair = 0; pair + 1 < wins; pair += 2) {
    const difference = world.random.integer(0, Math.floor(average / 400)) * 100;
    amounts.push((average - difference) * 100, (average + difference) * 100);
  }
  const rest = first.wonTotalRoubles * 100 - amounts.reduce((sum, amount) => sum + amount, 0);
  if (amounts.length < wins) amounts.push(rest);
  else if (amounts.length > 0) amounts[0] = (amounts[0] ?? 0) + rest;
  return amounts;
}

function* firstMonthDeal(
  world: World,
  pipeline: PipelineParameters,
  times: number[],
  monthEndMs: number,
  winAmount: number | undefined,
  leads: PipelineParameters | null,
): Process {
  const { random } = world;
  const ranked = [...processStages(pipeline), wonStage(pipeline)];
  let origin: DealOrigin | null = null;
  if (leads) {
    const lead = addLead(world, leads, { ownerId: world.aSeller() });
    yield* workLead(world, leads, lead, times[0] ?? world.nowMs);
    origin = convertLead(world, leads, lead);
  }
  const ownerId = origin?.ownerId ?? world.aSeller();
  const deal = addDeal(world, {
    pipeline,
    stageId: ranked[0] ?? 'NEW',
    ownerId,
    client: origin?.client ?? findOrAddClient(world, ownerId, random.chance(0.3)),
    amountKopecks: winAmount ?? someTicket(world, pipeline),
    leadId: origin?.leadId ?? null,
    reserved: true,
    ...(origin?.sourceId ? { sourceId: origin.sourceId } : {}),
  });
  if (random.chance(0.4)) setRows(world, deal, ownerId);
  for (let rank = 1; rank < times.length; rank += 1) {
    yield* stayInStage(world, deal, times[rank] ?? world.nowMs);
    beforeMove(world, deal, rank, ranked.length - 1);
    moveDeal(world, deal, ranked[rank] ?? deal.stageId, ownerId);
  }
  if (!deal.open) {
    world.start(world.minutesLater(random.integer(5, 240)), invoiceJourney(world, deal, true));
    return;
  }
  const place = times.length - 1;
  const dwellMs = random.logNormal((pipeline.medianDwellDays[place] ?? 2) * 86_400_000, pipeline.dwellSigma);
  if (random.chance(0.85)) {
    yield* stayInStage(world, deal, world.daysLater(dwellMs / 86_400_000));
    finishTodo(world, deal);
    loseDeal(world, deal, deal.ownerId);
    return;
  }
  // What goes on does so after the month, so that the month keeps its numbers.
  yield* stayInStage(world, deal, Math.max(world.daysLater(dwellMs / 86_400_000), nextWorkAfter(world, monthEndMs)));
  yield* liveOn(world, deal, false);
}

function nextWorkAfter(world: World, atMs: number): number {
  return world.calendar.workMoment(atMs + world.random.next() * 86_400_000, world.random);
}
