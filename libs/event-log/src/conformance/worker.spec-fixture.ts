import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import { catalogueOf } from '../catalogue/event-catalogue.js';
import type { AwaitHook } from '../project/await-points.js';
import { checkpointOf, waitForPosition } from '../project/checkpoint.js';
import type { History, ProjectionBatch, ProjectionOptions, ProjectionProgress } from '../project/projection-options.js';
import { runProjection } from '../project/run-projection.js';
import { listQuarantine } from '../quarantine/list-quarantine.js';
import { quarantinedPortals } from '../quarantine/quarantined-portals.js';
import { requestRetry, requestRetryOfAll } from '../quarantine/request-retry.js';
import type { EventLog, Feed, PortalAddress } from '../port.js';
import { eventOf, portalA, portalB, portalC } from './events.spec-fixture.js';

export interface WorkerHarness {
  /** Where events are appended; the feeds deliver them. */
  log: EventLog;
  /** Where read models, checkpoints and quarantine live: a migrated database. */
  pool: Pool;
  /** Where a worker reads again what it had set aside; the log in `pool` unless told. */
  history?: History;
  /** A feed of another worker over the same log. */
  feed(holder: string, leaseMs: number): Feed & { close(): void | Promise<void> };
}

const NAME = 'conformance';
const BATCH_SIZE = 7;
const PATIENCE_MS = 15_000;

const catalogue = catalogueOf([
  { type: 'DealChanged', schemaVersion: 2, upcasters: [(data) => ({ ...data, isRaised: true })], fields: {} },
  { type: 'DealDecided', schemaVersion: 1, fields: { verdict: 'text' } },
  { type: 'CaptureAdvanced', schemaVersion: 1, fields: { through: 'object' }, isNeverSetAside: true },
]);

/** The tables of a read model that shows every event applied twice, left out or out of order. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS applied (
    event_id uuid PRIMARY KEY, times int NOT NULL, bucket int NOT NULL, "position" bigint NOT NULL,
    portal_id uuid NOT NULL, stream_id text NOT NULL, ordinal bigint GENERATED ALWAYS AS IDENTITY
  );
  TRUNCATE applied;
`;

/** Not idempotent on purpose: applying twice counts twice. */
async function count(client: PoolClient, { events }: ProjectionBatch): Promise<void> {
  for (const { eventId, bucket, position, portalId, streamId } of events) {
    await client.query(
      `INSERT INTO applied (event_id, times, bucket, "position", portal_id, stream_id) VALUES ($1, 1, $2, $3, $4, $5)
       ON CONFLICT (event_id) DO UPDATE SET times = applied.times + 1`,
      [eventId, bucket, position, portalId, streamId],
    );
  }
}

/**
 * What every worker does over every feed. `open` starts with an empty log, 8 buckets and nobody's checkpoints or leases. `pauses: 'process'` where a worker
 * that is paused inside a living process stays a member of its group: only a paused process shows what happens then.
 */
export function workerConformance(
  open: (options: { bucketCount: number }) => Promise<WorkerHarness>,
  { pauses = 'worker' }: { pauses?: 'worker' | 'process' } = {},
): void {
  let harness: WorkerHarness;
  let running: { stop: AbortController; ended: Promise<void>; feed: { close(): void | Promise<void> } }[];
  let logged: { level: string; fields: Record<string, unknown>; message: string }[];

  beforeEach(async () => {
    harness = await open({ bucketCount: 8 });
    await harness.pool.query(TABLES);
    running = [];
    logged = [];
  });

  afterEach(async () => {
    for (const { stop } of running) stop.abort();
    for (const { ended } of running) await ended;
    for (const { feed } of running) await feed.close();
  });

  interface StartOptions extends Partial<ProjectionOptions> {
    leaseMs?: number;
    /** Changes what the worker sees of its feed. */
    wrap?(feed: Feed): Partial<Feed>;
  }

  function start(holder: string, { leaseMs = 1_000, wrap, ...overrides }: StartOptions = {}) {
    const stop = new AbortController();
    const feed = harness.feed(holder, leaseMs);
    const changed = wrap?.(feed) ?? {};
    const record = (level: string) => (fields: object, message: string) =>
      void logged.push({ level, fields: fields as Record<string, unknown>, message });
    const ended = runProjection({
      name: NAME,
      feed: {
        assignments: (group) => feed.assignments(group),
        heads: (buckets) => feed.heads(buckets),
        fetch: changed.fetch ?? ((bucket, after, limit) => feed.fetch(bucket, after, limit)),
        wake: (timeoutMs) => feed.wake(timeoutMs),
        release: (group) => feed.release(group),
      },
      pool: harness.pool,
      ...(harness.history && { log: harness.history }),
      catalogue,
      logger: { info: record('info'), warn: record('warn'), error: record('error') },
      batchSize: BATCH_SIZE,
      renewEveryMs: 100,
      longestIdleMs: 50,
      lookForRetriesEveryMs: 50,
      longestRestMs: 200,
      apply: count,
      signal: stop.signal,
      ...overrides,
    });
    running.push({ stop, ended, feed });
    return { stop: () => stop.abort(), ended };
  }

  let serial = 0;
  async function append(
    portal: PortalAddress,
    streamId: string,
    events: number,
    overrides: Partial<NewEvent> = {},
  ): Promise<number> {
    const made = Array.from({ length: events }, () => eventOf(streamId, `n${(serial += 1)}`, overrides));
    return (await harness.log.append(portal, [{ streamId, expected: 'any', events: made }])).position;
  }

  async function until(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
    for (const endMs = performance.now() + PATIENCE_MS; !(await check());) {
      if (performance.now() > endMs)
        throw new Error(`Not within ${PATIENCE_MS} ms: ${what}; ${JSON.stringify(logged)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  const reached = async (portal: PortalAddress, position: number): Promise<void> => {
    const isThere = await waitForPosition(harness.pool, NAME, portal.bucket, position, PATIENCE_MS);
    if (!isThere) throw new Error(`${portal.bucket}:${position} was not reached: ${JSON.stringify(logged)}`);
  };

  async function appliedPositions(portal: PortalAddress, streamId: string): Promise<number[]> {
    const { rows } = await harness.pool.query<{ position: number; times: number }>(
      `SELECT "position", times FROM applied WHERE portal_id = $1 AND stream_id = $2 ORDER BY ordinal`,
      [portal.portalId, streamId],
    );
    expect(rows.filter((row) => row.times !== 1)).toEqual([]);
    return rows.map((row) => row.position);
  }

  /** Everything up to a position was applied once and in order. */
  async function expectApplied(portal: PortalAddress, position: number): Promise<void> {
    await reached(portal, position);
    const { rows } = await harness.pool.query(
      `SELECT count(*) AS events, sum(times) AS times, max("position") AS last,
              bool_and("position" > previous) IS NOT FALSE AS "isInOrder"
         FROM (SELECT *, lag("position") OVER (PARTITION BY portal_id, stream_id ORDER BY ordinal) AS previous
                 FROM applied WHERE bucket = $1) AS events`,
      [portal.bucket],
    );
    expect(rows).toEqual([{ events: position, times: position, last: position, isInOrder: true }]);
  }

  const quarantine = async () => {
    const events = await listQuarantine(harness.pool, { projection: NAME }, { limit: 1_000 });
    return events.map(({ position, status, reasonCode, attempts }) => [position, status, reasonCode, attempts]);
  };
  const checkpoint = (portal: PortalAddress) => checkpointOf(harness.pool, NAME, portal.bucket);

  test('history and what comes later are applied, the lag goes to nothing, and progress is told', async () => {
    const progress: ProjectionProgress[] = [];
    await append(portalA, 'deal:1', 30);
    start('a', { onProgress: (one) => progress.push(one) });
    await expectApplied(portalA, 30);
    await append(portalA, 'deal:2', 3);
    await append(portalC, 'deal:1', 9);
    await expectApplied(portalA, 33);
    await expectApplied(portalC, 9);
    const told = progress.filter((one) => one.bucket === portalA.bucket);
    expect(told.reduce((sum, one) => sum + one.events, 0)).toBe(33);
    expect(told.at(-1)).toMatchObject({ position: 33, head: 33 });
    expect(told.every((one) => one.position <= one.head && one.seconds > 0)).toBe(true);
    expect(logged).toEqual([]);
  });

  test('back-pressure: while applying is slow, at most two batches of a bucket are in memory', async () => {
    let fetched = 0;
    let applied = 0;
    let most = 0;
    await append(portalA, 'deal:1', 15 * BATCH_SIZE);
    start('a', {
      wrap: (feed) => ({
        fetch: async (bucket, after, limit) => {
          const events = await feed.fetch(bucket, after, limit);
          fetched += events.length;
          most = Math.max(most, fetched - applied);
          return events;
        },
      }),
      apply: async (client, batch) => {
        await new Promise((resolve) => setTimeout(resolve, 15));
        await count(client, batch);
        applied += batch.events.length;
      },
    });
    await expectApplied(portalA, 15 * BATCH_SIZE);
    expect(most).toBeLessThanOrEqual(2 * BATCH_SIZE);
    expect(fetched).toBe(15 * BATCH_SIZE);
  });

  test('ending finishes the batch under way and gives the buckets back at once', async () => {
    await append(portalA, 'deal:1', 3 * BATCH_SIZE);
    let release: () => void = () => undefined;
    let isApplying = false;
    const first = start('first', {
      leaseMs: 600_000,
      apply: async (client, batch) => {
        isApplying = true;
        await new Promise<void>((resolve) => (release = resolve));
        await count(client, batch);
      },
    });
    await until('applying', () => isApplying);
    first.stop();
    release();
    await first.ended;
    await expectApplied(portalA, BATCH_SIZE);
    start('second', { leaseMs: 600_000 });
    await expectApplied(portalA, 3 * BATCH_SIZE);
  });

  if (pauses === 'worker') {
    test.each(['fetch', 'apply events', 'commit batch'] as const)(
      'a worker paused before "%s" past its lease is taken over and writes nothing more when it goes on',
      async (pausedAt) => {
        await append(portalA, 'deal:1', 5);
        let resume: () => void = () => undefined;
        let isPaused = false;
        const hooks: AwaitHook = async (point, phase, bucket) => {
          if (isPaused || point !== pausedAt || phase !== 'before' || bucket !== portalA.bucket) return;
          isPaused = true;
          await new Promise<void>((resolve) => (resume = resolve));
        };
        start('paused', { leaseMs: 200, hooks });
        await until('the pause', () => isPaused);
        const before = await checkpoint(portalA);
        start('heir', { leaseMs: 200 });
        // Paused while it holds the checkpoint, it still owns the batch: the heir waits for that, and takes over after it.
        if (pausedAt === 'apply events') setTimeout(() => resume(), 600);
        await expectApplied(portalA, 5);
        await append(portalA, 'deal:1', 20);
        resume();
        await expectApplied(portalA, 25);
        await until('the heir', async () => ((await checkpoint(portalA))?.epoch ?? 0) > (before?.epoch ?? 0));
        await expectApplied(portalA, 25);
      },
    );
  }

  test('an event delivered again is harmless', async () => {
    await append(portalA, 'deal:1', 30);
    start('a', {
      wrap: (feed) => ({
        fetch: async (bucket, after, limit) => {
          const again = after > 2 ? await feed.fetch(bucket, after - 3, 3) : [];
          const events = await feed.fetch(bucket, after, limit);
          return [...again, ...events.slice(0, 2), ...events];
        },
      }),
    });
    await expectApplied(portalA, 30);
    expect(logged).toEqual([]);
  });

  test('a range that the feed dropped is refused until it delivers it', async () => {
    let isDropping = true;
    await append(portalA, 'deal:1', 20);
    await append(portalC, 'deal:1', 20);
    start('a', {
      wrap: (feed) => ({
        fetch: async (bucket, after, limit) => {
          const events = await feed.fetch(bucket, after, limit);
          const isDropped = (position: number) =>
            isDropping && bucket === portalA.bucket && position > 9 && position < 12;
          return events.filter(({ position }) => !isDropped(position));
        },
      }),
    });
    await expectApplied(portalC, 20);
    await until('the stop', async () => (await checkpoint(portalA))?.status === 'stopped');
    // Nothing of a batch with a hole is applied.
    expect(await checkpoint(portalA)).toMatchObject({ position: 7, stoppedAt: 8, errorCode: 'FEED_HAS_HOLE' });
    isDropping = false;
    await expectApplied(portalA, 20);
    expect(await checkpoint(portalA)).toMatchObject({ status: 'running', errorCode: null });
    expect(await quarantine()).toEqual([]);
  });

  test('a checkpoint ahead of the log stops its bucket, the others go on, and it heals when the cause is gone', async () => {
    await append(portalA, 'deal:1', 5);
    await append(portalC, 'deal:1', 5);
    await harness.pool.query(`INSERT INTO log.checkpoint (projection, bucket, "position") VALUES ($1, $2, 900)`, [
      NAME,
      portalA.bucket,
    ]);
    start('a');
    await expectApplied(portalC, 5);
    await until('the stop', async () => (await checkpoint(portalA))?.status === 'stopped');
    expect(await checkpoint(portalA)).toMatchObject({ position: 900, errorCode: 'CHECKPOINT_AHEAD_OF_LOG' });
    expect(await appliedPositions(portalA, 'deal:1')).toEqual([]);
    // As a restored log would: first exactly where the checkpoint is.
    const { rows } = await harness.pool.query<{ epoch: number }>(
      `UPDATE log.checkpoint SET "position" = 5 WHERE projection = $1 AND bucket = $2 RETURNING epoch`,
      [NAME, portalA.bucket],
    );
    expect(rows).toHaveLength(1);
    await until('the healing', async () => (await checkpoint(portalA))?.status === 'running');
    await append(portalA, 'deal:2', 3);
    await reached(portalA, 8);
    expect(await appliedPositions(portalA, 'deal:2')).toEqual([6, 7, 8]);
  });

  describe('an event that cannot be applied', () => {
    const isPoison = new Set<number>();
    beforeEach(() => isPoison.clear());

    /** Fails, with personal data in its text, at the positions in `isPoison` of portal A's bucket. */
    const apply: ProjectionOptions['apply'] = async (client, batch) => {
      await count(client, batch);
      for (const event of batch.events) {
        if (event.bucket === portalA.bucket && isPoison.has(event.position)) throw new RangeError('Anna +79990000000');
      }
    };

    test('is set aside with the later ones of its stream; everything else goes on', async () => {
      isPoison.add(6);
      await append(portalA, 'deal:1', 5);
      await append(portalA, 'deal:2', 3);
      await append(portalB, 'deal:2', 3);
      await append(portalA, 'deal:1', 3);
      start('a', { apply });
      await reached(portalA, 14);
      await append(portalA, 'deal:2', 2);
      await append(portalC, 'deal:2', 2);
      await reached(portalA, 16);
      await expectApplied(portalC, 2);
      expect(await quarantine()).toEqual([
        [6, 'poison', 'RangeError', 1],
        [7, 'queued', null, 0],
        [8, 'queued', null, 0],
        [15, 'queued', null, 0],
        [16, 'queued', null, 0],
      ]);
      expect(await appliedPositions(portalA, 'deal:2')).toEqual([]);
      expect(await appliedPositions(portalB, 'deal:2')).toEqual([9, 10, 11]);
      expect(await appliedPositions(portalA, 'deal:1')).toEqual([1, 2, 3, 4, 5, 12, 13, 14]);
      expect(await quarantinedPortals(harness.pool, NAME)).toEqual([portalA.portalId]);
      expect(await checkpoint(portalA)).toMatchObject({ status: 'running', stoppedAt: null });
      const errors = logged.filter((line) => line.level === 'error');
      expect(errors).toMatchObject([{ fields: { position: 6, streamId: 'deal:2', code: 'RangeError' } }]);
      const { rows } = await harness.pool.query('SELECT row_to_json(quarantine)::text AS stored FROM log.quarantine');
      expect(JSON.stringify([logged, rows])).not.toMatch(/Anna|7999|amount/);
    });

    test('is tried again on request, in the order of its stream, up to the next that fails', async () => {
      isPoison.add(2).add(4);
      await append(portalA, 'deal:1', 6);
      await append(portalA, 'deal:2', 1);
      start('a', { apply });
      await reached(portalA, 7);
      isPoison.delete(2);
      await requestRetryOfAll(harness.pool, { projection: NAME });
      await until('the retry', async () => (await quarantine()).length === 3);
      expect(await quarantine()).toEqual([
        [4, 'poison', 'RangeError', 1],
        [5, 'queued', null, 0],
        [6, 'queued', null, 0],
      ]);
      const [head] = await listQuarantine(harness.pool, { projection: NAME }, { limit: 1 });
      expect(head).toMatchObject({ retryRequestedAt: null });
      await requestRetry(harness.pool, head?.id ?? 0);
      await until('the second attempt', async () => (await quarantine())[0]?.[3] === 2);
      isPoison.clear();
      await append(portalA, 'deal:1', 2);
      await reached(portalA, 9);
      expect(await quarantine()).toHaveLength(5);
      await requestRetry(harness.pool, head?.id ?? 0);
      await until('the end of the quarantine', async () => (await quarantine()).length === 0);
      await append(portalA, 'deal:1', 1);
      await reached(portalA, 10);
      expect(await appliedPositions(portalA, 'deal:1')).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10]);
      expect(await quarantinedPortals(harness.pool, NAME)).toEqual([]);
    });

    test('leaves with a queue longer than one transaction takes', async () => {
      isPoison.add(1);
      const last = await append(portalA, 'deal:1', 230);
      start('a', { apply, batchSize: 100 });
      await reached(portalA, last);
      expect(await quarantine()).toHaveLength(230);
      isPoison.clear();
      await requestRetryOfAll(harness.pool);
      await until('the end of the quarantine', async () => (await quarantine()).length === 0);
      await expectApplied(portalA, last);
    });

    test('waits in quarantine when the worker is another one, and is tried by that', async () => {
      isPoison.add(3);
      await append(portalA, 'deal:1', 5);
      const first = start('first', { apply });
      await reached(portalA, 5);
      first.stop();
      await first.ended;
      await append(portalA, 'deal:1', 2);
      isPoison.clear();
      await requestRetryOfAll(harness.pool);
      start('second', { apply });
      await until('the end of the quarantine', async () => (await quarantine()).length === 0);
      await expectApplied(portalA, 7);
    });

    test.each([
      ['a lost connection', { code: 'ECONNRESET' }, 'running'],
      ['a missing right', { code: '42501' }, 'stopped'],
    ])('because of %s is not to blame: nothing is set aside, and it is tried again', async (_title, fault, status) => {
      let isFaulty = true;
      let tried = 0;
      await append(portalA, 'deal:1', 20);
      await append(portalC, 'deal:1', 5);
      start('a', {
        apply: async (client, batch) => {
          tried += batch.bucket === portalA.bucket ? 1 : 0;
          if (isFaulty && batch.bucket === portalA.bucket) throw Object.assign(new Error('fault'), fault);
          await count(client, batch);
        },
      });
      await expectApplied(portalC, 5);
      await until('several attempts', () => tried >= 3);
      expect(await checkpoint(portalA)).toMatchObject({ position: 0, status });
      isFaulty = false;
      await expectApplied(portalA, 20);
      expect(await checkpoint(portalA)).toMatchObject({ status: 'running' });
      expect(await quarantine()).toEqual([]);
    });
  });

  describe('an event that cannot be read', () => {
    test.each([
      ['EVENT_TYPE_UNKNOWN', { type: 'DealSold' }],
      ['EVENT_VERSION_UNKNOWN', { schemaVersion: 3 }],
      ['EVENT_UNDECODABLE', { type: 'DealDecided', data: { verdict: 7 } }],
    ])('%s is set aside without trying, others are unaffected', async (code, overrides) => {
      await append(portalA, 'deal:1', 2);
      await append(portalA, 'deal:1', 1, overrides);
      await append(portalA, 'deal:1', 2);
      await append(portalB, 'deal:1', 2);
      start('a');
      await reached(portalA, 7);
      expect(await quarantine()).toEqual([
        [3, 'poison', code, 1],
        [4, 'queued', null, 0],
        [5, 'queued', null, 0],
      ]);
      expect(await appliedPositions(portalA, 'deal:1')).toEqual([1, 2]);
      expect(await appliedPositions(portalB, 'deal:1')).toEqual([6, 7]);
      await requestRetryOfAll(harness.pool);
      await until('the retry', async () => (await quarantine())[0]?.[3] === 2);
      expect(await quarantine()).toHaveLength(3);
    });

    test('is handed over at the current version where an older one is stored', async () => {
      const seen: [number, unknown][] = [];
      await append(portalA, 'deal:1', 1);
      await append(portalA, 'deal:1', 1, { schemaVersion: 2, data: { isRaised: false } });
      start('a', {
        apply: async (client, batch) => {
          seen.push(...batch.events.map((event): [number, unknown] => [event.schemaVersion, event.data['isRaised']]));
          await count(client, batch);
        },
      });
      await expectApplied(portalA, 2);
      expect(seen).toEqual([
        [2, true],
        [2, false],
      ]);
    });
  });

  describe('a watermark', () => {
    const watermark = { type: 'CaptureAdvanced', data: { through: {} } };

    test('is never set aside: its bucket waits, the others go on', async () => {
      let isFaulty = true;
      await append(portalA, 'deal:1', 3);
      await append(portalA, 'capture:1', 1, watermark);
      await append(portalA, 'deal:1', 3);
      await append(portalC, 'deal:1', 3);
      start('a', {
        apply: async (client, batch) => {
          if (isFaulty && batch.events.some((event) => event.type === 'CaptureAdvanced')) throw new RangeError('odd');
          await count(client, batch);
        },
      });
      await reached(portalA, 3);
      await expectApplied(portalC, 3);
      await until('the stop', async () => (await checkpoint(portalA))?.status === 'stopped');
      expect(await checkpoint(portalA)).toMatchObject({ position: 3, stoppedAt: 4, errorCode: 'RangeError' });
      expect(await quarantine()).toEqual([]);
      isFaulty = false;
      await expectApplied(portalA, 7);
    });

    test('passes a quarantine of its stream', async () => {
      await append(portalA, 'capture:1', 1, { type: 'CaptureOdd' });
      await append(portalA, 'capture:1', 1, watermark);
      start('a');
      await reached(portalA, 2);
      expect(await quarantine()).toEqual([[1, 'poison', 'EVENT_TYPE_UNKNOWN', 1]]);
      expect(await appliedPositions(portalA, 'capture:1')).toEqual([2]);
    });
  });
}
