import type { World } from '../world/world.js';

/** What the activities of one record come to at an instant. */
export interface ActivitySums {
  touches: number;
  outgoingTouches: number;
  attempts: number;
  planned: number;
  filesSent: number;
  files: number;
  meetingsHeld: number;
  lastTouchMs: number | null;
  lastConnectedMs: number | null;
  lastOutgoingMessageMs: number | null;
}

const later = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.max(one, other);

/** Counts the activities of records together; `streams` are records of the world. */
export function activitySums(world: World, streams: readonly string[]): ActivitySums {
  const sums: ActivitySums = {
    touches: 0,
    outgoingTouches: 0,
    attempts: 0,
    planned: 0,
    filesSent: 0,
    files: 0,
    meetingsHeld: 0,
    lastTouchMs: null,
    lastConnectedMs: null,
    lastOutgoingMessageMs: null,
  };
  const activities = new Set(streams.flatMap((stream) => world.activitiesOf(stream)));
  for (const activity of activities) {
    const reading = world.read(activity);
    const { touchAt } = reading;
    const fileCount = Number(activity.fields['fileCount'] ?? 0);
    const isMessage = reading.type === 'mail' || reading.type === 'message';
    if (touchAt !== null) {
      sums.touches += 1;
      sums.lastTouchMs = later(sums.lastTouchMs, touchAt);
      if (!(reading.type === 'call' && reading.isIncoming)) sums.outgoingTouches += 1;
      if (reading.type === 'meeting') sums.meetingsHeld += 1;
      if (isMessage) sums.lastOutgoingMessageMs = later(sums.lastOutgoingMessageMs, touchAt);
    }
    sums.lastConnectedMs = later(sums.lastConnectedMs, reading.connectedAt);
    if (reading.attemptAt !== null) sums.attempts += 1;
    if (reading.isPlanned) sums.planned += 1;
    sums.files += fileCount;
    if (isMessage && reading.isOutgoing && fileCount > 0) sums.filesSent += 1;
  }
  return sums;
}

/** Keeps a value until the world has moved on, or the activities in it alone. */
export class PerRevision<Value> {
  private revision = -1;
  private value: Value | undefined;

  constructor(
    private readonly world: World,
    private readonly compute: () => Value,
    private readonly counter: 'revision' | 'activityRevision' = 'revision',
  ) {}

  get(): Value {
    if (this.revision !== this.world[this.counter] || this.value === undefined) {
      this.value = this.compute();
      this.revision = this.world[this.counter];
    }
    return this.value;
  }
}
