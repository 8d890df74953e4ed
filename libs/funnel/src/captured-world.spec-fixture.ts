import {
  type CapturedFields,
  type EntityKind,
  factType,
  type PipelineConfiguration,
  type PipelineObjectKind,
  type StageSemantics,
} from '@funnelwatch/capture-contracts';
import { eventIdOf, eventLogMigrations, PostgresEventLog } from '@funnelwatch/event-log';
import { type JsonObject, type NewEvent, type Provenance, type SealedParts } from '@funnelwatch/kernel';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { PostgresFunnelReader } from './postgres-funnel-reader.js';
import { funnelProjection } from './projection/funnel-projection.js';
import { funnelMigrations } from './schema/migrations.js';
import type { FunnelScope } from './scope.js';

/** `day(3, '14:00')` is 3 March 2026, 14:00 in Moscow. */
export const day = (number: number, time = '12:00'): string =>
  new Date(Date.parse(`2026-03-01T${time}:00.000+03:00`) + (number - 1) * 86_400_000).toISOString();

export const march = { from: new Date('2026-02-28T21:00:00Z'), to: new Date('2026-03-31T21:00:00Z') };
export const moment = new Date('2027-01-01T00:00:00Z');

const stage = (stageId: string, sort: number, semantics: StageSemantics = 'P', name = stageId) => ({
  stageId,
  name,
  sort,
  semantics,
  color: null,
});

/** Four stages on the way and two lost ones. */
export const sales: PipelineConfiguration = {
  pipelineId: 'deal:0',
  name: 'Продажи',
  sort: 10,
  isDefault: true,
  stages: [
    stage('NEW', 10),
    stage('MEETING', 20),
    stage('PROPOSAL', 30),
    stage('WON', 40, 'S'),
    stage('LOSE', 50, 'F'),
    stage('APOLOGY', 60, 'F'),
  ],
};
export const wholesale: PipelineConfiguration = {
  pipelineId: 'deal:5',
  name: 'Опт',
  sort: 20,
  isDefault: false,
  stages: [stage('C5:NEW', 10), stage('C5:OFFER', 20), stage('C5:WON', 30, 'S'), stage('C5:LOSE', 40, 'F')],
};

interface ObjectOptions {
  owner?: string | null;
  kopecks?: number;
  currency?: string | null;
}

/** Texts of the fixture are sealed as plain JSON: what is under test is not the encryption. */
export const plainTexts = {
  openMany: (_portal: unknown, items: readonly { text: string }[]) =>
    Promise.resolve(items.map(({ text }) => (text === 'destroyed' ? null : (JSON.parse(text) as JsonObject)))),
};

/** How far the worlds of one database are folded: they share a bucket, as portals do. */
const projectedTo = new WeakMap<Pool, number>();

/** A portal whose facts a spec writes by hand into a real log; `project` folds them into the read models. */
export class CapturedWorld {
  readonly portalId = randomUUID();
  readonly scope: FunnelScope;
  readonly reader: PostgresFunnelReader;
  readonly log: PostgresEventLog;
  readonly projection = funnelProjection({ sealedTexts: plainTexts });
  private facts: NewEvent[] = [];
  private count = 0;

  private constructor(
    readonly pool: Pool,
    readonly bucket: number,
  ) {
    this.scope = { portalId: this.portalId, bucket, zone: 'Europe/Moscow', currency: 'RUB' };
    this.log = new PostgresEventLog(pool);
    this.reader = new PostgresFunnelReader(pool, { now: () => moment });
  }

  static in(pool: Pool, bucket = 3): CapturedWorld {
    return new CapturedWorld(pool, bucket);
  }

  fact(streamId: string, type: string, occurredAt: string, data: object, more: Partial<NewEvent> = {}): string {
    const eventId = eventIdOf(occurredAt, `${this.portalId} ${this.count++}`);
    this.facts.push({
      eventId,
      streamId,
      type,
      schemaVersion: 1,
      occurredAt,
      actor: 'unknown',
      provenance: 'observed',
      data: data as JsonObject,
      ...more,
    });
    return eventId;
  }

  configure(pipelines: PipelineConfiguration[] = [sales, wholesale], at = day(1, '00:00')): void {
    this.fact('pipelines:deal', 'PipelinesConfigured', at, { kind: 'deal', pipelines });
  }

  appears(kind: EntityKind, id: string, at: string, fields: CapturedFields = {}, sealed?: SealedParts): void {
    const data = { kind, id, fields: { createdAt: at, modifiedAt: at, ...fields }, extra: {}, derived: {} };
    this.fact(`${kind}:${id}`, factType(kind, 'Appeared'), at, data, sealed ? { sealed } : {});
  }

  changes(kind: EntityKind, id: string, at: string, after: CapturedFields, sealed?: Record<string, string>): void {
    const changes = Object.fromEntries(
      Object.entries(after).map(([field, value]) => [field, { before: null, after: value }]),
    );
    const sealedChanged = Object.values(sealed ?? {}).flatMap((text) => Object.keys(JSON.parse(text) as JsonObject));
    const data = { kind, id, changes, extra: {}, sealedChanged, derived: {} };
    this.fact(`${kind}:${id}`, factType(kind, 'Changed'), at, data, sealed ? { sealed } : {});
  }

  /** A deal with its entries into stages: `['NEW', day(1)]`, in the order of the portal's history. */
  deal(id: string, moves: [stageId: string, at: string][], options: ObjectOptions = {}): void {
    const { owner = '7', kopecks = 100_00, currency = 'RUB' } = options;
    this.appears('deal', id, moves[0]?.[1] ?? day(1), {
      ownerId: owner,
      amountKopecks: String(kopecks),
      currency,
    });
    for (const [stageId, at] of moves) this.moves(id, stageId, at);
  }

  moves(id: string, stageId: string, at: string, provenance: Provenance = 'observed', order = ++this.count): string {
    const configured = [sales, wholesale].flatMap((pipeline) =>
      pipeline.stages.map((known) => ({ ...known, pipelineId: pipeline.pipelineId })),
    );
    const place = configured.find((known) => known.stageId === stageId);
    const moveId = `${id}-${order}`;
    const data = {
      kind: 'deal',
      id,
      moveId,
      pipelineId: place?.pipelineId ?? 'deal:0',
      stageId,
      semantics: place?.semantics ?? 'P',
      order,
      entry: 'unknown',
    };
    this.fact(`deal:${id}`, factType('deal', 'StageMoved'), at, data, { provenance });
    return moveId;
  }

  corrects(id: string, moveId: string, movedAt: string, order: number): void {
    this.fact(`deal:${id}`, factType('deal', 'StageMoveCorrected'), movedAt, {
      kind: 'deal',
      id,
      moveId,
      movedAt,
      order,
    });
  }

  withdraws(id: string, moveId: string, at: string): void {
    this.fact(`deal:${id}`, factType('deal', 'StageMoveWithdrawn'), at, { kind: 'deal', id, moveId });
  }

  deletes(kind: PipelineObjectKind, id: string, at: string): void {
    this.fact(`${kind}:${id}`, factType(kind, 'Deleted'), at, { kind, id, lastSeenAt: at });
  }

  merges(kind: PipelineObjectKind, id: string, into: string, at: string): void {
    const data = { kind, id, into };
    this.fact(`${kind}:${id}`, factType(kind, 'Merged'), at, data, { provenance: 'reconstructed' });
  }

  /** Appends what was written since. */
  async append(): Promise<void> {
    const groups = this.facts.map((event) => ({ streamId: event.streamId, expected: 'any' as const, events: [event] }));
    this.facts = [];
    if (groups.length > 0) await this.log.append(this, groups);
  }

  /** First and last position of this portal. */
  async positions(): Promise<[first: number, last: number]> {
    const { rows } = await this.pool.query<{ first: number; last: number }>(
      'SELECT min("position") AS first, max("position") AS last FROM log.event WHERE portal_id = $1',
      [this.portalId],
    );
    return [rows[0]?.first ?? 0, rows[0]?.last ?? 0];
  }

  /** Appends what was written since and folds everything new, `batchSize` events a transaction. */
  async project(batchSize = 1000): Promise<void> {
    await this.append();
    projectedTo.set(this.pool, await this.foldFrom(projectedTo.get(this.pool) ?? 0, batchSize));
  }

  /** Folds the bucket's events after a position; returns the last one. */
  async foldFrom(position: number, batchSize: number): Promise<number> {
    for (let after = position; ;) {
      const events = await this.log.readBucket(this.bucket, after, batchSize);
      const last = events.at(-1);
      if (!last) return after;
      await withTransaction(this.pool, (client) => this.projection.apply(client, { bucket: this.bucket, events }));
      after = last.position;
    }
  }

  /** Rows of a read model of this portal, without what depends on the position in the log. */
  async rowsOf(table: string): Promise<unknown[]> {
    const { rows } = await this.pool.query<{ row: JsonObject }>(
      `SELECT to_jsonb(t) - 'last_position' - 'portal_id' AS row FROM read.${table} t WHERE portal_id = $1 ORDER BY 1`,
      [this.portalId],
    );
    return rows.map(({ row }) => row);
  }
}

export interface FunnelDatabase {
  pool: Pool;
  close(): Promise<void>;
}

/** A database with the log and the read models. */
export async function funnelDatabase(): Promise<FunnelDatabase> {
  const database: TestDatabase = await createTestDatabase({ migrations: [...eventLogMigrations, ...funnelMigrations] });
  const pool = createPool({ url: database.url, applicationName: 'funnel-spec', max: 4 });
  return {
    pool,
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}
