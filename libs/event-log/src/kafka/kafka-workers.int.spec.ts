import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA } from '../conformance/events.spec-fixture.js';
import {
  COUNT_EFFECTS,
  EFFECT_TABLES,
  WorkerProcesses,
  type WorkerSettings,
} from '../conformance/worker-processes.spec-fixture.js';
import { eventLogMigrations } from '../migrations/index.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { checkpointOf, waitForPosition } from '../project/checkpoint.js';
import { brokerLacks, KafkaBench } from './kafka-bench.spec-fixture.js';
import type { EventTopic } from './topic.js';

const NAME = 'processes';
const BUCKETS = 16;
const PATIENCE_MS = 60_000;

const lacking = await brokerLacks();
const describeWithBroker = lacking === null ? describe : describe.skip;

describeWithBroker(`worker processes over Kafka${lacking === null ? '' : ` (left out: ${lacking})`}`, () => {
  let database: TestDatabase;
  let pool: Pool;
  let log: PostgresEventLog;
  let bench: KafkaBench;
  let topic: EventTopic;
  let processes: WorkerProcesses;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: eventLogMigrations });
    pool = createPool({ url: database.url, applicationName: 'kafka-workers-spec' });
    log = new PostgresEventLog(pool);
    await pool.query(EFFECT_TABLES);
    bench = await KafkaBench.start();
  }, 180_000);

  beforeEach(async () => {
    await emptyEventLog(pool);
    await pool.query('TRUNCATE effect; UPDATE total SET events = 0');
    topic = await bench.topic({ bucketCount: BUCKETS });
    await bench.relay(pool, topic);
    processes = new WorkerProcesses();
  });

  afterEach(async () => {
    await processes.endAll();
    await bench.stopRelays();
  });

  afterAll(async () => {
    await bench?.close();
    await log.close();
    await pool.end();
    await database.drop();
  });

  function start(holder: string, { sessionMs, ...overrides }: Partial<WorkerSettings> & { sessionMs?: number } = {}) {
    return processes.start({
      databaseUrl: database.url,
      name: NAME,
      holder,
      bucketCount: BUCKETS,
      // As the programs run.
      leaseMs: 10_000,
      renewEveryMs: 3_000,
      batchSize: 5,
      kafka: { brokers: bench.broker.brokers, topic: topic.name, sessionMs },
      ...overrides,
    });
  }

  async function until(what: string, check: () => Promise<boolean>): Promise<void> {
    for (const endMs = performance.now() + PATIENCE_MS; !(await check());) {
      if (performance.now() > endMs) throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  let serial = 0;
  async function append(events: number): Promise<number> {
    const identities = Array.from({ length: events }, () => `n${(serial += 1)}`);
    return (await log.append(portalA, [groupOf('deal:1', 'any', ...identities)])).position;
  }

  test('one stopped past its session and its lease is taken over; continued, it doubles nothing', async () => {
    const quick = { leaseMs: 1_000, renewEveryMs: 200, sessionMs: 1_000, idleInTransactionTimeoutMs: 1_500 };
    await append(20);
    const paused = start('paused', { ...quick, pauseAt: 'apply events' });
    await once(paused.child, 'message');
    const before = await checkpointOf(pool, NAME, portalA.bucket);
    start('heir', quick);
    await until(
      'the heir',
      async () => ((await checkpointOf(pool, NAME, portalA.bucket))?.epoch ?? 0) > (before?.epoch ?? 0),
    );
    expect(await waitForPosition(pool, NAME, portalA.bucket, 20, PATIENCE_MS)).toBe(true);
    paused.child.kill('SIGCONT');
    const last = await append(20);
    expect(await waitForPosition(pool, NAME, portalA.bucket, last, PATIENCE_MS)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const { rows } = await pool.query(COUNT_EFFECTS);
    expect(rows).toEqual([{ effects: 40, times: 40, counted: 40, disordered: 0 }]);
  }, 120_000);

  test('16 buckets are split 8 to 8 after a worker ends and after one is killed', async () => {
    const split = async (): Promise<string> => {
      const { rows } = await pool.query<{ held: number }>(
        `SELECT count(*) AS held FROM log.lease
          WHERE group_name = $1 AND log.is_held(expires_at, lease_ms) GROUP BY holder ORDER BY 1`,
        [NAME],
      );
      return rows.map((row) => row.held).join('/');
    };
    const secondsUntil = async (wanted: string): Promise<string> => {
      const startedMs = performance.now();
      await until(wanted, async () => (await split()) === wanted);
      return ((performance.now() - startedMs) / 1000).toFixed(1);
    };
    start('a');
    start('b');
    const started = await secondsUntil('8/8');
    const ending = start('c');
    await until('three shares', async () => (await split()) === '5/5/6');
    ending.child.kill('SIGTERM');
    await ending.ended;
    const ended = await secondsUntil('8/8');
    const killed = start('d');
    await until('three shares', async () => (await split()) === '5/5/6');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const afterKill = await secondsUntil('8/8');
    process.stdout.write(
      `Kafka, 16 buckets, 2 workers, 8/8: ${started} s after the start, ${ended} s after an end, ${afterKill} s after a kill -9\n`,
    );
  }, 240_000);
});
