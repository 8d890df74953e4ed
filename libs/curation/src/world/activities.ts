import type { JsonValue } from '@funnelwatch/kernel';
import type { RecordState } from './record-state.js';

const shortestTouchSeconds = 10;
const connectedCode = '200';
const closedTask = '5';

/** The portal closed it by itself, because its record came to an end. */
const closedByPortal = '3';

export type ActivityType = 'meeting' | 'call' | 'task' | 'mail' | 'message' | 'todo' | 'other';

/** What an activity is, by the portal's type; a provider's own is a message when it has a direction. */
function activityTypeOf(activity: RecordState): ActivityType {
  if (activity.kind === 'task') return 'task';
  switch (activity.text('activityType')) {
    case '1':
      return 'meeting';
    case '2':
      return 'call';
    case '3':
      return 'task';
    case '4':
      return 'mail';
    case '6':
      if (isOfTaskProvider(activity.fields)) return 'task';
      return ['incoming', 'outgoing'].includes(activity.text('direction')) ? 'message' : 'todo';
    default:
      return 'other';
  }
}

/** Whether an activity is what the portal makes for a task. */
export function isOfTaskProvider({ providerId }: RecordState['fields']): boolean {
  return typeof providerId === 'string' && providerId.includes('TASK');
}

const kindBySymbol: Readonly<Record<string, string>> = {
  L: 'lead',
  D: 'deal',
  C: 'contact',
  CO: 'company',
  SI: 'invoice',
};

/** Streams of the records an activity hangs on: its owner; of a task all that it names. */
export function boundTo({ fields }: Pick<RecordState, 'fields'>): string[] {
  const bindings = fields['crmBindings'];
  if (Array.isArray(bindings)) {
    const streams = bindings.flatMap((binding) => {
      const [symbol = '', id = ''] = (typeof binding === 'string' ? binding : '').split('_');
      const kind = kindBySymbol[symbol];
      return kind && id !== '' ? [`${kind}:${id}`] : [];
    });
    return [...new Set(streams)];
  }
  const { ownerKind, ownerObjectId } = fields;
  return ownerKind && ownerObjectId ? [`${ownerKind as string}:${ownerObjectId as string}`] : [];
}

const timeOf = (value: JsonValue | undefined): number | null => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
};

/** Whether an activity or task is done. */
export function isDone({ kind, fields }: Pick<RecordState, 'kind' | 'fields'>): boolean {
  return kind === 'task' ? fields['status'] === closedTask : fields['completed'] === true;
}

/** What an activity, with the call it stands for, amounts to at an instant. */
export class ActivityReading {
  readonly type: ActivityType;
  readonly isIncoming: boolean;
  readonly isOutgoing: boolean;
  readonly isDone: boolean;
  readonly seconds: number;
  readonly isConnected: boolean;
  readonly startMs: number;

  constructor(
    readonly activity: RecordState,
    readonly call: RecordState | null,
    /** When it was done; null while it is not. */
    private readonly doneAt: number | null,
  ) {
    this.type = activityTypeOf(activity);
    const direction = (call?.text('direction') || activity.text('direction')).slice(0, 8);
    this.isIncoming = direction === 'incoming';
    this.isOutgoing = direction === 'outgoing' || direction === 'call-bac';
    this.isDone = isDone(activity);
    const start = timeOf(activity.fields['startAt']);
    const ownStart = Math.min(start ?? activity.createdAt, doneAt ?? Number.POSITIVE_INFINITY);
    this.startMs = call?.createdAt ?? ownStart;
    if (call) {
      this.seconds = Number(call.fields['durationSeconds'] ?? 0);
      this.isConnected = call.text('failedCode') === connectedCode;
    } else {
      const end = timeOf(activity.fields['endAt']);
      this.seconds = start !== null && end !== null ? Math.max(0, (end - start) / 1000) : 0;
      this.isConnected = this.isDone && this.seconds > 0;
    }
  }

  /** Planned and not done; incoming calls and letters are no plans. */
  get isPlanned(): boolean {
    return !this.isDone && this.activity.goneAt === null && this.isPlannable;
  }

  /** Of a kind that is planned, done or not. */
  get isPlannable(): boolean {
    return this.type === 'call' ? this.isOutgoing : ['meeting', 'todo', 'task'].includes(this.type);
  }

  /** The instant of the touch it was, null when it was none. */
  get touchAt(): number | null {
    switch (this.type) {
      case 'call':
        if (!this.isIncoming && !this.isOutgoing) return null;
        return this.isConnected && this.seconds >= shortestTouchSeconds ? this.startMs : null;
      case 'mail':
      case 'message':
        return this.isOutgoing ? this.activity.createdAt : null;
      case 'meeting':
        return this.isHeld ? this.doneAt : null;
      default:
        return null;
    }
  }

  /** The instant of the attempt to reach the client, null when it was none. */
  get attemptAt(): number | null {
    if (this.type === 'call') return this.isOutgoing && (this.isDone || this.call) ? this.startMs : null;
    return this.touchAt;
  }

  /** Done, and not closed by the portal itself. */
  get isHeld(): boolean {
    return this.isDone && this.activity.text('status') !== closedByPortal;
  }

  /** A call of which telephony keeps no row. */
  get isUnrecordedCall(): boolean {
    return this.type === 'call' && this.call === null;
  }

  /** The instant of the connected call it was, however short; null when it was none. */
  get connectedAt(): number | null {
    return this.type === 'call' && this.isConnected ? this.startMs : null;
  }

  get isMissed(): boolean {
    return this.type === 'call' && this.isIncoming && this.call !== null && !this.isConnected;
  }

  get hasResult(): boolean {
    const length = (facts: Record<string, JsonValue> | undefined) => Number(facts?.['length'] ?? 0);
    return length(this.activity.derivedOf('description')) > 0 || length(this.call?.derivedOf('comment')) > 0;
  }

  get deadlineMs(): number | null {
    return timeOf(this.activity.fields['deadline']);
  }

  get endMs(): number | null {
    return timeOf(this.activity.fields['endAt']);
  }
}

/** Who made a call: its row's user, or its activity's responsible; a letter, message or meeting: its responsible. */
export const doerOf = (activity: RecordState, call: RecordState | null): string =>
  (call?.text('userId') ?? '') || activity.text('responsibleId');
