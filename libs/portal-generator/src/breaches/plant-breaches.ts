import type { PipelineParameters } from '../parameters/company-parameters.js';
import { addCall, completeActivity, planTodo, sendMail } from '../records/activities.js';
import { addContact } from '../records/clients.js';
import { addDeal, loseDeal, moveDeal, processStages, subjectOf, wonStage } from '../records/deals.js';
import { addInvoice, moveInvoice } from '../records/invoices.js';
import { addLead, leadSubject, moveLead } from '../journeys/lead-journey.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../world/portal-calendar.js';
import { LOSS_REASONS } from '../world/setup.js';
import type { DealState } from '../world/working-set.js';
import type { World } from '../world/world.js';
import type { PlantedBreach } from './planted-breach.js';

type Plant = (world: World, visibleFrom: PlantedBreach['visibleFrom']) => Process;

/** Each breach with how many days before the end of the history it happens, and who can still see it. */
const plants: readonly (readonly [Plant, daysBefore: number, visibleFrom: PlantedBreach['visibleFrom']])[] = [
  [leadWithoutTouch, 4, 'history'],
  [leadWithoutTouch, 9, 'history'],
  [leadWithoutPlan, 6, 'history'],
  [leadWithoutPlan, 12, 'live'],
  [overdueActivity, 8, 'history'],
  [overdueActivity, 13, 'live'],
  [lossReasonMissing, 5, 'history'],
  [lossReasonOther, 7, 'history'],
  [lossReasonMissing, 11, 'live'],
  [skippedStage, 5, 'history'],
  [skippedStage, 15, 'history'],
  [offerWithoutFile, 6, 'history'],
  [lostWithoutGround, 7, 'history'],
  [wonWithoutPayment, 14, 'history'],
  [dealWithoutNextStep, 5, 'history'],
  [dealWithoutNextStep, 12, 'live'],
  [closeDatePast, 16, 'history'],
  [closeDatePast, 18, 'live'],
  [duplicateContact, 6, 'history'],
  [duplicateContact, 10, 'live'],
  [invoiceDiffers, 5, 'history'],
  [invoiceDiffers, 9, 'live'],
];

/** Plants at least one breach of each rule of the starter pack into the last weeks of the history. */
export function startPlants(world: World): void {
  for (const [plant, daysBefore, visibleFrom] of plants) {
    const at = world.calendar.workMoment(world.parameters.endAt - daysBefore * DAY_MS, world.random);
    world.start(at, plant(world, visibleFrom));
  }
}

/** And some into the first minutes of live activity; what is left behind shows them as well. */
export function startLivePlants(world: World): void {
  const live: readonly (readonly [Plant, minutes: number])[] = [
    [skippedStage, 1],
    [lostWithoutGround, 2],
    [lossReasonMissing, 3],
    [offerWithoutFile, 5],
    [duplicateContact, 7],
  ];
  for (const [plant, minutes] of live) {
    world.start(world.parameters.endAt + minutes * MINUTE_MS, plant(world, 'history'));
  }
}

function note(
  world: World,
  ruleId: PlantedBreach['ruleId'],
  entity: PlantedBreach['entity'],
  objectId: string,
  visibleFrom: PlantedBreach['visibleFrom'],
  at = world.nowMs,
): void {
  world.breaches.push({ ruleId, entity, objectId, at, visibleFrom });
}

function leads(world: World): PipelineParameters {
  return world.pipeline('lead', '0');
}

function sales(world: World): PipelineParameters {
  return world.pipeline('deal', '0');
}

/** A deal in the first stage with a client, a call made and a next step planned far ahead: nothing to object to. */
function soundDeal(world: World, options: { closeInDays?: number } = {}): DealState {
  const ownerId = world.aSeller();
  const pipeline = sales(world);
  const deal = addDeal(world, {
    pipeline,
    stageId: processStages(pipeline)[0] ?? 'NEW',
    ownerId,
    client: addContact(world, { ownerId, companyId: null }),
    amountKopecks: world.random.integer(300, 600) * 10_000,
    closeInDays: options.closeInDays ?? 90,
    reserved: true,
  });
  return deal;
}

function touchAndPlan(world: World, deal: DealState): string {
  addCall(world, subjectOf(deal));
  return planTodo(world, subjectOf(deal), world.nowMs + 60 * DAY_MS);
}

/** L01: a lead with a step planned, but nobody ever called or wrote. */
function* leadWithoutTouch(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const lead = addLead(world, leads(world), { ownerId: world.aSeller(), reserved: true });
  note(world, 'L01', 'lead', lead.id, visibleFrom);
  yield world.minutesLater(20);
  planTodo(world, leadSubject(lead), world.nowMs + 60 * DAY_MS);
}

/** L03: called within minutes, nothing planned afterwards; cured days later by a planned step. */
function* leadWithoutPlan(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const lead = addLead(world, leads(world), { ownerId: world.aSeller(), reserved: true });
  yield world.minutesLater(10);
  addCall(world, leadSubject(lead));
  note(world, 'L03', 'lead', lead.id, visibleFrom);
  if (visibleFrom === 'history') return;
  yield world.daysLater(3);
  planTodo(world, leadSubject(lead), world.nowMs + 60 * DAY_MS);
}

/** L04: a planned activity whose deadline passed days ago; cured by moving the deadline. */
function* overdueActivity(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const lead = addLead(world, leads(world), { ownerId: world.aSeller(), reserved: true });
  yield world.minutesLater(10);
  addCall(world, leadSubject(lead));
  const deadline = world.daysLater(1);
  const activityId = planTodo(world, leadSubject(lead), deadline);
  note(world, 'L04', 'activity', activityId, visibleFrom, deadline);
  if (visibleFrom === 'history') return;
  yield Math.max(deadline + 4 * DAY_MS, world.daysLater(5));
  const later = `${new Date(world.nowMs + 60 * DAY_MS).toISOString().slice(0, 19)}Z`;
  world.update('activity', activityId, { DEADLINE: later, END_TIME: later }, lead.ownerId);
}

/** L07: a lead given up with an empty reason; cured by filling it in. */
function* lossReasonMissing(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const lead = yield* workedLead(world);
  moveLead(world, lead, 'JUNK');
  note(world, 'L07', 'lead', lead.id, visibleFrom);
  if (visibleFrom === 'history') return;
  yield world.daysLater(3);
  const reason = { UF_CRM_LOSS_REASON: LOSS_REASONS.budget, STATUS_DESCRIPTION: 'Бюджет перенесён на следующий год.' };
  world.update('lead', lead.id, reason, lead.ownerId);
}

/** L07: the reason is "other" and the comment says nothing. */
function* lossReasonOther(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const lead = yield* workedLead(world);
  moveLead(world, lead, 'JUNK', lead.ownerId, { UF_CRM_LOSS_REASON: LOSS_REASONS.other, STATUS_DESCRIPTION: 'нет' });
  note(world, 'L07', 'lead', lead.id, visibleFrom);
}

function* workedLead(world: World): Generator<number, ReturnType<typeof addLead>, void> {
  const lead = addLead(world, leads(world), { ownerId: world.aSeller(), reserved: true });
  for (let call = 0; call < 3; call += 1) {
    yield world.nowMs + 10 * MINUTE_MS;
    addCall(world, leadSubject(lead));
  }
  return lead;
}

/** D01: from the first stage straight to the offer, by a person; the offer itself was sent. */
function* skippedStage(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const deal = soundDeal(world);
  yield world.nowMs + 20_000;
  touchAndPlan(world, deal);
  sendMail(world, subjectOf(deal), true);
  yield world.nowMs + 40_000;
  moveDeal(world, deal, 'PREPAYMENT_INVOICE', deal.ownerId);
  note(world, 'D01', 'deal', deal.id, visibleFrom);
}

/** D05: "offer sent" without any letter with a file. */
function* offerWithoutFile(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const deal = soundDeal(world);
  yield world.nowMs + 30_000;
  touchAndPlan(world, deal);
  moveDeal(world, deal, 'PREPARATION', deal.ownerId);
  yield world.nowMs + 90_000;
  moveDeal(world, deal, 'PREPAYMENT_INVOICE', deal.ownerId);
  note(world, 'D05', 'deal', deal.id, visibleFrom);
}

/** D08: lost a minute after it was created, without an attempt to reach the client. */
function* lostWithoutGround(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const deal = soundDeal(world);
  yield world.nowMs + 60_000;
  loseDeal(world, deal, deal.ownerId);
  note(world, 'D08', 'deal', deal.id, visibleFrom);
}

/** D11: won two weeks ago, never invoiced, never paid. */
function* wonWithoutPayment(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const deal = soundDeal(world);
  touchAndPlan(world, deal);
  for (const stageId of processStages(sales(world)).slice(1)) {
    yield world.nowMs + HOUR_MS;
    if (stageId === 'PREPAYMENT_INVOICE') sendMail(world, subjectOf(deal), true);
    moveDeal(world, deal, stageId, deal.ownerId);
  }
  yield world.nowMs + HOUR_MS;
  moveDeal(world, deal, wonStage(sales(world)), deal.ownerId);
  note(world, 'D11', 'deal', deal.id, visibleFrom);
}

/** F01: an open deal whose only step was done, and nothing is planned; cured by a planned step. */
function* dealWithoutNextStep(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const deal = soundDeal(world);
  addCall(world, subjectOf(deal));
  const todoId = planTodo(world, subjectOf(deal), world.nowMs + DAY_MS);
  yield world.minutesLater(30);
  completeActivity(world, todoId, deal.ownerId);
  note(world, 'F01', 'deal', deal.id, visibleFrom);
  if (visibleFrom === 'history') return;
  yield world.daysLater(3);
  planTodo(world, subjectOf(deal), world.nowMs + 60 * DAY_MS);
}

/** F02: an open deal whose expected close has passed; cured by a later date. */
function* closeDatePast(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const deal = soundDeal(world, { closeInDays: 3 });
  touchAndPlan(world, deal);
  const passedAt = world.calendar.startOfDay(world.nowMs + 4 * DAY_MS);
  note(world, 'F02', 'deal', deal.id, visibleFrom, passedAt);
  if (visibleFrom === 'history') return;
  yield world.daysLater(8);
  world.update('deal', deal.id, { CLOSEDATE: world.calendar.dateOf(world.nowMs + 90 * DAY_MS) }, deal.ownerId);
}

/** K05: a second contact with the phone of the first; cured by a merge. */
function* duplicateContact(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const ownerId = world.aSeller();
  const first = addContact(world, { ownerId, companyId: null });
  yield world.nowMs + 30_000;
  const second = addContact(world, { ownerId: world.aSeller(), companyId: null, phone: first.phone });
  note(world, 'K05', 'contact', second.contactId, visibleFrom);
  if (visibleFrom === 'history') return;
  yield world.daysLater(4);
  world.merge('contact', first.contactId, [second.contactId], world.headId);
}

/** I02: the invoice is 500 roubles above the deal; cured by correcting it. */
function* invoiceDiffers(world: World, visibleFrom: PlantedBreach['visibleFrom']): Process {
  const deal = soundDeal(world);
  touchAndPlan(world, deal);
  yield world.minutesLater(60);
  const invoiceId = addInvoice(world, deal, deal.amountKopecks + 50_000);
  if (invoiceId === null) return;
  note(world, 'I02', 'invoice', invoiceId, visibleFrom);
  yield world.minutesLater(30);
  moveInvoice(world, invoiceId, 'DT31_9:S', deal.ownerId);
  if (visibleFrom === 'history') return;
  yield world.daysLater(2);
  world.update('invoice', invoiceId, { opportunity: deal.amountKopecks / 100 }, deal.ownerId);
}
