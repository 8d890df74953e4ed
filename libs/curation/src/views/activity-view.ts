import type { ActivityReading } from '../world/activities.js';
import type { RecordState } from '../world/record-state.js';
import type { World } from '../world/world.js';

/** An activity as conditions see it. */
export class ActivityView {
  constructor(
    private readonly world: World,
    readonly stream: string,
  ) {}

  private get state(): RecordState | null {
    return this.world.records.get(this.stream) ?? null;
  }
  private get reading(): ActivityReading | null {
    const { state } = this;
    return state && this.world.read(state);
  }

  get id(): string {
    return this.state?.id ?? '';
  }
  /** `meeting`, `call`, `task`, `mail`, `message` or `todo`. */
  get type(): string {
    return this.reading?.type ?? '';
  }
  /** What the portal made for a task is no plan beside the task itself. */
  get is_planned(): boolean {
    const { state, reading } = this;
    return state !== null && reading !== null && reading.isPlanned && !this.world.standsForTask(state);
  }
  get has_deadline(): boolean {
    return this.reading?.deadlineMs != null;
  }
  get deadline(): Date {
    return new Date(this.reading?.deadlineMs ?? 0);
  }
  get has_end(): boolean {
    return this.reading?.endMs != null;
  }
  get end_at(): Date {
    return new Date(this.reading?.endMs ?? 0);
  }
  /** Kinds of the records it is bound to, its owner's first. */
  get bound_kinds(): string[] {
    const { state } = this;
    return state ? this.world.boundTo(state).map((stream) => stream.slice(0, stream.indexOf(':'))) : [];
  }
  get assignee(): string {
    return this.state?.text('responsibleId') ?? '';
  }
  get author(): string {
    return this.state?.text('authorId') ?? '';
  }
}
