import {
  type CapturedFields,
  type EntityKind,
  factType,
  type PipelineConfiguration,
  type StageSemantics,
} from '@funnelwatch/capture-contracts';
import { eventIdOf, eventLogMigrations, PostgresEventLog } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { decideDiscipline } from './cases/decide-discipline.js';
import type { DisciplineEvent } from './cases/discipline-events.js';
import type { DisciplineSettings } from './cases/discipline-state.js';
import { judgePortal, type JudgedPortal } from './judge/judge-portal.js';
import { baseDefinitions, starterRules } from './packs/base/definitions.js';
import { type Pack, rulesWithTexts, type RuleTexts } from './packs/pack.js';
import { curationReadModel } from './rule-facts/curation-model.js';
import { curationMigrations } from './schema/create-curation.js';

const words = { ru: 'слова', en: 'words' };
const texts: Record<string, RuleTexts> = Object.fromEntries(
  baseDefinitions.map(({ id, parameters }) => [
    id,
    {
      title: words,
      clause: words,
      feedback: words,
      parameters: Object.fromEntries(Object.keys(parameters ?? {}).map((name) => [name, words])),
    },
  ]),
);
/** The base pack with placeholder words. */
export const wordlessPack: Pack = {
  id: 'base',
  version: 1,
  title: words,
  rules: rulesWithTexts(baseDefinitions, texts),
};

/** `day(2, '10:00')` is Monday 2 March 2026, 10:00 in Moscow. */
export const day = (number: number, time = '12:00'): string =>
  new Date(Date.parse(`2026-03-01T${time}:00.000+03:00`) + (number - 1) * 86_400_000).toISOString();

const stage = (stageId: string, sort: number, semantics: StageSemantics = 'P') => ({
  stageId,
  name: stageId,
  sort,
  semantics,
  color: null,
});

const leads: PipelineConfiguration = {
  pipelineId: 'lead:0',
  name: 'Лиды',
  sort: 10,
  isDefault: true,
  stages: [stage('NEW', 10), stage('IN_PROCESS', 20), stage('CONVERTED', 30, 'S'), stage('JUNK', 40, 'F')],
};
const deals: PipelineConfiguration = {
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
  ],
};

export interface CurationDatabase {
  pool: Pool;
  url: string;
  close(): Promise<void>;
}

/** A database with the log, the facts for rules and the state of judging. */
export async function curationDatabase(): Promise<CurationDatabase> {
  const database: TestDatabase = await createTestDatabase({
    migrations: [...eventLogMigrations, ...curationMigrations],
  });
  const pool = createPool({ url: database.url, applicationName: 'curation-spec', max: 6 });
  return {
    pool,
    url: database.url,
    async close() {
      await pool.end();
      await database.drop();
    },
  };
}

const allFeeds = [
  ...['activeUsers', 'leads', 'deals', 'invoices', 'activities', 'leadStageHistory', 'dealStageHistory'],
  ...['invoiceStageHistory', 'contacts', 'companies', 'calls', 'tasks', 'requisites', 'configuration'],
];

/** A portal whose facts a spec writes by hand into a real log, and that is judged for real. */
export class JudgedWorld {
  readonly portal: JudgedPortal;
  readonly log: PostgresEventLog;
  readonly model = curationReadModel();
  now = new Date('2026-04-01T09:00:00Z');
  private facts: NewEvent[] = [];
  private count = 0;

  constructor(
    readonly pool: Pool,
    bucket = 3,
  ) {
    const hours = { zone: 'Europe/Moscow', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };
    this.portal = { portalId: randomUUID(), bucket, hours };
    this.log = new PostgresEventLog(pool);
  }

  fact(streamId: string, type: string, occurredAt: string, data: object, more: Partial<NewEvent> = {}): string {
    const eventId = eventIdOf(occurredAt, `${this.portal.portalId} ${this.count++}`);
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

  configure(at = day(1, '00:00'), withoutStage = ''): void {
    this.fact('pipelines:lead', 'PipelinesConfigured', at, { kind: 'lead', pipelines: [leads] });
    const stages = deals.stages.filter(({ stageId }) => stageId !== withoutStage);
    this.fact('pipelines:deal', 'PipelinesConfigured', at, { kind: 'deal', pipelines: [{ ...deals, stages }] });
  }

  /** Names of the portal's own fields of records of a kind, all of them. */
  ownFields(kind: 'lead' | 'deal', names: readonly string[], at: string): void {
    const name = `${kind}.fields`;
    const entries = names.map((id, sort) => ({ id, name: id, sort }));
    this.fact(`dictionary:${name}`, 'DictionaryConfigured', at, { name, entries });
  }

  /** Decides about the rules of the portal as a person does. */
  async decides(...events: DisciplineEvent[]): Promise<void> {
    await this.append();
    await decideDiscipline(this.log, { now: () => this.now }, this.portal, events, String((this.count += 1)));
  }

  appears(kind: EntityKind, id: string, at: string, fields: CapturedFields = {}, more: Partial<NewEvent> = {}): string {
    const data = { kind, id, fields: { createdAt: at, modifiedAt: at, ...fields }, extra: {}, derived: {} };
    return this.fact(`${kind}:${id}`, factType(kind, 'Appeared'), at, data, more);
  }

  changes(kind: EntityKind, id: string, at: string, after: CapturedFields, by = '7'): string {
    const changes = Object.fromEntries(
      Object.entries(after).map(([field, value]) => [field, { before: null, after: value }]),
    );
    const data = { kind, id, changes, extra: {}, sealedChanged: [], derived: {} };
    return this.fact(`${kind}:${id}`, factType(kind, 'Changed'), at, data, { actor: `user:${by}` });
  }

  moves(kind: 'lead' | 'deal', id: string, stageId: string, at: string, entry = 'moved', by = '7'): string {
    const pipeline = kind === 'lead' ? leads : deals;
    const order = ++this.count;
    const semantics = pipeline.stages.find((known) => known.stageId === stageId)?.semantics ?? 'P';
    const { pipelineId } = pipeline;
    const data = { kind, id, moveId: `${id}-${order}`, pipelineId, stageId, semantics, order, entry };
    return this.fact(`${kind}:${id}`, factType(kind, 'StageMoved'), at, data, { actor: `user:${by}` });
  }

  lead(id: string, at: string, owner = '7'): void {
    this.appears(
      'lead',
      id,
      at,
      { ownerId: owner, createdBy: owner, sourceId: 'WEB', amountKopecks: '0' },
      { actor: `user:${owner}` },
    );
    this.moves('lead', id, 'NEW', at, 'created', owner);
  }

  /** A planned step on a record. */
  plans(id: string, on: string, at: string, deadline: string): void {
    const [ownerKind = '', ownerObjectId = ''] = on.split(':');
    const fields = { ownerKind, ownerObjectId, activityType: '6', providerId: 'CRM_TODO', direction: 'none' };
    this.appears('activity', id, at, { ...fields, responsibleId: '7', completed: false, deadline, fileCount: 0 });
  }

  /** A letter that was sent. */
  writes(id: string, on: string, at: string): void {
    const [ownerKind = '', ownerObjectId = ''] = on.split(':');
    const fields = { ownerKind, ownerObjectId, activityType: '4', providerId: 'CRM_EMAIL', direction: 'outgoing' };
    this.appears('activity', id, at, { ...fields, responsibleId: '7', completed: true, fileCount: 0 });
  }

  vanishes(kind: EntityKind, id: string, at: string): void {
    this.fact(`${kind}:${id}`, factType(kind, 'Deleted'), at, { kind, id, lastSeenAt: at });
  }

  merges(kind: EntityKind, id: string, into: string, at: string): void {
    const data = { kind, id, into };
    this.fact(`${kind}:${id}`, factType(kind, 'Merged'), at, data, { provenance: 'reconstructed' });
  }

  watermark(at: string): void {
    const through = Object.fromEntries(allFeeds.map((feed) => [feed, at]));
    this.fact('capture:portal', 'CaptureAdvanced', at, { through, counts: {} }, { actor: 'system' });
  }

  async append(): Promise<void> {
    const groups = this.facts.map((event) => ({ streamId: event.streamId, expected: 'any' as const, events: [event] }));
    this.facts = [];
    if (groups.length > 0) await this.log.append(this.portal, groups);
  }

  /** Folds everything new of the bucket into the read model. */
  async fold(batchSize = 500): Promise<void> {
    await this.append();
    const { bucket } = this.portal;
    for (;;) {
      const { rows } = await this.pool.query<{ position: number }>(
        `SELECT "position" FROM log.checkpoint WHERE projection = 'curation' AND bucket = $1`,
        [bucket],
      );
      const events = await this.log.readBucket(bucket, rows[0]?.position ?? 0, batchSize);
      const last = events.at(-1);
      if (!last) return;
      await withTransaction(this.pool, async (client) => {
        await this.model.apply(client, { schema: 'curation_v1', bucket, events });
        await client.query(
          `INSERT INTO log.checkpoint (projection, bucket, epoch, "position") VALUES ('curation', $1, 1, $2)
           ON CONFLICT (projection, bucket) DO UPDATE SET "position" = excluded."position"`,
          [bucket, last.position],
        );
      });
    }
  }

  /** Folds, judges until nothing is left, and folds what was said. */
  async judge(chunkSize = 50): Promise<void> {
    const options = {
      pool: this.pool,
      log: this.log,
      clock: { now: () => this.now },
      pack: wordlessPack,
      starter: starterRules,
      latenessMs: 0,
      chunkSize,
    };
    await this.fold();
    for (let isOver = false; !isOver;) {
      const step = await judgePortal(options, this.portal);
      await this.fold();
      isOver = !step.isMore && step.events === 0 && (await this.isJudged());
    }
  }

  /** Whether everything was judged by the last watermark. A program that was killed holds its portal a moment longer. */
  private async isJudged(): Promise<boolean> {
    const { rows } = await this.pool.query<{ is_judged: boolean }>(
      `SELECT clock.position <= progress.seen_position AND decided.last_position <= progress.settings_position AS is_judged
         FROM read.rule_clock clock
         LEFT JOIN judge.progress progress ON progress.portal_id = clock.portal_id
         LEFT JOIN read.discipline decided ON decided.portal_id = clock.portal_id
        WHERE clock.portal_id = $1`,
      [this.portal.portalId],
    );
    // Without a watermark there is nothing to judge by.
    return rows.length === 0 || rows[0]?.is_judged === true;
  }

  async settings(): Promise<DisciplineSettings['rules']> {
    const { rows } = await this.pool.query<{ settings: DisciplineSettings }>(
      'SELECT settings FROM read.discipline WHERE portal_id = $1',
      [this.portal.portalId],
    );
    return rows[0]?.settings.rules ?? {};
  }

  async cases(): Promise<Record<string, unknown>[]> {
    const { rows } = await this.pool.query<Record<string, unknown>>(
      `SELECT rule_id, about, status, mode, started_at, opens_at, resolved_at FROM read.violation_case
        WHERE portal_id = $1 ORDER BY rule_id, about, started_at`,
      [this.portal.portalId],
    );
    return rows;
  }
}
