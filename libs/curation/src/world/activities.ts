import type { JsonValue } from '@funnelwatch/kernel';
import type { RecordState } from './record-state.js';

const shortestTouchSeconds = 10;
const connectedCode = '200';

const kindByTypeId: Readonly<Record<string, string>> = {
  '1': 'lead',
  '2': 'deal',
  '3': 'contact',
  '4': 'company',
  '31': 'invoice',
};

export type ActivityType = 'meeting' | 'call' | 'task' | 'mail' | 'message' | 'todo';

/** What an activity is, by the portal's type and provider. */
function activityTypeOf(activity: RecordState): ActivityType {
  switch (activity.text('activityType')) {
    case '1':
      return 'meeting';
    case '2':
      return 'call';
    case '3':
      return 'task';
    case '4':
      return 'mail';
    default: {
      const provider = activity.text('providerId');
      if (/TASK/.test(provider)) return 'task';
      return activity.text('direction') === 'incoming' || activity.text('direction') === 'outgoing'
        ? 'message'
        : 'todo';
    }
  }
}

const idOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Streams of the records an activity hangs on, its owner first. */
export function boundTo(activity: Pick<RecordState, 'fields' | 'extra'>): string[] {
  const { ownerKind, ownerObjectId } = activity.fields;
  const streams = ownerKind && ownerObjectId ? [`${ownerKind as string}:${ownerObjectId as string}`] : [];
  const bindings = activity.extra['BINDINGS'];
  for (const binding of Array.isArray(bindings) ? (bindings as Record<string, JsonValue>[]) : []) {
    const kind = kindByTypeId[idOf(binding['OWNER_TYPE_ID'] ?? binding['entityTypeId'])];
    const id = idOf(binding['OWNER_ID'] ?? binding['entityId']);
    if (kind && id !== '') streams.push(`${kind}:${id}`);
  }
  return [...new Set(streams)];
}

const timeOf = (value: JsonValue | undefined): number | null => {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
};

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
  ) {
    this.type = activityTypeOf(activity);
    const direction = (call?.text('direction') || activity.text('direction')).slice(0, 8);
    this.isIncoming = direction === 'incoming';
    this.isOutgoing = direction === 'outgoing' || direction === 'call-bac';
    this.isDone = activity.fields['completed'] === true;
    const start = timeOf(activity.fields['startAt']);
    this.startMs = call?.createdAt ?? start ?? activity.createdAt;
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
    if (this.isDone || this.activity.goneAt !== null) return false;
    return this.type === 'call' ? !this.isIncoming : this.type !== 'mail' && this.type !== 'message';
  }

  /** The instant of the touch it was, null when it was none. */
  touchAt(doneAt: number | null): number | null {
    switch (this.type) {
      case 'call':
        return this.isConnected && this.seconds >= shortestTouchSeconds ? this.startMs : null;
      case 'mail':
      case 'message':
        return this.isOutgoing ? this.activity.createdAt : null;
      case 'meeting':
        return this.isDone && !this.isClosedByPortal ? doneAt : null;
      default:
        return null;
    }
  }

  /** The instant of the attempt to reach the client, null when it was none. */
  attemptAt(doneAt: number | null): number | null {
    if (this.type === 'call') return this.isOutgoing && (this.isDone || this.call) ? this.startMs : null;
    return this.touchAt(doneAt);
  }

  /** The portal itself closes what is open when a record ends: that was held and finished by nobody. */
  get isClosedByPortal(): boolean {
    return this.activity.text('status') === '3';
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
