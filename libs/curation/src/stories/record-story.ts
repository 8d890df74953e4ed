import { entityOf } from '@funnelwatch/capture-contracts';
import type { KeptFact } from '../facts/kept-fact.js';
import { aspects } from '../views/aspects.js';
import { ActivityView } from '../views/activity-view.js';
import { ClientView } from '../views/client-view.js';
import { PipelineRecordView } from '../views/pipeline-record-view.js';
import type { ViewSurroundings } from '../views/record-view.js';
import type { Happening } from '../world/happening.js';
import type { Pipelines } from '../world/pipelines.js';
import type { Gone, RecordState } from '../world/record-state.js';
import { tell } from '../world/tell.js';
import { channelOf } from '../world/channels.js';
import { World } from '../world/world.js';
import type { Contribution } from './contribution.js';
import { heardWithin } from './heard-hour.js';
import type { Step, Story } from './story.js';

export interface RecordStoryParts {
  subject: string;
  /** Facts of the subject and of everything around it, by stream. */
  facts: ReadonlyMap<string, readonly KeptFact[]>;
  pipelines: Pipelines;
  around: ViewSurroundings;
  /** The rule clock: later facts are not told. */
  untilMs: number;
  /** Whether a record was written into the portal by this product. */
  isOurs?: (stream: string) => boolean;
}

/** The life of a lead, deal, invoice, contact, company or activity. */
export class RecordStory implements Story {
  readonly subject: string;
  readonly view: object;
  private readonly world: World;
  private readonly happenings: Happening[];
  private holding: Contribution | null = null;
  private readonly given: Contribution[] = [];

  constructor({ subject, facts, pipelines, around, untilMs, isOurs }: RecordStoryParts) {
    this.subject = subject;
    this.world = new World(pipelines, isOurs);
    const kind = entityOf(subject)?.kind;
    this.happenings = tell(facts, untilMs, kind === undefined ? [] : pipelines.happenings(kind));
    if (kind === 'activity' || kind === 'task') this.view = new ActivityView(this.world, subject);
    else if (kind === 'contact' || kind === 'company') this.view = new ClientView(this.world, around, subject);
    else this.view = new PipelineRecordView(this.world, around, subject);
  }

  *steps(): Generator<Step> {
    const { happenings, world, subject } = this;
    for (let index = 0; index < happenings.length;) {
      const at = happenings[index]?.at ?? 0;
      const facts: Step['facts'][number][] = [];
      let last: Happening | null = null;
      let touched = 0;
      for (; index < happenings.length && happenings[index]?.at === at; index += 1) {
        const happening = happenings[index] as Happening;
        const told = world.apply(happening);
        touched |= this.touchedBy(happening);
        for (const { about, fact } of told) if (about === subject) facts.push(fact);
        if (happening.stream === subject) this.contribute(happening);
        if (this.concerns(happening) || told.some(({ about }) => about === subject)) last = happening;
      }
      // Before it is there, nothing can be said of the subject.
      if (!world.records.has(subject)) continue;
      last ??= happenings[index - 1] as Happening;
      this.hold(last);
      yield { at, facts, eventId: last.eventId, position: last.position, by: last.by ?? '', touched };
    }
  }

  gone(stream: string): Gone | null {
    return this.world.records.get(stream)?.gone ?? null;
  }

  /** What the record adds to the stories of employees and of the portal, as far as the steps have gone. */
  get contributions(): readonly Contribution[] {
    return this.given;
  }

  /** Whether something happened to the subject itself or to an activity of it, not to what else is around. */
  private concerns({ stream, kind }: Happening): boolean {
    if (stream === this.subject) return true;
    const record = kind === 'activity' || kind === 'task' ? this.world.records.get(stream) : undefined;
    return record !== undefined && this.world.boundTo(record).includes(this.subject);
  }

  /** What conditions on the subject may read otherwise afterwards. */
  private touchedBy({ stream, kind }: Happening): number {
    if (stream === this.subject || kind === 'pipelines') return aspects.own;
    if (kind === 'activity' || kind === 'call' || kind === 'task') return aspects.activities;
    return kind === 'product-rows' ? aspects.own | aspects.others : aspects.others;
  }

  private contribute(happening: Happening): void {
    const record = this.world.records.get(this.subject);
    if (!record) return;
    const give = (to: string, kind: Contribution['kind'], isOverdue = false): void => {
      const { at, eventId, position } = happening;
      const isDeal = record.kind === 'deal';
      this.given.push({ to, kind, at, until: null, ref: record.stream, eventId, position, isOverdue, isDeal });
    };
    if (happening.type === 'moved' && record.kind === 'deal' && record.moves.length > 1 && happening.by) {
      give(`employee:${happening.by}`, 'deal_moved');
    }
    const channel = happening.type === 'created' ? channelOf(record) : null;
    if (channel !== null) give(heardWithin(channel, happening.at), 'heard');
    if (happening.type === 'vanished' && vanishing.has(record.kind)) give('portal:-', 'vanished');
    if (happening.type === 'changed' && (record.kind === 'activity' || record.kind === 'task') && happening.by) {
      const reading = this.world.read(record);
      const isOfKind = record.kind === 'task' ? 'status' in happening.fields : 'completed' in happening.fields;
      const isFinished = isOfKind && reading.isHeld && this.world.doneAt(record) === happening.at;
      if (isFinished && reading.isPlannable && !this.world.standsForTask(record)) {
        const { deadlineMs } = reading;
        give(`employee:${happening.by}`, 'activity_finished', deadlineMs !== null && deadlineMs < happening.at);
      }
    }
  }

  /** Keeps track of whose open record it is. */
  private hold({ at, eventId, position }: Happening): void {
    const record = this.world.records.get(this.subject);
    if (!record || !(record.kind === 'lead' || record.kind === 'deal')) return;
    const owner = ownerWhileOpen(record);
    if (this.holding?.to === owner || (this.holding === null && owner === null)) return;
    if (this.holding) {
      this.holding.until = at;
      this.holding.untilEventId = eventId;
    }
    this.holding = null;
    if (owner === null) return;
    const isDeal = record.kind === 'deal';
    const ref = record.stream;
    this.holding = { to: owner, kind: 'holding', at, until: null, ref, eventId, position, isOverdue: false, isDeal };
    this.given.push(this.holding);
  }
}

const vanishing = new Set(['lead', 'deal', 'contact', 'company', 'invoice']);

function ownerWhileOpen(record: RecordState): string | null {
  const ownerId = record.text('ownerId');
  return record.isOpen && ownerId !== '' ? `employee:${ownerId}` : null;
}
