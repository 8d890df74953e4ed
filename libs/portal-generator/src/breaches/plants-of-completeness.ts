import { addCall, completeActivity, planTodo, sendMail } from '../records/activities.js';
import { addCompany } from '../records/clients.js';
import { loseDeal, moveDeal, productRow, subjectOf } from '../records/deals.js';
import type { PortalFields } from '../script.js';
import { WHOLESALE_PRODUCT_ID } from '../discipline/settings/discipline-settings.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS, MINUTE_MS } from '../world/portal-calendar.js';
import type { DealState } from '../world/working-set.js';
import type { PlantList, Planting } from './planting.js';
import { importDeal } from './plants-of-movement.js';

const key = (deal: DealState) => `deal:${deal.id}`;

/** F01: the only step was done and nothing is planned; planned days later; planned in time. */
function* nothingPlanned(planting: Planting): Process {
  const { world } = planting;
  const deals = [planting.deal(), planting.deal(), planting.deal()];
  const steps = deals.map((deal) => {
    addCall(world, subjectOf(deal));
    return planTodo(world, subjectOf(deal), world.nowMs + DAY_MS);
  });
  yield planting.worked(20);
  deals.forEach((deal, place) => completeActivity(world, steps[place] ?? '', deal.ownerId));
  const [never, late, timely] = deals;
  if (!never || !late || !timely) return;
  for (const deal of [never, late]) planting.breach('F01', key(deal));
  planting.nearMiss('F01', key(timely));
  yield planting.worked(230);
  planting.planFarAhead(subjectOf(timely));
  yield planting.days(2);
  planting.planFarAhead(subjectOf(late));
}

/** F02: the expected close has passed; moved afterwards; the deal is closed on its day. */
function* closeDatePast(planting: Planting): Process {
  const { world, hours } = planting;
  const soon = { closeInDays: 2 };
  const [never, late, timely] = [planting.deal(soon), planting.deal(soon), planting.deal(soon)];
  for (const deal of [never, late, timely]) planting.touchAndPlan(deal);
  const day = hours.dateOf(world.nowMs + 2 * DAY_MS);
  planting.breach('F02', key(never), 'history', { at: hours.endOf(day) });
  planting.breach('F02', key(late), 'live', { at: hours.endOf(day) });
  planting.nearMiss('F02', key(timely));
  yield hours.endOf(day) - 30 * MINUTE_MS;
  loseDeal(world, timely, timely.ownerId);
  yield planting.days(2);
  const later = hours.dateOf(world.nowMs + 90 * DAY_MS);
  planting.update(key(late), { CLOSEDATE: later }, late.ownerId);
}

/** F03: the expected close is put off three times; the deal is closed after that; put off twice by thirty days. */
function* closeDatePushed(planting: Planting): Process {
  const { world, hours } = planting;
  const soon = { closeInDays: 40 };
  const [never, late, twice] = [planting.deal(soon), planting.deal(soon), planting.deal(soon)];
  const first = world.nowMs + 40 * DAY_MS;
  planting.nearMiss('F03', key(twice));
  for (let time = 1; time <= 3; time += 1) {
    yield planting.worked(20);
    for (const deal of [never, late]) {
      planting.update(key(deal), { CLOSEDATE: hours.dateOf(first + time * DAY_MS) }, deal.ownerId);
    }
    if (time < 3) planting.update(key(twice), { CLOSEDATE: hours.dateOf(first + time * 15 * DAY_MS) }, twice.ownerId);
  }
  for (const deal of [never, late]) planting.breach('F03', key(deal), 'live');
  yield planting.days(2);
  loseDeal(world, late, late.ownerId);
}

/** F04: no amount after the first meeting; filled in late; filled in in time. */
function* amountEmpty(planting: Planting): Process {
  const empty = { amountKopecks: 0 };
  yield* laterFilled(planting, 'F04', [empty, empty, empty], { OPPORTUNITY: '45000.00' });
}

/** F09: no client after the first meeting; linked late; linked in time. */
function* withoutClient(planting: Planting): Process {
  const alone = { client: null };
  const client = planting.contact();
  yield* laterFilled(planting, 'F09', [alone, alone, alone], { CONTACT_ID: client.contactId });
}

/** Three deals of the second stage with the same gap: one keeps it, one is filled late, one in time. */
function* laterFilled(
  planting: Planting,
  ruleId: string,
  gaps: Parameters<Planting['deal']>[0][],
  filled: PortalFields,
): Process {
  const [never, late, timely] = gaps.map((gap) => planting.deal(gap));
  if (!never || !late || !timely) return;
  for (const deal of [never, late, timely]) {
    planting.planFarAhead(subjectOf(deal));
    planting.advance(deal, 'PREPARATION');
  }
  planting.breach(ruleId, key(never));
  planting.breach(ruleId, key(late), 'live');
  planting.nearMiss(ruleId, key(timely));
  yield planting.days(1, -5);
  planting.update(key(timely), filled, timely.ownerId);
  yield planting.days(1);
  planting.update(key(late), filled, late.ownerId);
}

function setRow(planting: Planting, deal: DealState, more: PortalFields): void {
  const row = productRow(0, 'Стеллаж складской СТ-200', deal.amountKopecks, 1);
  planting.world.setProductRows('D', deal.id, [{ ...row, ...more }], deal.ownerId);
}

/** F05: the amount is not that of the rows; put right later; a rouble beside them. */
function* amountIsNotTheRows(planting: Planting): Process {
  const [never, late, near] = [planting.deal(), planting.deal(), planting.deal()];
  for (const deal of [never, late, near]) setRow(planting, deal, {});
  yield planting.worked(10);
  const roubles = (deal: DealState, more: number) => ({ OPPORTUNITY: (deal.amountKopecks / 100 + more).toFixed(2) });
  for (const deal of [never, late]) planting.update(key(deal), roubles(deal, 150), deal.ownerId);
  planting.update(key(near), roubles(near, 1), near.ownerId);
  planting.breach('F05', key(never));
  planting.breach('F05', key(late), 'live');
  planting.nearMiss('F05', key(near));
  yield planting.days(2);
  planting.update(key(late), roubles(late, 0), late.ownerId);
}

/** F06: a discount nobody approved; approved later; one that needs no approval. */
function* discountNotApproved(planting: Planting): Process {
  const [never, late, small] = [planting.deal(), planting.deal(), planting.deal()];
  planting.nearMiss('F06', key(small));
  yield planting.worked(10);
  for (const deal of [never, late]) setRow(planting, deal, { DISCOUNT_RATE: 15 });
  setRow(planting, small, { DISCOUNT_RATE: 10 });
  planting.breach('F06', key(never));
  planting.breach('F06', key(late), 'live');
  yield planting.worked(60);
  planting.update(key(late), { UF_CRM_DISCOUNT_APPROVED: '1' }, planting.world.headId);
}

/** F07: a big deal hangs on one contact; the company gets a second one later; just not big. */
function* oneContactAlone(planting: Planting): Process {
  const { world } = planting;
  const big = (amountKopecks: number) => {
    const companyId = addCompany(world, world.aSeller());
    return planting.deal({ client: planting.contact({}, companyId), amountKopecks });
  };
  const [never, late, near] = [big(60_000_000), big(60_000_000), big(50_000_000)];
  for (const deal of [never, late]) planting.breach('F07', key(deal));
  planting.nearMiss('F07', key(near));
  yield planting.days(2);
  planting.contact({}, late.companyId);
}

/** F08: open for longer than three cycles and never touched; called at last; a day short of it. */
function* zombie(planting: Planting): Process {
  const { world } = planting;
  const born = (atMs: number) => ({ DATE_CREATE: atMs, DATE_MODIFY: atMs });
  const { contactId } = planting.contact();
  const more = { STAGE_ID: 'NEW', CONTACT_ID: contactId };
  const never = importDeal(planting, born(world.nowMs - 60 * DAY_MS), more);
  const late = importDeal(planting, born(world.nowMs - 60 * DAY_MS), more);
  const near = importDeal(planting, born(world.parameters.endAt - 41 * DAY_MS), more);
  for (const deal of [never, late]) planting.breach('F08', deal);
  planting.nearMiss('F08', near);
  yield planting.worked(60);
  const id = late.slice('deal:'.length);
  addCall(world, { typeId: '2', id, ownerId: world.aSeller(), contactId, phone: null });
}

/** F10: the title that the portal gives; renamed late; renamed in time. */
function* titleTellsNothing(planting: Planting): Process {
  const untitled = { more: { TITLE: '' } };
  const [never, late, timely] = [planting.deal(untitled), planting.deal(untitled), planting.deal(untitled)];
  const title = () => ({ TITLE: `Поставка стеллажей №${planting.world.nextId('deal-title')}` });
  planting.breach('F10', key(never));
  planting.breach('F10', key(late), 'live');
  planting.nearMiss('F10', key(timely));
  yield planting.days(1, -5);
  planting.update(key(timely), title(), timely.ownerId);
  yield planting.days(1);
  planting.update(key(late), title(), late.ownerId);
}

/** F11: a wholesale product in retail; taken out later; in wholesale itself. */
function* productOfAnotherPipeline(planting: Planting): Process {
  const [never, late, right] = [planting.deal(), planting.deal(), planting.deal({ pipeline: planting.wholesale })];
  const product = { PRODUCT_ID: Number(WHOLESALE_PRODUCT_ID) };
  for (const deal of [never, late, right]) setRow(planting, deal, product);
  planting.breach('F11', key(never));
  planting.breach('F11', key(late), 'live');
  planting.nearMiss('F11', key(right));
  yield planting.days(2);
  setRow(planting, late, {});
}

/** F12: "calculation sent" and nothing went out; sent late; sent in time. */
function* nothingSent(planting: Planting): Process {
  const { world } = planting;
  const pipeline = planting.wholesale;
  const [never, late, timely] = [planting.deal({ pipeline }), planting.deal({ pipeline }), planting.deal({ pipeline })];
  yield planting.worked(20);
  for (const deal of [never, late, timely]) {
    planting.planFarAhead(subjectOf(deal));
    moveDeal(world, deal, 'C5:PREPARATION', deal.ownerId);
  }
  for (const deal of [never, late]) planting.breach('F12', key(deal));
  planting.nearMiss('F12', key(timely));
  yield planting.days(1, -5);
  sendMail(world, subjectOf(timely), true);
  yield planting.days(1);
  sendMail(world, subjectOf(late), true);
}

export const plantsOfCompleteness: PlantList = [
  [nothingPlanned, 6],
  [closeDatePast, 10],
  [closeDatePushed, 6],
  [amountEmpty, 5],
  [amountIsNotTheRows, 5],
  [discountNotApproved, 4],
  [oneContactAlone, 5],
  [zombie, 4],
  [withoutClient, 6],
  [titleTellsNothing, 5],
  [productOfAnotherPipeline, 5],
  [nothingSent, 6],
];
