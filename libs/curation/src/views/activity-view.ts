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
  get is_planned(): boolean {
    return this.reading?.isPlanned ?? false;
  }
  get has_deadline(): boolean {
    return this.reading?.deadlineMs != null;
  }
  get deadline(): Date {
    return new Date(this.reading?.deadlineMs ?? 0);
  }
  get has_end(): boolean {
    return (this.reading?.endMs ?? this.reading?.deadlineMs ?? null) !== null;
  }
  get end_at(): Date {
    return new Date(this.reading?.endMs ?? this.reading?.deadlineMs ?? 0);
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
