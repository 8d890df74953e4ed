import type { PipelineParameters } from '../parameters/company-parameters.js';
import type { PortalFields } from '../script.js';
import { latin } from '../texts/identifiers.js';
import { comments, leadSubjects, lossComments } from '../texts/russian-texts.js';
import { addCall, completeActivity, planTodo, type Subject } from '../records/activities.js';
import { addContact, emailField, newPhone, phoneField, someone } from '../records/clients.js';
import { lostStages, processStages, someTicket, wonStage } from '../records/deals.js';
import { HOUR_MS } from '../world/portal-calendar.js';
import { LOSS_REASONS, SOURCES } from '../world/setup.js';
import type { Process } from '../world/agenda.js';
import type { LeadState } from '../world/working-set.js';
import type { World } from '../world/world.js';
import { type DealOrigin, dealJourney } from './deal-journey.js';

export function leadSubject(lead: LeadState): Subject {
  return { typeId: '1', id: lead.id, ownerId: lead.ownerId, contactId: null, phone: lead.phone };
}

export interface NewLead {
  ownerId: string;
  sourceId?: string | null;
  phone?: string;
  stageId?: string;
  reserved?: boolean;
  /** The owner or automation, as it happens, when left out. */
  by?: string;
}

/** Adds a lead with a person, a phone and usually an address. */
export function addLead(world: World, pipeline: PipelineParameters, lead: NewLead): LeadState {
  const { random } = world;
  const person = someone(world);
  const phone = lead.phone ?? newPhone(world);
  const sourceId = lead.sourceId === undefined ? random.pick(SOURCES) : lead.sourceId;
  const stageId = lead.stageId ?? processStages(pipeline)[0] ?? 'NEW';
  const fields: PortalFields = {
    TITLE: `${random.pick(leadSubjects)} №${world.nextId('lead-title')}`,
    NAME: person.name,
    SECOND_NAME: person.secondName,
    LAST_NAME: person.lastName,
    STATUS_ID: stageId,
    SOURCE_ID: sourceId,
    CURRENCY_ID: world.parameters.currency,
    OPPORTUNITY: (someTicket(world, pipeline) / 100).toFixed(2),
    IS_MANUAL_OPPORTUNITY: 'N',
    ASSIGNED_BY_ID: lead.ownerId,
    OPENED: 'Y',
    COMMENTS: random.chance(0.3) ? random.pick(comments) : '',
    PHONE: phoneField(phone),
  };
  if (random.chance(0.6)) {
    fields['EMAIL'] = emailField(`${latin(person.lastName)}${world.nextId('mailbox')}@client.internal`);
  }
  const id = world.add('lead', fields, lead.by ?? (random.chance(0.5) ? lead.ownerId : 'robot'));
  const state: LeadState = { id, stageId, ownerId: lead.ownerId, phone, fullName: person, openTodoId: null, sourceId };
  if (!lead.reserved) world.atWork.leads.add(state);
  return state;
}

export function moveLead(
  world: World,
  lead: LeadState,
  stageId: string,
  by = lead.ownerId,
  more: PortalFields = {},
): void {
  world.update('lead', lead.id, { STATUS_ID: stageId, ...more }, by);
  lead.stageId = stageId;
}

export function junkLead(world: World, pipeline: PipelineParameters, lead: LeadState): void {
  const reason = world.random.pick([LOSS_REASONS.price, LOSS_REASONS.budget, LOSS_REASONS.silent]);
  const text = world.random.pick(lossComments);
  moveLead(world, lead, world.random.pick(lostStages(pipeline)), lead.ownerId, {
    UF_CRM_LOSS_REASON: reason,
    STATUS_DESCRIPTION: text,
  });
  world.atWork.leads.delete(lead.id);
}

/** The lead becomes a contact and then, in the caller's hands, a deal that points back to it. */
export function convertLead(world: World, pipeline: PipelineParameters, lead: LeadState): DealOrigin {
  moveLead(world, lead, wonStage(pipeline));
  world.atWork.leads.delete(lead.id);
  const client = addContact(world, {
    ownerId: lead.ownerId,
    companyId: null,
    leadId: lead.id,
    person: lead.fullName,
    phone: lead.phone,
  });
  world.atWork.clients.add({ id: client.contactId, ...client });
  return { leadId: lead.id, ownerId: lead.ownerId, client, sourceId: lead.sourceId };
}

/** The seller works the lead until the given moment: the first call within minutes, then a planned step. */
export function* workLead(world: World, pipeline: PipelineParameters, lead: LeadState, untilMs: number): Process {
  const { random } = world;
  const stages = processStages(pipeline);
  const full = world.parameters.detail === 'full';
  const span = untilMs - world.nowMs;
  yield Math.min(world.minutesLater(random.integer(2, 25)), world.nowMs + Math.floor(span * 0.3));
  addCall(world, leadSubject(lead));
  if (full) lead.openTodoId = planTodo(world, leadSubject(lead), Math.max(untilMs, world.nowMs + 3 * HOUR_MS));
  for (const stageId of stages.slice(stages.indexOf(lead.stageId) + 1)) {
    const left = untilMs - world.nowMs;
    if (left < 3000 || random.chance(0.15)) continue;
    yield world.nowMs + Math.floor((left * random.integer(20, 80)) / 100);
    const before = lead.stageId;
    moveLead(world, lead, stageId, random.chance(world.parameters.quirks.robotMove) ? 'robot' : lead.ownerId);
    if (random.chance(world.parameters.quirks.rollback / 2)) moveLead(world, lead, before);
  }
  yield untilMs;
  if (lead.openTodoId) completeActivity(world, lead.openTodoId, lead.ownerId);
  lead.openTodoId = null;
}

/** A lead that begins now and ends as a deal, as junk, or is left lying; some are deleted or merged. */
export function* leadJourney(
  world: World,
  pipeline: PipelineParameters,
  dealPipeline: PipelineParameters | null,
): Process {
  const { random } = world;
  const { quirks } = world.parameters;
  const stages = processStages(pipeline);
  const lead = addLead(world, pipeline, {
    ownerId: world.aSeller(),
    sourceId: random.chance(quirks.missingSource) ? null : random.pick(SOURCES),
    stageId: (random.chance(quirks.createdInMiddle) ? stages[1] : stages[0]) ?? 'NEW',
  });
  if (random.chance(quirks.merge)) yield* mergeWithDuplicate(world, pipeline, lead);
  const until = world.daysLater(random.logNormal(pipeline.medianDwellDays[0] ?? 1, pipeline.dwellSigma));
  yield* workLead(world, pipeline, lead, until);
  if (random.chance(quirks.ownerChange)) {
    lead.ownerId = world.aSeller();
    world.update('lead', lead.id, { ASSIGNED_BY_ID: lead.ownerId }, world.headId);
  }
  if (random.chance(quirks.deletion)) {
    world.atWork.leads.delete(lead.id);
    world.remove('lead', lead.id, lead.ownerId);
  } else if (dealPipeline) {
    const origin = convertLead(world, pipeline, lead);
    yield* dealJourney(world, dealPipeline, origin);
  } else if (random.chance(pipeline.lossShare)) {
    junkLead(world, pipeline, lead);
    if (random.chance(quirks.reopenAfterLost)) {
      yield world.daysLater(pipeline.medianDwellDays[0] ?? 1);
      moveLead(world, lead, processStages(pipeline)[0] ?? 'NEW');
      world.atWork.leads.add(lead);
    }
  }
}

function* mergeWithDuplicate(world: World, pipeline: PipelineParameters, lead: LeadState): Process {
  yield world.daysLater(world.random.next() * 0.3);
  const twin = addLead(world, pipeline, { ownerId: world.aSeller(), phone: lead.phone, reserved: true });
  yield world.daysLater(world.random.next() * 0.5);
  world.merge('lead', lead.id, [twin.id], world.headId);
}
