import { addCall, sendMail } from '../records/activities.js';
import { addCompany } from '../records/clients.js';
import { moveDeal, subjectOf } from '../records/deals.js';
import { addInvoice, moveInvoice } from '../records/invoices.js';
import type { PortalFields } from '../script.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS } from '../world/portal-calendar.js';
import type { DealState } from '../world/working-set.js';
import type { PlantList, Planting } from './planting.js';

const key = (deal: DealState) => `deal:${deal.id}`;

/** An invoice for a deal; the company has an invoice pipeline. */
function bill(
  planting: Planting,
  deal: DealState,
  amountKopecks = deal.amountKopecks,
  more: PortalFields = {},
): string {
  const id = addInvoice(planting.world, deal, amountKopecks, more);
  if (id === null) throw new Error('The company issues no invoices.');
  return id;
}

function billedDeal(planting: Planting): DealState {
  const deal = planting.deal();
  planting.touchAndPlan(deal);
  return deal;
}

/** I01: an invoice for no deal; linked later; linked from the start. */
function* withoutDeal(planting: Planting): Process {
  const deal = billedDeal(planting);
  const alone = { parentId2: null };
  const [never, late] = [bill(planting, deal, 1000, alone), bill(planting, deal, undefined, alone)];
  planting.breach('I01', `invoice:${never}`);
  planting.breach('I01', `invoice:${late}`, 'live');
  planting.nearMiss('I01', `invoice:${bill(planting, billedDeal(planting))}`);
  yield planting.worked(60);
  planting.update(`invoice:${late}`, { parentId2: Number(deal.id) }, '1');
}

/** I02: the invoice is 500 roubles above the deal; corrected later; a rouble above. */
function* differsFromDeal(planting: Planting): Process {
  const { world } = planting;
  const [never, late, near] = [billedDeal(planting), billedDeal(planting), billedDeal(planting)];
  yield planting.worked(60);
  const invoices = [
    bill(planting, never, never.amountKopecks + 50_000),
    bill(planting, late, late.amountKopecks + 50_000),
    bill(planting, near, near.amountKopecks + 100),
  ];
  planting.breach('I02', `invoice:${invoices[0]}`);
  planting.breach('I02', `invoice:${invoices[1]}`, 'live');
  planting.nearMiss('I02', `invoice:${invoices[2]}`);
  yield planting.worked(30);
  for (const id of invoices) moveInvoice(world, id, 'DT31_9:S', never.ownerId);
  yield planting.days(2);
  planting.update(`invoice:${invoices[1]}`, { opportunity: late.amountKopecks / 100 }, late.ownerId);
}

/** I03: overdue, and nobody reminds the client; reminded late; reminded and paid in time. */
function* overdueUnpaid(planting: Planting): Process {
  const { world, hours } = planting;
  const [never, late, timely] = [billedDeal(planting), billedDeal(planting), billedDeal(planting)];
  const closedate = hours.dateOf(world.nowMs);
  const invoices = [never, late, timely].map((deal) => bill(planting, deal, undefined, { closedate }));
  const start = hours.endOf(closedate);
  for (const id of invoices.slice(0, 2)) planting.breach('I03', `invoice:${id}`, 'history', { at: start });
  planting.nearMiss('I03', `invoice:${invoices[2]}`);
  const due = hours.afterWorkingDays(start, 2);
  yield due - 30 * 60_000;
  addCall(world, subjectOf(timely));
  yield due + 3 * 60 * 60_000;
  moveInvoice(world, invoices[2] ?? '', 'DT31_9:P', 'robot');
  addCall(world, subjectOf(late));
}

/** I04: issued from another company of ours; corrected later; from nobody knows which. */
function* ofAnotherCompany(planting: Planting): Process {
  const { world } = planting;
  const own = { IS_MY_COMPANY: 'Y', COMPANY_TYPE: 'SUPPLIER' };
  const title = `ООО «Торговый дом ${world.nextId('planted-company')}»`;
  const other = { mycompanyId: Number(addCompany(world, '1', { title, more: own })) };
  const [never, late] = [
    bill(planting, billedDeal(planting), undefined, other),
    bill(planting, billedDeal(planting), undefined, other),
  ];
  planting.breach('I04', `invoice:${never}`);
  planting.breach('I04', `invoice:${late}`, 'live');
  planting.nearMiss('I04', `invoice:${bill(planting, billedDeal(planting), undefined, { mycompanyId: null })}`);
  yield planting.worked(60);
  planting.update(`invoice:${late}`, { mycompanyId: 1 }, '1');
}

/** I05: the sum changes after sending; before. */
function* editedAfterSending(planting: Planting): Process {
  const [late, early] = [bill(planting, billedDeal(planting)), bill(planting, billedDeal(planting))];
  planting.nearMiss('I05', `invoice:${early}`);
  yield planting.worked(30);
  moveInvoice(planting.world, late, 'DT31_9:S', '1');
  yield planting.worked(30);
  for (const id of [late, early]) planting.update(`invoice:${id}`, { opportunity: 777 }, '1');
  planting.breach('I05', `invoice:${late}`, 'live');
}

/** I06: paid, and declined afterwards; declined unpaid. */
function* cancelledAfterPaid(planting: Planting): Process {
  const { world } = planting;
  const [paid, unpaid] = [bill(planting, billedDeal(planting)), bill(planting, billedDeal(planting))];
  planting.nearMiss('I06', `invoice:${unpaid}`);
  yield planting.worked(30);
  moveInvoice(world, paid, 'DT31_9:P', '1');
  moveInvoice(world, unpaid, 'DT31_9:S', '1');
  yield planting.worked(30);
  for (const id of [paid, unpaid]) moveInvoice(world, id, 'DT31_9:D', '1');
  planting.breach('I06', `invoice:${paid}`);
}

/** I07: paid, and the deal stays where it is; won late; won in time. */
function* paidButNotMoved(planting: Planting): Process {
  const { world } = planting;
  const deals: [DealState, DealState, DealState] = [billedDeal(planting), billedDeal(planting), billedDeal(planting)];
  const invoices = deals.map((deal) => bill(planting, deal));
  yield planting.worked(30);
  for (const id of invoices) moveInvoice(world, id, 'DT31_9:P', 'robot');
  const [never, late, timely] = deals;
  for (const deal of [never, late]) planting.breach('I07', key(deal));
  planting.nearMiss('I07', key(timely));
  yield planting.days(1, -5);
  moveDeal(world, timely, 'WON', timely.ownerId);
  yield planting.days(1);
  moveDeal(world, late, 'WON', late.ownerId);
}

/** I08: two open invoices of one sum; one is declined late; sums a kopeck apart. */
function* severalOfOneSum(planting: Planting): Process {
  const { world } = planting;
  const [never, late, near] = [billedDeal(planting), billedDeal(planting), billedDeal(planting)];
  const seconds = [never, late].map((deal) => {
    bill(planting, deal);
    return bill(planting, deal);
  });
  bill(planting, near);
  bill(planting, near, near.amountKopecks + 1);
  for (const deal of [never, late]) planting.breach('I08', key(deal));
  planting.nearMiss('I08', key(near));
  yield planting.days(2);
  moveInvoice(world, seconds[1] ?? '', 'DT31_9:D', late.ownerId);
}

/** I09: no contract is attached where one belongs; attached later; attached before. */
function* nothingAttached(planting: Planting): Process {
  const { world } = planting;
  const pipeline = planting.wholesale;
  const deals = [0, 1, 2].map(() => planting.deal({ pipeline }));
  const [never, late, timely] = deals;
  if (!never || !late || !timely) return;
  for (const deal of deals) planting.touchAndPlan(deal);
  planting.nearMiss('I09', key(timely));
  yield planting.worked(30);
  sendMail(world, subjectOf(timely), true);
  yield planting.worked(10);
  for (const deal of deals) moveDeal(world, deal, 'C5:FINAL_INVOICE', deal.ownerId);
  for (const deal of [never, late]) planting.breach('I09', key(deal));
  yield planting.worked(60);
  sendMail(world, subjectOf(late), true);
}

/** I10: dated before its deal, or under a number that was given before and is changed late, or in time. */
function* oddDateOrNumber(planting: Planting): Process {
  const { world, hours } = planting;
  const begindate = hours.dateOf(world.nowMs - 3 * DAY_MS);
  const early = bill(planting, billedDeal(planting), undefined, { begindate });
  const numbered = () => {
    const accountNumber = `П-${world.nextId('planted-number')}`;
    bill(planting, billedDeal(planting), undefined, { accountNumber });
    return bill(planting, billedDeal(planting), undefined, { accountNumber });
  };
  const [late, timely] = [numbered(), numbered()];
  planting.breach('I10', `invoice:${early}`);
  planting.breach('I10', `invoice:${late}`, 'live');
  planting.nearMiss('I10', `invoice:${timely}`);
  const renumber = (id: string) =>
    planting.update(`invoice:${id}`, { accountNumber: `П-${world.nextId('planted-number')}` }, '1');
  yield planting.days(1, -5);
  renumber(timely);
  yield planting.days(1);
  renumber(late);
}

export const plantsOfInvoices: PlantList = [
  [withoutDeal, 4],
  [differsFromDeal, 5],
  [overdueUnpaid, 8],
  [ofAnotherCompany, 4],
  [editedAfterSending, 4],
  [cancelledAfterPaid, 4],
  [paidButNotMoved, 6],
  [severalOfOneSum, 6],
  [nothingAttached, 4],
  [oddDateOrNumber, 6],
];
