import { type Clock, type StoredEvent, systemClock } from '@funnelwatch/kernel';
import {
  type AppendOutcome,
  type AppendRequest,
  appendRequestOf,
  expectedCode,
  idReused,
  partialReplay,
  versionConflict,
} from './append/append-request.js';
import { CHAIN_START, chainHash, decodeEvent, type EncodedEvent } from './envelope.js';
import type { AppendedEvent, AppendGroup, AppendOptions, AppendResult, EventLog, PortalAddress } from './port.js';

interface Stored {
  event: StoredEvent;
  digest: Buffer;
}

interface Bucket {
  events: StoredEvent[];
  byId: Map<string, Stored>;
  streams: Map<string, StoredEvent[]>;
  chain: Buffer;
}

/** The log in memory, for specs: same answers as PostgreSQL, no transactions of the caller's (`tx` is refused). */
export class InMemoryEventLog implements EventLog {
  private readonly buckets = new Map<number, Bucket>();
  private readonly listeners = new Set<(bucket: number) => void>();

  constructor(private readonly clock: Clock = systemClock) {}

  async append(portal: PortalAddress, groups: AppendGroup[], options: AppendOptions = {}): Promise<AppendResult> {
    if (options.tx) throw new TypeError('The log in memory takes part in no transaction');
    const request = appendRequestOf(portal, groups, options.duplicates);
    const bucket = this.bucketOf(portal.bucket);
    const outcome = this.decide(bucket, request);
    if ('rejection' in outcome) throw outcome.rejection;
    const added = outcome.events.filter((event) => !event.isReplay);
    if (added.length > 0) for (const listener of this.listeners) listener(portal.bucket);
    const position = added.reduce((last, event) => Math.max(last, event.position), 0);
    return { bucket: portal.bucket, events: outcome.events, position: position || outcome.head };
  }

  async readStream(
    portal: PortalAddress,
    streamId: string,
    options: { fromVersion?: number; limit?: number } = {},
  ): Promise<StoredEvent[]> {
    const from = Math.max(options.fromVersion ?? 1, 1) - 1;
    const stream = this.bucketOf(portal.bucket).streams.get(streamKey(portal.portalId.toLowerCase(), streamId)) ?? [];
    return structuredClone(stream.slice(from, from + (options.limit ?? 10_000)));
  }

  async readBucket(
    bucket: number,
    afterPosition: number,
    limit: number,
    options: { portalId?: string } = {},
  ): Promise<StoredEvent[]> {
    const after = this.bucketOf(bucket).events.slice(Math.max(afterPosition, 0));
    const events = options.portalId ? after.filter((event) => event.portalId === options.portalId) : after;
    return structuredClone(events.slice(0, limit));
  }

  async head(bucket: number): Promise<number> {
    return this.bucketOf(bucket).events.length;
  }

  /** Calls `listener` after every append that added something; returns how to stop. */
  onAppend(listener: (bucket: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private bucketOf(number: number): Bucket {
    let bucket = this.buckets.get(number);
    if (!bucket) {
      bucket = { events: [], byId: new Map(), streams: new Map(), chain: CHAIN_START };
      this.buckets.set(number, bucket);
    }
    return bucket;
  }

  private decide(bucket: Bucket, request: AppendRequest): AppendOutcome {
    let known = 0;
    for (const { streamId, events } of request.groups) {
      for (const { eventId, digest } of events) {
        const stored = bucket.byId.get(eventId.toLowerCase());
        if (!stored) continue;
        known += 1;
        const isSameStream = stored.event.streamId === streamId && stored.event.portalId === request.portalId;
        if (!isSameStream || (!request.skip && !stored.digest.equals(digest))) return { rejection: idReused(streamId) };
      }
    }
    const firstStream = new Map<string, string>();
    for (const { streamId, events } of request.groups) {
      for (const { eventId } of events) {
        const first = firstStream.get(eventId.toLowerCase());
        if (first !== undefined && first !== streamId) return { rejection: idReused(streamId) };
        firstStream.set(eventId.toLowerCase(), streamId);
      }
    }
    if (!request.skip && known > 0 && known < request.eventCount) {
      const stream = request.groups.find((group) =>
        group.events.some((one) => bucket.byId.has(one.eventId.toLowerCase())),
      );
      const streamId = stream?.streamId ?? '';
      return { rejection: partialReplay(streamId, versionOf(bucket, request.portalId, streamId)) };
    }
    const isReplay = known > 0 && known === request.eventCount;
    if (!isReplay) {
      const planned = new Map<string, number>();
      const seen = new Set<string>();
      for (const { streamId, expected, events } of request.groups) {
        const actual = versionOf(bucket, request.portalId, streamId) + (planned.get(streamId) ?? 0);
        const fresh = events.filter((one) => {
          const id = one.eventId.toLowerCase();
          const isFresh = !bucket.byId.has(id) && !seen.has(id);
          seen.add(id);
          return isFresh;
        });
        const code = expectedCode(expected);
        const isMet = code === -1 || code === actual || (code === -2 && actual > 0);
        if ((fresh.length > 0 || events.length === 0) && !isMet) {
          return { rejection: versionConflict(streamId, expected, actual) };
        }
        planned.set(streamId, (planned.get(streamId) ?? 0) + fresh.length);
      }
    }
    const events = request.groups.flatMap((group) =>
      group.events.map((event) => this.store(bucket, request, group.streamId, event)),
    );
    return { events, head: bucket.events.length };
  }

  private store(bucket: Bucket, request: AppendRequest, streamId: string, encoded: EncodedEvent): AppendedEvent {
    const { eventId, digest, body, sealed } = encoded;
    const stored = bucket.byId.get(eventId.toLowerCase());
    if (stored) {
      const { position, version } = stored.event;
      return { eventId, streamId, position, version, isReplay: true };
    }
    const key = streamKey(request.portalId, streamId);
    const stream = bucket.streams.get(key) ?? [];
    bucket.streams.set(key, stream);
    const placed = {
      portalId: request.portalId,
      bucket: request.bucket,
      position: bucket.events.length + 1,
      version: stream.length + 1,
      recordedAt: this.clock.now().toISOString().replace('Z', '000Z'),
    };
    bucket.chain = chainHash(bucket.chain, digest, placed);
    const event = decodeEvent(body, sealed, {
      ...placed,
      digest: digest.toString('hex'),
      hash: bucket.chain.toString('hex'),
    });
    bucket.events.push(event);
    stream.push(event);
    bucket.byId.set(eventId.toLowerCase(), { event, digest });
    return { eventId, streamId, position: placed.position, version: placed.version, isReplay: false };
  }
}

const streamKey = (portalId: string, streamId: string): string => `${portalId}/${streamId}`;

const versionOf = (bucket: Bucket, portalId: string, streamId: string): number =>
  bucket.streams.get(streamKey(portalId, streamId))?.length ?? 0;
