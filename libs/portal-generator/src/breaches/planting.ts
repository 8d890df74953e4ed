import { RUSSIAN_SPECIAL_DAYS } from '../discipline/special-days.js';
import { WorkingHours } from '../discipline/working-hours.js';
import { addLead, leadSubject } from '../journeys/lead-journey.js';
import type { PipelineParameters } from '../parameters/company-parameters.js';
import {
  addCall,
  addTask,
  completeActivity,
  finishTask,
  planMeeting,
  planTodo,
  sendMail,
  type Subject,
} from '../records/activities.js';
import { addContact } from '../records/clients.js';
import { addDeal, moveDeal, processStages, subjectOf } from '../records/deals.js';
import type { PortalFields } from '../script.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS, instantText, MINUTE_MS, wholeSecond } from '../world/portal-calendar.js';
import type { ClientState, DealState, LeadState } from '../world/working-set.js';
import type { World } from '../world/world.js';
import type { PlantedBreach } from './planted-breach.js';

/** One story with a breach, a cured breach or a near miss in it. */
type Plant = (planting: Planting) => Process;

/** Each story with how many working days before the end of the history it begins. */
export type PlantList = readonly (readonly [Plant, workingDaysBefore: number])[];

/** What those who plant breaches need: the world, working time, records without a fault, and the book of what is planted. */
export class Planting {
  readonly hours: WorkingHours;

  constructor(readonly world: World) {
    this.hours = new WorkingHours(world.parameters.zone, RUSSIAN_SPECIAL_DAYS);
  }

  get leads(): PipelineParameters {
    return this.world.pipeline('lead', '0');
  }

  get sales(): PipelineParameters {
    return this.world.pipeline('deal', '0');
  }

  get wholesale(): PipelineParameters {
    return this.world.pipeline('deal', '5');
  }

  /** Notes a breach that begins now. */
  breach(
    ruleId: string,
    subject: string,
    visibleFrom: PlantedBreach['visibleFrom'] = 'history',
    { about = null, at = this.world.nowMs }: { about?: string | null; at?: number } = {},
  ): void {
    this.world.breaches.push({ ruleId, subject, about, at, visibleFrom });
  }

  /** Notes that nothing is wrong from now on, or within the given time around now. */
  nearMiss(ruleId: string, subject: string, options: { about?: string | null; withinMs?: number } = {}): void {
    const { about = null, withinMs } = options;
    const { nowMs } = this.world;
    const [from, to] = withinMs === undefined ? [Number.NEGATIVE_INFINITY, null] : [nowMs - withinMs, nowMs + withinMs];
    this.world.nearMisses.push({ ruleId, subject, about, from: Math.max(from, 0), to });
  }

  /** The instant by which so many minutes of work have passed from now. */
  worked(minutes: number): number {
    return this.hours.afterWorked(this.world.nowMs, minutes * MINUTE_MS);
  }

  /** The same time of day so many working days from now, some minutes earlier or later. */
  days(count: number, minutes = 0): number {
    return this.hours.afterWorkingDays(this.world.nowMs, count) + minutes * MINUTE_MS;
  }

  /** The last instant, at eleven, of which the end of the history lies at least so many working days later. */
  workingDaysBeforeEnd(count: number): number {
    const { endAt } = this.world.parameters;
    for (let back = count; ; back += 1) {
      const at = this.hours.endOf(this.hours.dateOf(endAt - (back + 1) * DAY_MS)) + 11 * 60 * MINUTE_MS;
      if (this.hours.isWorking(at) && this.hours.afterWorkingDays(at, count) <= endAt) return at;
    }
  }

  /** Kopecks of a usual deal, the same for every seed. */
  someAmount(): number {
    return this.world.random.integer(300, 600) * 10_000;
  }

  lead(options: { sourceId?: string | null; by?: string; phone?: string } = {}): LeadState {
    return addLead(this.world, this.leads, { ownerId: this.world.aSeller(), reserved: true, ...options });
  }

  /** A lead called three times within half an hour. */
  *workedLead(calls = 3): Generator<number, LeadState, void> {
    const lead = this.lead({ sourceId: 'CALL' });
    for (let call = 0; call < calls; call += 1) {
      yield this.worked(8);
      addCall(this.world, leadSubject(lead));
    }
    return lead;
  }

  contact(more: PortalFields = {}, companyId: string | null = null): ClientState {
    return addContact(this.world, { ownerId: this.world.aSeller(), companyId, more });
  }

  /** A deal in the first stage with a client, of which nothing can be said yet. */
  deal(
    options: {
      ownerId?: string;
      pipeline?: PipelineParameters;
      stageId?: string;
      client?: ClientState | null;
      amountKopecks?: number;
      closeInDays?: number;
      sourceId?: string | null;
      more?: PortalFields;
    } = {},
  ): DealState {
    const ownerId = options.ownerId ?? this.world.aSeller();
    const pipeline = options.pipeline ?? this.sales;
    const client = options.client === undefined ? addContact(this.world, { ownerId, companyId: null }) : options.client;
    return addDeal(this.world, {
      pipeline,
      stageId: options.stageId ?? processStages(pipeline)[0] ?? 'NEW',
      ownerId,
      client,
      amountKopecks: options.amountKopecks ?? this.someAmount(),
      closeInDays: options.closeInDays ?? 90,
      reserved: true,
      ...(options.sourceId === undefined ? {} : { sourceId: options.sourceId }),
      more: { UF_CRM_DELIVERY_CITY: 'Тула', ...options.more },
    });
  }

  /** A call made and a step planned far ahead. */
  touchAndPlan(deal: DealState): string {
    addCall(this.world, subjectOf(deal));
    return this.planFarAhead(subjectOf(deal));
  }

  planFarAhead(subject: Subject): string {
    return planTodo(this.world, subject, this.world.nowMs + 60 * DAY_MS);
  }

  holdMeeting(deal: DealState): void {
    const id = planMeeting(this.world, subjectOf(deal), this.world.nowMs - 60 * MINUTE_MS);
    completeActivity(this.world, id, deal.ownerId);
  }

  /** To a stage with what it asks for. */
  advance(deal: DealState, stageId: string, more: PortalFields = {}): void {
    if (stageId === 'PREPARATION') this.holdMeeting(deal);
    if (stageId === 'PREPAYMENT_INVOICE' || stageId === 'C5:PREPARATION') sendMail(this.world, subjectOf(deal), true);
    moveDeal(this.world, deal, stageId, deal.ownerId, more);
  }

  update(key: string, fields: PortalFields, by: string): void {
    const [entity = '', id = ''] = key.split(':');
    this.world.update(entity as 'deal', id, fields, by);
  }

  task(deal: DealState): { id: string; finish: () => void } {
    const id = addTask(this.world, subjectOf(deal), { reserved: true });
    return { id, finish: () => finishTask(this.world, { id, ownerId: deal.ownerId }) };
  }

  /** Somebody who works in the company and sells nothing himself. */
  employee(lastName: string): string {
    return this.world.add(
      'user',
      {
        ACTIVE: true,
        NAME: 'Илья',
        LAST_NAME: lastName,
        EMAIL: `user${this.world.nowMs % 100_000}.${this.world.random.integer(100, 999)}@torgovy-dom.internal`,
        WORK_PHONE: '',
        UF_DEPARTMENT: [2],
        DATE_REGISTER: instantText(this.world.nowMs),
        TIME_ZONE: '',
        USER_TYPE: 'employee',
      },
      '1',
    );
  }

  /** When something that takes a few working days at the end of a month can begin; null when no such day is left. */
  lastDaysOfMonth(): number | null {
    const { startAt, endAt } = this.world.parameters;
    for (let back = 0; ; back += 1) {
      const at = wholeSecond(this.hours.endOf(this.hours.dateOf(endAt - (back + 1) * DAY_MS)) + 11 * 60 * MINUTE_MS);
      if (at < startAt + DAY_MS) return null;
      const isLast = this.hours.daysLeftInMonth(at) < 3;
      if (isLast && this.hours.isWorking(at) && this.hours.afterWorkingDays(at, 2) <= endAt) return at;
    }
  }
}
