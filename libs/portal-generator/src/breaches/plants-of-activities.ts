import {
  addCall,
  completeActivity,
  planCall,
  planMeeting,
  planTodo,
  receiveMail,
  sendMail,
} from '../records/activities.js';
import { changeOwner, subjectOf } from '../records/deals.js';
import type { Process } from '../world/agenda.js';
import { HOUR_MS } from '../world/portal-calendar.js';
import type { DealState } from '../world/working-set.js';
import type { PlantList, Planting } from './planting.js';

const key = (deal: DealState) => `deal:${deal.id}`;

/** Three deals with a step planned far ahead: one for what is never cured, one cured late, one in time. */
function threeDeals(planting: Planting): [DealState, DealState, DealState] {
  const deals: [DealState, DealState, DealState] = [planting.deal(), planting.deal(), planting.deal()];
  for (const deal of deals) planting.planFarAhead(subjectOf(deal));
  return deals;
}

/** Notes what happened on three deals, each with the activity it is about. */
function noteAbout(planting: Planting, ruleId: string, deals: DealState[], activityIds: string[]): void {
  deals.forEach((deal, place) => {
    const about = `activity:${activityIds[place]}`;
    if (place === 2) planting.nearMiss(ruleId, key(deal), { about });
    else planting.breach(ruleId, key(deal), 'history', { about });
  });
}

/** A01: a missed call that nobody returns; returned late; returned in time. */
function* missedCall(planting: Planting): Process {
  const { world } = planting;
  const deals = threeDeals(planting);
  yield planting.worked(10);
  const calls = deals.map((deal) => addCall(world, subjectOf(deal), { incoming: true, missed: true }));
  noteAbout(planting, 'A01', deals, calls);
  yield planting.worked(25);
  addCall(world, subjectOf(deals[2]), { seconds: 60 });
  yield planting.worked(45);
  addCall(world, subjectOf(deals[1]), { seconds: 60 });
}

/** A02: a call of which nobody says what came of it; a step is planned late; in time. */
function* callWithoutResult(planting: Planting): Process {
  const { world } = planting;
  const deals = threeDeals(planting);
  yield planting.worked(10);
  const calls = deals.map((deal) => addCall(world, subjectOf(deal), { seconds: 60, description: '' }));
  noteAbout(planting, 'A02', deals, calls);
  yield planting.worked(50);
  planting.planFarAhead(subjectOf(deals[2]));
  yield planting.worked(60);
  planting.planFarAhead(subjectOf(deals[1]));
}

/** A03: a meeting nobody reports on; reported late; reported in time. */
function* overdueMeeting(planting: Planting): Process {
  const { world } = planting;
  const deals = threeDeals(planting);
  const starts = planting.worked(60);
  const [never, late, timely] = deals.map((deal) => planMeeting(world, subjectOf(deal), starts));
  const ends = starts + HOUR_MS;
  for (const id of [never, late]) planting.breach('A03', `activity:${id}`, 'history', { at: ends });
  planting.nearMiss('A03', `activity:${timely}`);
  yield planting.hours.afterWorkingDays(ends, 1) - 300_000;
  completeActivity(world, timely ?? '', deals[2].ownerId);
  yield planting.days(1);
  completeActivity(world, late ?? '', deals[1].ownerId);
}

/** A04: a letter nobody answers; answered late; answered in time. */
function* unanswered(planting: Planting): Process {
  const { world } = planting;
  const deals = threeDeals(planting);
  yield planting.worked(10);
  const letters = deals.map((deal) => receiveMail(world, subjectOf(deal)));
  noteAbout(planting, 'A04', deals, letters);
  yield planting.worked(55);
  sendMail(world, subjectOf(deals[2]), false);
  yield planting.worked(30);
  sendMail(world, subjectOf(deals[1]), false);
}

/** A05: a task closed as soon as it was made; closed after two minutes. */
function* closedWithoutWork(planting: Planting): Process {
  const [hasty, slow] = [planting.deal(), planting.deal()];
  yield planting.worked(10);
  const tasks = [planting.task(hasty), planting.task(slow)];
  planting.nearMiss('A05', key(slow), { about: `task:${tasks[1]?.id}` });
  yield planting.world.nowMs + 90_000;
  tasks[0]?.finish();
  planting.breach('A05', key(hasty), 'history', { about: `task:${tasks[0]?.id}` });
  yield planting.world.nowMs + 30_000;
  tasks[1]?.finish();
}

/** A06: ten overdue steps closed within minutes; nine by somebody else. */
function* closedInBulk(planting: Planting): Process {
  const { world } = planting;
  const trainee = planting.employee('Наумов');
  const deal = planting.deal();
  planting.planFarAhead(subjectOf(deal));
  const deadline = planting.worked(60);
  const steps = Array.from({ length: 19 }, () => planTodo(world, subjectOf(deal), deadline));
  yield planting.days(1);
  for (const [place, step] of steps.entries()) {
    yield world.nowMs + 15_000;
    completeActivity(world, step, place < 10 ? deal.ownerId : trainee);
    if (place === 9) planting.breach('A06', `employee:${deal.ownerId}`);
  }
  planting.nearMiss('A06', `employee:${trainee}`);
}

/** A07: somebody else calls the client; the new owner calls. */
function* foreignTouch(planting: Planting): Process {
  const { world } = planting;
  const [foreign, handed] = [planting.deal(), planting.deal()];
  planting.nearMiss('A07', key(handed));
  const other = (deal: DealState) => world.random.pick(world.sellers.filter(({ id }) => id !== deal.ownerId)).id;
  yield planting.worked(30);
  changeOwner(world, handed, other(handed));
  yield planting.worked(30);
  addCall(world, subjectOf(handed), { seconds: 60 });
  addCall(world, { ...subjectOf(foreign), ownerId: other(foreign) }, { seconds: 60 });
  planting.breach('A07', key(foreign), 'history', { at: world.nowMs - 60_000 });
}

/** A08: a promised call nobody makes; made late; made in time. */
function* brokenPromise(planting: Planting): Process {
  const { world } = planting;
  const deals = threeDeals(planting);
  const promisedAt = planting.worked(120);
  const [never, late, timely] = deals.map((deal) => planCall(world, subjectOf(deal), promisedAt));
  for (const id of [never, late]) planting.breach('A08', `activity:${id}`, 'history', { at: promisedAt });
  planting.nearMiss('A08', `activity:${timely}`);
  yield planting.hours.afterWorked(promisedAt, 25 * 60_000);
  completeActivity(world, timely ?? '', deals[2].ownerId);
  yield planting.worked(60);
  completeActivity(world, late ?? '', deals[1].ownerId);
}

export const plantsOfActivities: PlantList = [
  [missedCall, 4],
  [callWithoutResult, 4],
  [overdueMeeting, 6],
  [unanswered, 4],
  [closedWithoutWork, 4],
  [closedInBulk, 6],
  [foreignTouch, 4],
  [brokenPromise, 4],
];
