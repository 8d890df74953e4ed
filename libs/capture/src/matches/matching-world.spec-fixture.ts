import { randomBytes, randomUUID } from 'node:crypto';
import { type MatchedKind, type MatchesFoundData, streamOf } from '@funnelwatch/capture-contracts';
import { eventLogMigrations, KeyRing, PostgresEventLog, PostgresKeyStore } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { captureMigrations } from '../capture-migrations.js';
import { acquireLease } from '../lease/capture-lease.js';
import type { Observation } from '../normalise/observation.js';
import { recordObservations, type RecordingTools } from '../observe/record-observations.js';
import { SeenContents } from '../observe/seen-contents.js';
import { CaptureWriter } from '../write/capture-writer.js';
import { KeyedHash } from '../write/keyed-hash.js';
import { MatchHash } from './match-hash.js';
import { recordMatches } from './record-matches.js';

/** A database in which any number of portals are captured without a portal. */
export class MatchingDatabase {
  readonly log: PostgresEventLog;
  readonly keyRing: KeyRing;

  private constructor(
    private readonly database: TestDatabase,
    readonly pool: Pool,
    private readonly keyPool: Pool,
  ) {
    this.log = new PostgresEventLog(pool);
    this.keyRing = new KeyRing({ masterKey: randomBytes(32), store: new PostgresKeyStore(keyPool) });
  }

  static async create(): Promise<MatchingDatabase> {
    const database = await createTestDatabase({ migrations: [...eventLogMigrations, ...captureMigrations] });
    const poolOf = (max: number) => createPool({ url: database.url, applicationName: 'matches-spec', max });
    return new MatchingDatabase(database, poolOf(8), poolOf(2));
  }

  async portal(matchLimits?: RecordingTools['matchLimits']): Promise<MatchingPortal> {
    const portal = { portalId: randomUUID(), bucket: 3 };
    const lease = await acquireLease(this.pool, portal, 'spec', 600_000);
    if (!lease) throw new Error('The lease was not given');
    const secret = (purpose: string) => this.keyRing.matchHash(portal, purpose);
    return new MatchingPortal(this, portal, () => new CaptureWriter(this.pool, this.log, lease), {
      keyed: new KeyedHash(await secret('differences')),
      matchHash: new MatchHash(await secret('matches')),
      sealer: this.keyRing,
      seen: new SeenContents(),
      ...(matchLimits && { matchLimits }),
    });
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.pool.end();
    await this.keyPool.end();
    await this.database.drop();
  }
}

/** One portal of which records are seen and go. */
export class MatchingPortal {
  readonly writer: CaptureWriter;
  private request = 0;

  constructor(
    private readonly database: MatchingDatabase,
    readonly address: { portalId: string; bucket: number },
    readonly openWriter: () => CaptureWriter,
    readonly tools: RecordingTools,
  ) {
    this.writer = openWriter();
  }

  get pool(): Pool {
    return this.database.pool;
  }

  /** Sees records of one kind in one reply. */
  async see(
    kind: MatchedKind,
    records: { id: string; personal: Observation['personal']; fields?: Observation['fields']; at?: string }[],
    writer = this.writer,
  ): Promise<void> {
    const request = ++this.request;
    const observedAt = new Date(Date.UTC(2026, 4, 1) + request * 1000).toISOString();
    const observations = records.map(({ id, personal, fields = {}, at = observedAt }): Observation => ({
      ...{ kind, id, fields, extra: {}, personal, appearedAt: at, changedAt: at, createdBy: null, changedBy: null },
    }));
    const sighting = { observedAt, request, provenance: 'observed' } as const;
    await writer.write((unit) => recordObservations(unit, this.tools, kind, observations, sighting));
  }

  /** Records of one kind are gone from the portal. */
  async lose(kind: MatchedKind, ids: string[]): Promise<void> {
    const request = ++this.request;
    const occurredAt = new Date(Date.UTC(2026, 4, 1) + request * 1000).toISOString();
    await this.writer.write(async (unit) => {
      const { rows } = await unit.tx.query<{ id: string }>(
        `UPDATE capture.entity_head SET state = 'deleted', observed_at = $4, observed_request = $5, version = version + 1
          WHERE portal_id = $1 AND kind = $2 AND id = ANY ($3::text[]) AND state = 'present' RETURNING id`,
        [unit.portal.portalId, kind, ids, occurredAt, request],
      );
      const cause = { occurredAt, provenance: 'observed' } as const;
      const left = rows.map(({ id }) => ({ kind, id, values: [], isKnown: true, cause }));
      await recordMatches(unit, this.tools, left);
    });
    for (const id of ids) this.tools.seen.forget(kind, id);
  }

  async facts(): Promise<StoredEvent[]> {
    return this.database.log.readBucket(this.address.bucket, 0, 100_000, { portalId: this.address.portalId });
  }

  /** Every list that was told, by stream, in order. */
  async told(): Promise<Map<string, MatchesFoundData[]>> {
    const lists = new Map<string, MatchesFoundData[]>();
    for (const { type, streamId, data } of await this.facts()) {
      // Null where it named somebody erased.
      if (!type.endsWith('MatchesFound') || (data as unknown) === null) continue;
      const list = data as unknown as MatchesFoundData;
      if (streamId !== streamOf(list.kind, list.id)) throw new Error('A list stands on the stream of another record');
      lists.set(streamId, [...(lists.get(streamId) ?? []), list]);
    }
    return lists;
  }

  /** The last list of each record that has any, as `kind:id by what`. */
  async lists(): Promise<Record<string, string[]>> {
    const lists: Record<string, string[]> = {};
    for (const [stream, told] of await this.told()) {
      const { matches, isCapped } = told.at(-1) ?? { matches: [] };
      if (matches.length === 0) continue;
      lists[stream] = [...matches.map(({ stream: other, on }) => `${other} ${on}`), ...(isCapped ? ['and more'] : [])];
    }
    return lists;
  }

  /** Streams of which hashes are kept. */
  async keyed(): Promise<string[]> {
    const { rows } = await this.pool.query<{ stream: string }>(
      `SELECT DISTINCT stream_id AS stream FROM capture.match_key WHERE portal_id = $1 ORDER BY 1`,
      [this.address.portalId],
    );
    return rows.map(({ stream }) => stream);
  }
}

export const channels = (values: readonly string[]) => values.map((value) => ({ id: null, type: 'WORK', value }));
