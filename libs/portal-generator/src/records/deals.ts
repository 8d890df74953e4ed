import { roublesOf } from '@funnelwatch/kernel';
import type { PipelineParameters } from '../parameters/company-parameters.js';
import type { PortalFields } from '../script.js';
import { cities, comments, dealSubjects, lossComments, products } from '../texts/russian-texts.js';
import { DAY_MS } from '../world/portal-calendar.js';
import { LOSS_REASONS, SOURCES } from '../world/setup.js';
import type { ClientState, DealState } from '../world/working-set.js';
import type { World } from '../world/world.js';
import { completeActivity, type Subject } from './activities.js';

/** Stages in process in the order of the configuration at the start. */
export function processStages(pipeline: PipelineParameters): string[] {
  return pipeline.stages.filter((stage) => stage.semantics === 'P').map((stage) => stage.id);
}

export function wonStage(pipeline: PipelineParameters): string {
  const stage = pipeline.stages.find((one) => one.semantics === 'S');
  if (!stage) throw new Error(`The pipeline "${pipeline.name}" has no won stage.`);
  return stage.id;
}

export function lostStages(pipeline: PipelineParameters): string[] {
  return pipeline.stages.filter((stage) => stage.semantics === 'F').map((stage) => stage.id);
}

export function subjectOf(deal: DealState): Subject {
  return { typeId: '2', id: deal.id, ownerId: deal.ownerId, contactId: deal.contactId, phone: deal.phone };
}

export interface NewDeal {
  pipeline: PipelineParameters;
  stageId: string;
  ownerId: string;
  client: ClientState | null;
  amountKopecks: number;
  currency?: string;
  leadId?: string | null;
  sourceId?: string | null;
  defaultTitle?: boolean;
  by?: string;
  /** Days until the expected close. */
  closeInDays?: number;
  /** Keeps the deal out of live activity. */
  reserved?: boolean;
  /** Fields besides the usual ones, or instead of them. */
  more?: PortalFields;
}

/** Adds a deal. Amounts are kopecks of the deal's currency. */
export function addDeal(world: World, deal: NewDeal): DealState {
  const { random } = world;
  const currency = deal.currency ?? world.parameters.currency;
  const fields: PortalFields = {
    TYPE_ID: random.chance(0.8) ? 'SALE' : 'SERVICES',
    CATEGORY_ID: deal.pipeline.categoryId,
    STAGE_ID: deal.stageId,
    CURRENCY_ID: currency,
    OPPORTUNITY: roublesOf(BigInt(deal.amountKopecks)),
    IS_MANUAL_OPPORTUNITY: 'N',
    ASSIGNED_BY_ID: deal.ownerId,
    CONTACT_ID: deal.client?.contactId ?? null,
    COMPANY_ID: deal.client?.companyId ?? null,
    LEAD_ID: deal.leadId ?? null,
    BEGINDATE: world.calendar.dateOf(world.nowMs),
    CLOSEDATE: world.calendar.dateOf(world.nowMs + (deal.closeInDays ?? random.integer(14, 45)) * DAY_MS),
    OPENED: 'Y',
    COMMENTS: random.chance(0.4) ? random.pick(comments) : '',
    UF_CRM_DELIVERY_CITY: random.chance(0.6) ? random.pick(cities) : null,
  };
  if (!deal.defaultTitle) fields['TITLE'] = `${random.pick(dealSubjects)} №${world.nextId('deal-title')}`;
  if (deal.sourceId !== null) fields['SOURCE_ID'] = deal.sourceId ?? random.pick(SOURCES);
  else fields['SOURCE_ID'] = null;
  const id = world.add('deal', { ...fields, ...deal.more }, deal.by ?? deal.ownerId);
  const state: DealState = {
    id,
    categoryId: deal.pipeline.categoryId,
    stageId: deal.stageId,
    open: deal.pipeline.stages.find((stage) => stage.id === deal.stageId)?.semantics === 'P',
    ownerId: deal.ownerId,
    amountKopecks: deal.amountKopecks,
    currency,
    manualAmount: false,
    hasRows: false,
    contactId: deal.client?.contactId ?? null,
    phone: deal.client?.phone ?? null,
    companyId: deal.client?.companyId ?? null,
    openTodoId: null,
    invoiceId: null,
    reserved: deal.reserved ?? false,
    gone: false,
  };
  file(world, state);
  return state;
}

/** Puts a deal where live activity looks for it: among the open, the won or the lost ones. */
function file(world: World, deal: DealState): void {
  const { deals, won, lost } = world.atWork;
  for (const pool of [deals, won, lost]) pool.delete(deal.id);
  if (deal.reserved || deal.gone) return;
  const stages = world.pipeline('deal', deal.categoryId).stages;
  const semantics = stages.find((stage) => stage.id === deal.stageId)?.semantics;
  (semantics === 'S' ? won : semantics === 'F' ? lost : deals).add(deal);
}

/** Deletes a deal. */
export function deleteDeal(world: World, deal: DealState, by: string): void {
  forgetDeal(world, deal);
  world.remove('deal', deal.id, by);
}

/** Takes a deal out of the working set: it is about to vanish. */
export function forgetDeal(world: World, deal: DealState): void {
  deal.gone = true;
  deal.open = false;
  file(world, deal);
}

/** Moves a deal inside its pipeline and keeps the working set in step. `more` goes into the same update. */
export function moveDeal(world: World, deal: DealState, stageId: string, by: string, more: PortalFields = {}): void {
  const pipeline = world.pipeline('deal', deal.categoryId);
  const semantics = pipeline.stages.find((stage) => stage.id === stageId)?.semantics ?? 'P';
  world.update('deal', deal.id, { STAGE_ID: stageId, ...more }, by);
  deal.stageId = stageId;
  deal.open = semantics === 'P';
  // The portal closes the open activities of a deal that has come to an end.
  if (!deal.open) deal.openTodoId = null;
  file(world, deal);
}

/** Lost with a reason and a comment that a reader can use. */
export function loseDeal(world: World, deal: DealState, by: string): void {
  const { random } = world;
  const stageId = random.pick(lostStages(world.pipeline('deal', deal.categoryId)));
  const reason = random.pick([LOSS_REASONS.price, LOSS_REASONS.stock, LOSS_REASONS.budget, LOSS_REASONS.silent]);
  moveDeal(world, deal, stageId, by, { UF_CRM_LOSS_REASON: reason, COMMENTS: random.pick(lossComments) });
}

/** Moves a deal to a stage of another pipeline. */
export function changePipeline(
  world: World,
  deal: DealState,
  to: PipelineParameters,
  stageId: string,
  by: string,
): void {
  world.update('deal', deal.id, { CATEGORY_ID: to.categoryId, STAGE_ID: stageId }, by, 'item');
  deal.categoryId = to.categoryId;
  deal.stageId = stageId;
  deal.open = to.stages.find((stage) => stage.id === stageId)?.semantics === 'P';
  file(world, deal);
}

/** A ticket in kopecks, in whole hundreds of roubles or with kopecks now and then. */
export function someTicket(world: World, pipeline: PipelineParameters): number {
  const roubles = world.random.logNormal(pipeline.ticket.medianRoubles, pipeline.ticket.sigma);
  if (world.random.chance(0.1)) return Math.max(1, Math.round(roubles * 100));
  return Math.max(1, Math.round(roubles / 100)) * 10_000;
}

/** Changes the amount; product rows, where there are any, are written anew so that they add up to it. */
export function setAmount(world: World, deal: DealState, amountKopecks: number, by: string): void {
  deal.amountKopecks = amountKopecks;
  world.update('deal', deal.id, { OPPORTUNITY: roublesOf(BigInt(amountKopecks)) }, by);
  if (deal.hasRows) setRows(world, deal, by);
}

/** Product rows that add up to the deal's amount to the kopeck. */
export function setRows(world: World, deal: DealState, by: string): void {
  const rows: PortalFields[] = [];
  let left = deal.amountKopecks;
  for (let count = world.random.integer(0, 2); count > 0; count -= 1) {
    const product = world.random.pick(products);
    const quantity = Math.min(world.random.integer(1, 4), Math.floor(left / (product.roubles * 100)));
    if (quantity < 1) continue;
    rows.push(productRow(rows.length, product.name, product.roubles * 100, quantity));
    left -= product.roubles * 100 * quantity;
  }
  if (left > 0 || rows.length === 0) rows.push(productRow(rows.length, 'Доставка и комплектация', left, 1));
  world.setProductRows('D', deal.id, rows, by);
  deal.hasRows = true;
}

export function productRow(place: number, name: string, priceKopecks: number, quantity: number): PortalFields {
  return {
    PRODUCT_ID: 0,
    PRODUCT_NAME: name,
    PRICE: priceKopecks / 100,
    QUANTITY: quantity,
    DISCOUNT_TYPE_ID: 2,
    DISCOUNT_RATE: 0,
    DISCOUNT_SUM: 0,
    TAX_RATE: null,
    TAX_INCLUDED: 'Y',
    CUSTOMIZED: 'Y',
    MEASURE_CODE: 796,
    MEASURE_NAME: 'шт',
    SORT: (place + 1) * 10,
  };
}

export function changeOwner(world: World, deal: DealState, ownerId: string): void {
  world.update('deal', deal.id, { ASSIGNED_BY_ID: ownerId }, world.headId);
  deal.ownerId = ownerId;
}

export function finishTodo(world: World, deal: DealState): void {
  if (!deal.openTodoId) return;
  completeActivity(world, deal.openTodoId, deal.ownerId);
  deal.openTodoId = null;
}
