import { addCall, planMeeting, planTodo, sendMail } from '../records/activities.js';
import { finishTodo, subjectOf } from '../records/deals.js';
import { MINUTE_MS } from '../world/portal-calendar.js';
import type { Process } from '../world/agenda.js';
import type { DealState } from '../world/working-set.js';
import type { World } from '../world/world.js';

/** The seller's work while a deal stands in a stage: a planned step, calls, letters; ends at the given moment. */
export function* stayInStage(world: World, deal: DealState, untilMs: number): Process {
  const { random } = world;
  if (world.parameters.detail === 'light') {
    if (random.chance(0.5)) addCall(world, subjectOf(deal));
    yield untilMs;
    return;
  }
  if (!deal.openTodoId) {
    deal.openTodoId = random.chance(0.35)
      ? planMeeting(world, subjectOf(deal), untilMs)
      : planTodo(world, subjectOf(deal), untilMs + random.integer(1, 8) * 60 * MINUTE_MS);
  }
  const calls = random.integer(0, 2);
  for (let call = 0; call < calls; call += 1) {
    const at = world.minutesLater(random.integer(5, 240));
    if (at >= untilMs - MINUTE_MS) break;
    yield at;
    addCall(world, subjectOf(deal), { incoming: random.chance(0.25), missed: random.chance(0.12) });
  }
  if (random.chance(0.2) && world.nowMs + 30 * MINUTE_MS < untilMs) {
    yield Math.min(world.minutesLater(random.integer(10, 200)), untilMs - 1000);
    sendMail(world, subjectOf(deal), false);
  }
  yield untilMs;
}

/** What is due before a move: the planned step is done, and an offer is sent before the stage that says so. */
export function beforeMove(world: World, deal: DealState, targetRank: number, wonRank: number): void {
  if (world.parameters.detail === 'light') return;
  finishTodo(world, deal);
  if (targetRank === 1) addHeldMeeting(world, deal);
  if (targetRank === wonRank - 1 && targetRank > 0) sendMail(world, subjectOf(deal), true);
}

function addHeldMeeting(world: World, deal: DealState): void {
  const meetingId = planMeeting(world, subjectOf(deal), world.nowMs - 60 * MINUTE_MS);
  world.update('activity', meetingId, { COMPLETED: 'Y', STATUS: '2' }, deal.ownerId);
}
