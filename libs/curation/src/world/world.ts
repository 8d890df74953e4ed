import { entityOf, type EntityKind } from '@funnelwatch/capture-contracts';
import { ActivityReading, boundTo, doerOf, isDone, isOfTaskProvider } from './activities.js';
import type { Happening } from './happening.js';
import type { Pipelines } from './pipelines.js';
import { RecordState } from './record-state.js';
import { type Told, told } from './told.js';

/** What an activity did for a record: the instant at which it was finished, and how often its deadline was moved. */
interface ActivityLife {
  doneAt: number | null;
  finishedBy: string | null;
}

/** The records around one subject, told up to an instant. Apply happenings in the order of `byTime`. */
export class World {
  nowMs = Number.NEGATIVE_INFINITY;
  /** Grows with everything that happens, so that what was worked out before can be used again. */
  revision = 0;
  /** As `revision`, of activities, tasks and calls alone. */
  activityRevision = 0;
  readonly records = new Map<string, RecordState>();
  private readonly lives = new Map<string, ActivityLife>();
  /** What activities amount to, until something happens to them. */
  private readonly readings = new Map<string, ActivityReading>();
  private readonly callsOfActivity = new Map<string, RecordState>();
  /** Activity → instants at which its deadline was moved later while it was planned. */
  private readonly reschedules = new Map<string, readonly number[]>();
  /** Record → its activities; activity → its records, the owner first. */
  private readonly activitiesByRecord = new Map<string, Set<RecordState>>();
  private readonly recordsByActivity = new Map<string, readonly string[]>();

  constructor(
    readonly pipelines: Pipelines,
    /** Whether a record was written by this product: it counts as nobody's work. */
    private readonly isOurs: (stream: string) => boolean = () => false,
  ) {}

  /** Applies one happening; returns what it tells about the records concerned. */
  apply(happening: Happening): Told[] {
    this.nowMs = happening.at;
    this.revision += 1;
    if (happening.kind === 'activity' || happening.kind === 'task' || happening.kind === 'call') {
      this.activityRevision += 1;
      this.readings.delete(happening.stream);
    }
    if (happening.type === 'created') return this.create(happening);
    if (happening.type === 'configured') return [];
    const record = this.records.get(happening.stream);
    if (happening.type === 'rows') return this.sell(happening);
    if (!record) return [];
    switch (happening.type) {
      case 'moved':
        return this.move(record, happening);
      case 'changed':
        return this.change(record, happening);
      case 'matches':
        record.match(happening);
        return [];
      case 'vanished': {
        const wasOpen = record.isOpen;
        record.gone = {
          at: happening.at,
          into: happening.into === null ? null : `${record.kind}:${happening.into}`,
        };
        return [
          told(record.stream, 'vanished', happening, { ref: record.stream, is_open: wasOpen, entry: happening.how }),
        ];
      }
    }
  }

  private create(happening: Extract<Happening, { type: 'created' }>): Told[] {
    const entity = entityOf(happening.stream);
    if (!entity || this.records.has(happening.stream) || this.isOwn(happening)) return [];
    const kind = happening.kind as EntityKind;
    const record = new RecordState(kind, happening.stream, entity.id, happening);
    this.records.set(happening.stream, record);
    if (kind === 'activity' || kind === 'task') return this.begin(record, happening);
    if (kind === 'call') return this.talk(record, happening);
    const by = record.createdBy ?? '';
    const facts = [told(record.stream, 'created', happening, { by, ref: record.stream })];
    const client = kind === 'deal' ? clientOf(record) : null;
    if (client) facts.push(told(client, 'deal_created', happening, { by, ref: record.stream }));
    return facts;
  }

  /** A record that this product wrote into the portal, or an activity that the portal made for such a task. */
  private isOwn({ stream, kind, fields }: Extract<Happening, { type: 'created' }>): boolean {
    if (this.isOurs(stream)) return true;
    const taskId = fields['associatedObjectId'];
    const isOfTask = kind === 'activity' && isOfTaskProvider(fields);
    return isOfTask && typeof taskId === 'string' && this.isOurs(`task:${taskId}`);
  }

  private move(record: RecordState, happening: Extract<Happening, { type: 'moved' }>): Told[] {
    const before = record.stage;
    const { at, by, eventId, pipelineId, stageId, semantics, entry } = happening;
    const toRank = this.pipelines.rankOf(pipelineId, stageId, at);
    const isSamePipeline = before?.pipelineId === pipelineId;
    const fromRank = before ? this.pipelines.rankOf(before.pipelineId, before.stageId, at) : -1;
    const between =
      isSamePipeline && fromRank >= 0
        ? this.pipelines.ranked(pipelineId, at).slice(fromRank + 1, Math.max(toRank, 0))
        : [];
    const skipped = between.filter((stage) => !record.moves.some((move) => move.stageId === stage));
    record.moves.push({ at, by, eventId, pipelineId, stageId, semantics, entry });
    return [
      told(record.stream, 'moved', happening, {
        ref: record.stream,
        from: before?.stageId ?? '',
        to: stageId,
        from_type: before?.semantics ?? '',
        to_type: semantics,
        from_rank: fromRank,
        to_rank: toRank,
        from_pipeline: before?.pipelineId ?? '',
        to_pipeline: pipelineId,
        skipped: before && toRank > fromRank ? skipped : [],
        // A row that the portal wrote has a number; a move that was inferred has none.
        entry: before ? entry : happening.tie > 0 && at === record.createdAt ? 'created' : 'unknown',
      }),
    ];
  }

  private change(record: RecordState, happening: Extract<Happening, { type: 'changed' }>): Told[] {
    if (record.kind === 'activity' || record.kind === 'task') return this.changeActivity(record, happening);
    const changed = record.change(happening);
    return changed.flatMap((change) => {
      const facts = [told(record.stream, 'changed', happening, { ref: record.stream, field: change.field })];
      if (change.field === 'ownerId') {
        const [from, to] = [change.before, change.after].map((owner) => (typeof owner === 'string' ? owner : ''));
        facts.push(
          told(record.stream, 'owner_changed', happening, { ref: record.stream, from: from ?? '', to: to ?? '' }),
        );
      }
      return facts;
    });
  }

  private sell(happening: Extract<Happening, { type: 'rows' }>): Told[] {
    const [, symbol = '', id = ''] = happening.stream.split(':');
    const owner = `${ownerOfRows[symbol] ?? symbol}:${id}`;
    const record = this.records.get(owner);
    if (!record) return [];
    const hadRows = record.rows !== null;
    record.rows = happening.rows;
    return hadRows ? [told(owner, 'rows_changed', happening, { ref: owner })] : [];
  }

  private begin(activity: RecordState, happening: Extract<Happening, { type: 'created' }>): Told[] {
    this.live(activity, { doneAt: null, finishedBy: null });
    this.bind(activity);
    if (isDone(activity)) this.finish(activity, happening);
    const reading = this.read(activity);
    const owner = this.boundTo(activity)[0];
    const facts: Told[] = [];
    if (owner && reading.isIncoming && (reading.type === 'mail' || reading.type === 'message')) {
      facts.push(told(owner, 'message_in', happening, { ref: activity.stream }));
    }
    if (happening.hasCall !== true) facts.push(...this.touched(activity, happening));
    return facts;
  }

  /** A call whose activity is known already, or comes with the same instant. */
  private talk(call: RecordState, happening: Happening): Told[] {
    const activity = this.records.get(`activity:${call.text('activityId')}`);
    if (!activity) return [];
    this.callsOfActivity.set(activity.stream, call);
    this.readings.delete(activity.stream);
    const owner = this.boundTo(activity)[0];
    if (!owner) return [];
    const reading = this.read(activity);
    const by = doerOf(activity, call);
    const facts = this.touched(activity, happening);
    if (reading.isMissed) facts.push(told(owner, 'call_missed', happening, { by, ref: activity.stream }));
    else if (reading.isConnected) {
      const { seconds, hasResult, isOutgoing } = reading;
      facts.push(
        told(owner, 'call_talked', happening, {
          by,
          ref: activity.stream,
          seconds,
          has_result: hasResult,
          is_outgoing: isOutgoing,
        }),
      );
    }
    return facts;
  }

  private touched(activity: RecordState, happening: Happening): Told[] {
    const reading = this.read(activity);
    const { touchAt } = reading;
    // A call without a row of telephony is told when it is done, and counts from when it began.
    const isNews = reading.isUnrecordedCall ? touchAt !== null : touchAt === happening.at;
    if (reading.isIncoming || !isNews) return [];
    const by = doerOf(activity, reading.call);
    return this.boundTo(activity).map((stream) =>
      told(stream, 'touched', happening, { by, ref: activity.stream, is_outgoing: true }),
    );
  }

  private changeActivity(activity: RecordState, happening: Extract<Happening, { type: 'changed' }>): Told[] {
    const { isPlanned, deadlineMs, isDone: wasDone } = this.read(activity);
    activity.change(happening);
    this.readings.delete(activity.stream);
    if (Object.keys(happening.fields).some((field) => bindingFields.has(field))) this.bind(activity);
    const facts: Told[] = [];
    const after = this.read(activity);
    const isLater = deadlineMs !== null && after.deadlineMs !== null && after.deadlineMs > deadlineMs;
    if (isPlanned && after.isPlanned && isLater) {
      this.reschedules.set(activity.stream, [...this.reschedulesOf(activity.stream), happening.at]);
      for (const stream of this.boundTo(activity)) {
        facts.push(told(stream, 'rescheduled', happening, { ref: activity.stream }));
      }
    }
    if (!wasDone && after.isDone) {
      this.finish(activity, happening);
      if (activity.kind === 'task') facts.push(...this.closed(activity, happening));
      else if (!after.call) facts.push(...this.touched(activity, happening));
    } else if (wasDone && !after.isDone) {
      this.live(activity, { doneAt: null, finishedBy: null });
    }
    return facts;
  }

  private finish(activity: RecordState, happening: Happening): void {
    this.live(activity, { doneAt: happening.at, finishedBy: happening.by });
  }

  private live(activity: RecordState, life: ActivityLife): void {
    this.lives.set(activity.stream, life);
    this.readings.delete(activity.stream);
  }

  private closed(task: RecordState, happening: Happening): Told[] {
    const minutes = (happening.at - task.createdAt) / 60_000;
    return this.boundTo(task).map((stream) => told(stream, 'task_closed', happening, { ref: task.stream, minutes }));
  }

  /** What an activity amounts to now. */
  read(activity: RecordState): ActivityReading {
    let reading = this.readings.get(activity.stream);
    if (!reading) {
      const call = this.callsOfActivity.get(activity.stream) ?? null;
      reading = new ActivityReading(activity, call, this.doneAt(activity));
      this.readings.set(activity.stream, reading);
    }
    return reading;
  }

  /** Whether an activity is what the portal made for a task: the task counts. */
  standsForTask({ fields }: RecordState): boolean {
    return isOfTaskProvider(fields) && typeof fields['associatedObjectId'] === 'string';
  }

  doneAt(activity: RecordState): number | null {
    return this.lives.get(activity.stream)?.doneAt ?? null;
  }

  private bind(activity: RecordState): void {
    for (const stream of this.boundTo(activity)) this.activitiesByRecord.get(stream)?.delete(activity);
    const streams = boundTo(activity);
    this.recordsByActivity.set(activity.stream, streams);
    for (const stream of streams) {
      const activities = this.activitiesByRecord.get(stream);
      if (activities) activities.add(activity);
      else this.activitiesByRecord.set(stream, new Set([activity]));
    }
  }

  /** Instants at which the deadline of a planned activity was moved later. */
  reschedulesOf(activity: string): readonly number[] {
    return this.reschedules.get(activity) ?? [];
  }

  /** Records that an activity hangs on now, its owner first. */
  boundTo(activity: RecordState): readonly string[] {
    return this.recordsByActivity.get(activity.stream) ?? [];
  }

  /** Activities that hang on a record now. */
  activitiesOf(stream: string): RecordState[] {
    return [...(this.activitiesByRecord.get(stream) ?? [])].filter(({ goneAt }) => goneAt === null);
  }
}

const bindingFields = new Set(['ownerKind', 'ownerObjectId', 'crmBindings']);
const ownerOfRows: Readonly<Record<string, string>> = { D: 'deal', L: 'lead', SI: 'invoice' };

/** The company of a deal, or its contact when it has none. */
export function clientOf(deal: RecordState): string | null {
  const companyId = deal.text('companyId');
  if (companyId !== '') return `company:${companyId}`;
  const contactId = deal.text('contactId');
  return contactId === '' ? null : `contact:${contactId}`;
}
