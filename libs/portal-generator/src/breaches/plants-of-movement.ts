import { addCall, planTodo, sendMail } from '../records/activities.js';
import { changePipeline, deleteDeal, loseDeal, moveDeal, setAmount, subjectOf } from '../records/deals.js';
import { addInvoice, moveInvoice } from '../records/invoices.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS, HOUR_MS, instantText, MINUTE_MS } from '../world/portal-calendar.js';
import type { DealState } from '../world/working-set.js';
import type { PlantList, Planting } from './planting.js';

const key = (deal: DealState) => `deal:${deal.id}`;

/** D01: from the first stage straight to the offer, by a person; the offer itself was sent. */
export function* stageSkipped(planting: Planting): Process {
  const deal = planting.deal();
  yield planting.world.nowMs + 20_000;
  planting.touchAndPlan(deal);
  yield planting.world.nowMs + 40_000;
  planting.advance(deal, 'PREPAYMENT_INVOICE');
  planting.breach('D01', key(deal));
}

/** D01: the meeting that was skipped is held late, or within the working day. */
function* stageSkippedAndProved(planting: Planting): Process {
  const [late, timely] = [planting.deal(), planting.deal()];
  yield planting.worked(5);
  for (const deal of [late, timely]) {
    planting.touchAndPlan(deal);
    planting.advance(deal, 'PREPAYMENT_INVOICE');
  }
  planting.breach('D01', key(late));
  planting.nearMiss('D01', key(timely));
  yield planting.days(1, -5);
  planting.holdMeeting(timely);
  yield planting.days(1);
  planting.holdMeeting(late);
}

/** D02: back without a word; explained two hours later; from a lost stage, which is no rollback. */
function* movedBack(planting: Planting): Process {
  const { world } = planting;
  const [never, late, reopened] = [planting.deal(), planting.deal(), planting.deal()];
  for (const deal of [never, late]) {
    planting.touchAndPlan(deal);
    planting.advance(deal, 'PREPARATION');
  }
  loseDeal(world, reopened, reopened.ownerId);
  yield planting.worked(30);
  for (const deal of [never, late, reopened]) moveDeal(world, deal, 'NEW', deal.ownerId);
  for (const deal of [never, late]) planting.breach('D02', key(deal));
  planting.nearMiss('D02', key(reopened));
  yield planting.worked(120);
  planting.update(key(late), { COMMENTS: 'Клиент вернулся к выбору модели, предложение не нужно.' }, late.ownerId);
}

/** D03: through three stages within minutes; just over ten minutes. */
function* fastForward(planting: Planting): Process {
  const [fast, slow] = [planting.deal(), planting.deal()];
  planting.nearMiss('D03', key(slow));
  const stages = ['PREPARATION', 'PREPAYMENT_INVOICE', 'WON'];
  for (const [place, stageId] of stages.entries()) {
    yield planting.world.nowMs + (place === 2 ? 5 * MINUTE_MS + 30_000 : 5 * MINUTE_MS);
    planting.advance(slow, stageId);
  }
  for (const stageId of stages) {
    yield planting.world.nowMs + 60_000;
    planting.advance(fast, stageId);
  }
  planting.breach('D03', key(fast));
}

/** D04: nobody does anything; a call comes late; a call comes in time, and the deal is closed. */
function* stalled(planting: Planting): Process {
  const { world } = planting;
  const [never, late, timely] = [planting.deal(), planting.deal(), planting.deal()];
  for (const deal of [never, late]) planting.breach('D04', key(deal));
  planting.nearMiss('D04', key(timely));
  const start = world.nowMs;
  yield planting.hours.afterWorkingDays(start, 3) - 15 * MINUTE_MS;
  addCall(world, subjectOf(timely));
  yield planting.hours.afterWorkingDays(start, 4);
  addCall(world, subjectOf(late));
  loseDeal(world, timely, timely.ownerId);
}

/** D05: "offer sent" without any letter with a file; with one that goes out within the hour. */
export function* offerWithoutFile(planting: Planting): Process {
  const { world } = planting;
  const [never, timely] = [planting.deal(), planting.deal()];
  planting.nearMiss('D05', key(timely));
  yield world.nowMs + 30_000;
  for (const deal of [never, timely]) {
    planting.touchAndPlan(deal);
    planting.advance(deal, 'PREPARATION');
  }
  yield world.nowMs + 90_000;
  for (const deal of [never, timely]) moveDeal(world, deal, 'PREPAYMENT_INVOICE', deal.ownerId);
  planting.breach('D05', key(never));
  yield planting.worked(55);
  sendMail(world, subjectOf(timely), true);
}

/** D06: the city is empty where it is required; filled in late; filled in in time. */
function* requiredFieldEmpty(planting: Planting): Process {
  const more = { UF_CRM_DELIVERY_CITY: null };
  const [never, late, timely] = [planting.deal({ more }), planting.deal({ more }), planting.deal({ more })];
  for (const deal of [never, late, timely]) {
    planting.touchAndPlan(deal);
    planting.advance(deal, 'PREPARATION');
  }
  planting.breach('D06', key(never));
  planting.breach('D06', key(late), 'live');
  planting.nearMiss('D06', key(timely));
  yield planting.days(1, -5);
  planting.update(key(timely), { UF_CRM_DELIVERY_CITY: 'Пермь' }, timely.ownerId);
  yield planting.days(1);
  planting.update(key(late), { UF_CRM_DELIVERY_CITY: 'Пермь' }, late.ownerId);
}

/** D07: ten deals given up within four minutes at the end of a month; nine by somebody else. */
export function* movedInBulk(planting: Planting): Process {
  const { world } = planting;
  const seller = world.aSeller();
  const trainee = planting.employee('Никитин');
  const deals = Array.from({ length: 19 }, () => planting.deal({ ownerId: seller, client: null }));
  yield planting.worked(30);
  for (const [place, deal] of deals.entries()) {
    yield world.nowMs + 20_000;
    loseDeal(world, deal, place < 10 ? seller : trainee);
    if (place === 9) planting.breach('D07', `employee:${seller}`);
  }
  planting.nearMiss('D07', `employee:${trainee}`);
}

/** D08: lost a minute after it was created, without an attempt to reach the client; lost after three attempts. */
export function* lostWithoutGround(planting: Planting): Process {
  const { world } = planting;
  const [hasty, grounded] = [planting.deal(), planting.deal()];
  planting.nearMiss('D08', key(grounded));
  yield world.nowMs + 60_000;
  loseDeal(world, hasty, hasty.ownerId);
  planting.breach('D08', key(hasty));
  for (let attempt = 0; attempt < 3; attempt += 1) {
    yield planting.worked(15);
    addCall(world, subjectOf(grounded), { missed: true });
  }
  yield planting.worked(1);
  loseDeal(world, grounded, grounded.ownerId);
}

/** D09: lost, and the same client has a new deal days later; and one whose lost deal is older than fourteen days. */
function* madeAgain(planting: Planting): Process {
  const { world } = planting;
  const lost = planting.deal();
  const client = { contactId: lost.contactId ?? '', phone: lost.phone ?? '', companyId: null };
  yield planting.worked(20);
  loseDeal(world, lost, lost.ownerId);
  const longAgo = planting.contact();
  const movedAt = world.nowMs - 14 * DAY_MS - 5 * MINUTE_MS;
  const dates = { DATE_CREATE: movedAt - DAY_MS, DATE_MODIFY: movedAt, MOVED_TIME: movedAt };
  importDeal(planting, dates, { STAGE_ID: 'LOSE', CONTACT_ID: longAgo.contactId });
  const unrelated = planting.deal({ client: longAgo });
  planting.nearMiss('D09', `contact:${longAgo.contactId}`, { about: key(unrelated) });
  yield planting.days(2);
  const again = planting.deal({ client });
  planting.breach('D09', `contact:${client.contactId}`, 'history', { about: key(again) });
}

/** A deal that an import brings in with dates of long ago. Returns its key. */
export function importDeal(planting: Planting, dates: Record<string, number>, more: Record<string, unknown>): string {
  const { world } = planting;
  const told = Object.fromEntries(Object.entries(dates).map(([name, at]) => [name, instantText(at)]));
  const fields = {
    TITLE: `Поставка (перенос №${world.nextId('import-title')})`,
    CATEGORY_ID: '0',
    CURRENCY_ID: world.parameters.currency,
    OPPORTUNITY: '25000.00',
    SOURCE_ID: 'CALL',
    ASSIGNED_BY_ID: world.aSeller(),
    CREATED_BY_ID: '1',
    MOVED_BY_ID: '1',
    OPENED: 'Y',
    ...told,
    ...more,
  };
  return `deal:${world.add('deal', fields, 'import')}`;
}

/** D10: won and lost deals go back to work; a won one becomes a lost one. */
function* reopened(planting: Planting): Process {
  const { world } = planting;
  const [won, lost, taken] = [planting.deal(), planting.deal(), planting.deal()];
  planting.nearMiss('D10', key(taken));
  yield planting.worked(30);
  for (const deal of [won, taken]) moveDeal(world, deal, 'WON', deal.ownerId);
  loseDeal(world, lost, lost.ownerId);
  yield planting.worked(60);
  for (const deal of [won, lost]) {
    moveDeal(world, deal, 'NEW', deal.ownerId);
    planting.breach('D10', key(deal));
  }
  loseDeal(world, taken, taken.ownerId);
}

/** D11: won and never paid; paid late; paid in time. */
function* wonWithoutPayment(planting: Planting): Process {
  const { world } = planting;
  const [never, late, timely] = [planting.deal(), planting.deal(), planting.deal()];
  for (const deal of [never, late, timely]) planting.touchAndPlan(deal);
  for (const stageId of ['PREPARATION', 'PREPAYMENT_INVOICE', 'WON']) {
    yield planting.worked(30);
    for (const deal of [never, late, timely]) planting.advance(deal, stageId);
  }
  for (const deal of [never, late]) planting.breach('D11', key(deal));
  planting.nearMiss('D11', key(timely));
  const pay = (deal: DealState) => moveInvoice(world, addInvoice(world, deal) ?? '', 'DT31_9:P', 'robot');
  yield planting.days(3, -10);
  pay(timely);
  yield planting.days(1);
  pay(late);
}

/** D12: won for nothing; corrected later; won for a kopeck. */
function* wonForNothing(planting: Planting): Process {
  const { world } = planting;
  const [never, late] = [planting.deal({ amountKopecks: 0 }), planting.deal({ amountKopecks: 0 })];
  const kopeck = planting.deal({ amountKopecks: 1 });
  planting.nearMiss('D12', key(kopeck));
  yield planting.worked(30);
  for (const deal of [never, late, kopeck]) moveDeal(world, deal, 'WON', deal.ownerId);
  planting.breach('D12', key(never));
  planting.breach('D12', key(late), 'live');
  yield planting.worked(60);
  setAmount(world, late, planting.someAmount(), late.ownerId);
}

/** D13: the amount changes after the win; with the win. */
function* amountChangedAfterWon(planting: Planting): Process {
  const { world } = planting;
  const [after, withIt] = [planting.deal(), planting.deal()];
  planting.nearMiss('D13', key(withIt));
  yield planting.worked(30);
  moveDeal(world, after, 'WON', after.ownerId);
  moveDeal(world, withIt, 'WON', withIt.ownerId, { OPPORTUNITY: '123.00' });
  yield planting.worked(60);
  setAmount(world, after, after.amountKopecks - 100, after.ownerId);
  planting.breach('D13', key(after), 'live');
}

/** D14: created won; won a minute after. */
function* createdWon(planting: Planting): Process {
  const [won, later] = [planting.deal({ stageId: 'WON' }), planting.deal()];
  planting.breach('D14', key(won));
  planting.nearMiss('D14', key(later));
  yield planting.world.nowMs + MINUTE_MS;
  moveDeal(planting.world, later, 'WON', later.ownerId);
}

/** D15: from wholesale to retail; the other way round. */
function* pipelineChanged(planting: Planting): Process {
  const { world } = planting;
  const [wrong, right] = [planting.deal({ pipeline: planting.wholesale }), planting.deal()];
  planting.nearMiss('D15', key(right));
  yield planting.worked(30);
  changePipeline(world, wrong, planting.sales, 'NEW', world.headId);
  changePipeline(world, right, planting.wholesale, 'C5:NEW', world.headId);
  planting.breach('D15', key(wrong));
}

/** D16: waits for a prepayment without a plan; a plan comes late; a plan comes in time. */
function* parked(planting: Planting): Process {
  const { world } = planting;
  const pipeline = planting.wholesale;
  const stageId = 'C5:FINAL_INVOICE';
  const [never, late, timely] = [0, 1, 2].map(() => planting.deal({ pipeline, stageId }));
  if (!never || !late || !timely) return;
  for (const deal of [never, late]) planting.breach('D16', key(deal));
  planting.nearMiss('D16', key(timely));
  yield planting.days(10, -10);
  planTodo(world, subjectOf(timely), world.nowMs + 60 * DAY_MS);
  yield planting.days(1);
  planTodo(world, subjectOf(late), world.nowMs + 60 * DAY_MS);
}

/** D17: five deals moved late in the evening; four by somebody else. */
function* movedAtNight(planting: Planting): Process {
  const { world } = planting;
  const seller = world.aSeller();
  const trainee = planting.employee('Назаров');
  const deals = Array.from({ length: 9 }, () => planting.deal({ ownerId: seller, client: null }));
  const evening = planting.hours.endOf(planting.hours.dateOf(world.nowMs)) - 4 * HOUR_MS;
  for (const [place, deal] of deals.entries()) {
    yield evening + place * 10 * MINUTE_MS;
    loseDeal(world, deal, place < 5 ? seller : trainee);
    if (place === 4) planting.breach('D17', `employee:${seller}`);
  }
  planting.nearMiss('D17', `employee:${trainee}`);
}

/** O04: an open deal is deleted; a lost one. */
function* dealDeleted(planting: Planting): Process {
  const { world } = planting;
  const [open, lost] = [planting.deal(), planting.deal()];
  planting.nearMiss('O04', key(lost));
  yield planting.worked(30);
  loseDeal(world, lost, lost.ownerId);
  yield planting.worked(30);
  for (const deal of [open, lost]) deleteDeal(world, deal, deal.ownerId);
  planting.breach('O04', key(open), 'live');
}

export const plantsOfMovement: PlantList = [
  [stageSkipped, 3],
  [stageSkippedAndProved, 5],
  [movedBack, 3],
  [fastForward, 4],
  [stalled, 7],
  [offerWithoutFile, 4],
  [requiredFieldEmpty, 5],
  [lostWithoutGround, 4],
  [madeAgain, 7],
  [reopened, 4],
  [wonWithoutPayment, 8],
  [wonForNothing, 3],
  [amountChangedAfterWon, 3],
  [createdWon, 4],
  [pipelineChanged, 4],
  [parked, 14],
  [movedAtNight, 8],
  [dealDeleted, 5],
];
