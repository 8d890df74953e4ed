import type { NearMiss, PlantedBreach } from '../breaches/planted-breach.js';
import {
  type CompanyParameters,
  type PersonParameters,
  pipelineIdOf,
  type PipelineParameters,
} from '../parameters/company-parameters.js';
import type { PortalDoer, PortalEntity, PortalFields, PortalOperation } from '../script.js';
import { Agenda, type Process } from './agenda.js';
import { PortalCalendar, wholeSecond } from './portal-calendar.js';
import { Randomness } from './randomness.js';
import { StageRows } from './stage-rows.js';
import { WorkingSet } from './working-set.js';

/** The simulated company at one moment: its clock, its chance, its ids, and the operations it has just made. */
export class World {
  nowMs: number;
  readonly random: Randomness;
  readonly calendar: PortalCalendar;
  /** What people work on now; live activity picks from it. */
  readonly atWork = new WorkingSet();
  readonly sellers: PersonParameters[];
  readonly headId: string;
  readonly breaches: PlantedBreach[] = [];
  readonly nearMisses: NearMiss[] = [];
  readonly stageRows = new StageRows();
  /** As configured now: a removed stage is no longer used. */
  private readonly pipelineList: PipelineParameters[];
  private readonly agenda = new Agenda();
  private readonly lastIds = new Map<string, number>();
  private made: PortalOperation[] = [];

  constructor(readonly parameters: CompanyParameters) {
    this.pipelineList = parameters.pipelines.map((pipeline) => ({ ...pipeline, stages: [...pipeline.stages] }));
    this.nowMs = wholeSecond(parameters.startAt);
    this.random = new Randomness(parameters.seed);
    this.calendar = new PortalCalendar(parameters.zone, parameters.keepsWorkingHours);
    this.sellers = parameters.people.filter((person) => person.role === 'seller');
    this.headId = (parameters.people.find((person) => person.role === 'head') ?? parameters.people[0])?.id ?? '1';
  }

  /** Starts a process at the given moment, or now when that is past. */
  start(atMs: number, process: Process): void {
    this.agenda.schedule(Math.max(wholeSecond(atMs), this.nowMs), process);
  }

  /** Lets everything due up to and including the moment happen, in order. */
  *runUntil(untilMs: number): Generator<PortalOperation, void, void> {
    for (let at = this.agenda.nextAt; at !== null && at <= untilMs; at = this.agenda.nextAt) {
      const process = this.agenda.takeNext();
      if (!process) return;
      this.nowMs = at;
      const step = process.next();
      if (!step.done) this.start(step.value, process);
      if (this.made.length > 0) yield* this.takeMade();
    }
  }

  /** Drops all plans: whatever was going to happen does not. */
  forgetPlans(): void {
    this.agenda.clear();
  }

  takeMade(): PortalOperation[] {
    const made = this.made;
    this.made = [];
    return made;
  }

  nextId(entity: string): string {
    const id = (this.lastIds.get(entity) ?? 0) + 1;
    this.lastIds.set(entity, id);
    return String(id);
  }

  /** Makes the ids of an entity start after the given one. */
  reserveIds(entity: string, last: number): void {
    this.lastIds.set(entity, Math.max(last, this.lastIds.get(entity) ?? 0));
  }

  add(entity: PortalEntity, fields: PortalFields, by: PortalDoer, id = this.nextId(entity)): string {
    this.made.push({ op: 'add', at: this.nowMs, by, entity, id, fields });
    return id;
  }

  update(
    entity: PortalEntity,
    id: string,
    fields: PortalFields,
    by: PortalDoer,
    way: 'classic' | 'item' | 'silent' = entity === 'invoice' ? 'item' : 'classic',
  ): void {
    this.made.push({ op: 'update', at: this.nowMs, by, entity, id, fields, way });
  }

  remove(entity: PortalEntity, id: string, by: PortalDoer): void {
    this.made.push({ op: 'delete', at: this.nowMs, by, entity, id });
  }

  merge(entity: 'lead' | 'deal' | 'contact' | 'company', winner: string, losers: string[], by: PortalDoer): void {
    this.made.push({ op: 'merge', at: this.nowMs, by, entity, id: winner, losers });
  }

  setProductRows(ownerType: 'L' | 'D' | 'SI', ownerId: string, rows: PortalFields[], by: PortalDoer): void {
    this.made.push({ op: 'set-product-rows', at: this.nowMs, by, ownerType, ownerId, rows });
  }

  get allPipelines(): PipelineParameters[] {
    return this.pipelineList;
  }

  pipelines(kind: PipelineParameters['kind']): PipelineParameters[] {
    return this.pipelineList.filter((pipeline) => pipeline.kind === kind);
  }

  pipeline(kind: PipelineParameters['kind'], categoryId: string): PipelineParameters {
    const found = this.pipelineList.find((one) => one.kind === kind && one.categoryId === categoryId);
    if (!found) throw new Error(`The company has no pipeline ${kind}:${categoryId}.`);
    return found;
  }

  /** True while the numbers of this month are fixed for the pipeline: nothing else may enter it. */
  isCountedExactly(pipeline: PipelineParameters): boolean {
    const { firstMonth, startAt } = this.parameters;
    return firstMonth?.pipelineId === pipelineIdOf(pipeline) && this.nowMs < this.calendar.startOfMonth(startAt, 1);
  }

  aSeller(): string {
    return this.random.pick(this.sellers).id;
  }

  /** A moment some days from now, inside working hours where the company keeps them. */
  daysLater(days: number): number {
    return this.calendar.workMoment(this.nowMs + Math.max(1000, days * 86_400_000), this.random);
  }

  minutesLater(minutes: number): number {
    return this.calendar.workMoment(this.nowMs + Math.max(1000, minutes * 60_000), this.random);
  }
}
