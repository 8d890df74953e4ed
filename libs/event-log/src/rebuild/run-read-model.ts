import { withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import type { WakeUpListener } from '../feed/wake-up-listener.js';
import { PostgresFeed } from '../feed/postgres-feed.js';
import type { Feed } from '../port.js';
import { errorFacts } from '../project/error-facts.js';
import { BucketLost } from '../project/failures.js';
import { orAborted, wait } from '../project/or-aborted.js';
import type { ProjectionLogger, ProjectionProgress } from '../project/projection-options.js';
import { runProjection } from '../project/run-projection.js';
import { type Generation, readGenerations, schemaInSlot, slotOf } from './generations.js';
import type { ReadModel } from './read-model.js';
import { switchGeneration } from './switch-generation.js';
import { throttled } from './throttle.js';

export interface RunReadModelOptions {
  model: ReadModel;
  /** Feeds what serves; generations beside it are fed from the log in `pool`. */
  feed: Feed;
  pool: Pool;
  /** Name of this worker, unlike any other's. */
  holder: string;
  logger: ProjectionLogger;
  catalogue?: EventCatalogue;
  listener?: WakeUpListener;
  /** Number of buckets of the installation; 16 unless told. */
  bucketCount?: number;
  leaseMs?: number;
  /** Most events in one transaction of what serves; 500 unless told. */
  batchSize?: number;
  /** Most events in one transaction of what is built; 2000 unless told. */
  buildBatchSize?: number;
  /** How often it is looked whether generations came or went; 1 s unless told. */
  lookEveryMs?: number;
  /** A build is switched to when no more events than this are left, which the switch folds; 2000 unless told. */
  leftAtSwitch?: number;
  /** Longest time the read model may stand still at a switch; 10 s unless told. */
  mostPauseMs?: number;
  /** Ends the work: batches under way are finished, buckets are given back. */
  signal: AbortSignal;
  onProgress?(progress: ProjectionProgress): void;
}

interface RunningSlot {
  generation: Generation;
  stop: AbortController;
  ended: Promise<void>;
}

const RETRY_SWITCH_MS = 5_000;

/**
 * Keeps a read model up to date until `signal` aborts, and every generation beside it: one that is built catches up in
 * parallel by bucket and takes over by itself when its rows are those that serve; a retired one is kept up to date, so
 * that going back to it takes no longer than the switch. Any number of workers do this together; whatever is killed,
 * each generation goes on from its checkpoints.
 */
export async function runReadModel(options: RunReadModelOptions): Promise<void> {
  await new ReadModelRun(options).run();
}

class ReadModelRun {
  private readonly slots = new Map<string, RunningSlot>();
  private triedMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: RunReadModelOptions) {}

  async run(): Promise<void> {
    const { signal, logger, model, lookEveryMs = 1_000 } = this.options;
    while (!signal.aborted) {
      try {
        await this.attend();
      } catch (error) {
        logger.warn({ readModel: model.name, ...errorFacts(error) }, 'Generations could not be looked after');
      }
      await orAborted(wait(lookEveryMs), signal);
    }
    await Promise.all([...this.slots.keys()].map((slot) => this.stop(slot)));
  }

  private async attend(): Promise<void> {
    const { pool, model } = this.options;
    const generations = await readGenerations(pool, model.name);
    const wanted = new Map(
      generations
        .filter(({ state, definitionVersion }) => state !== 'failed' && definitionVersion === model.definitionVersion)
        .map((generation) => [slotOf(generation), generation]),
    );
    for (const [slot, { generation }] of this.slots) {
      const now = wanted.get(slot);
      // What serves resolves its tables in every transaction; the others end with their slot.
      if (!now || (slot !== model.name && !isSame(now, generation))) await this.stop(slot);
    }
    for (const [slot, generation] of wanted) if (!this.slots.has(slot)) this.start(slot, generation);
    const building = generations.find(({ state }) => state === 'building');
    if (building && this.slots.has(slotOf(building))) await this.switchWhenBuilt(building);
  }

  private start(slot: string, generation: Generation): void {
    const { options } = this;
    const { pool, logger, model, catalogue, listener, holder, bucketCount, leaseMs } = options;
    const isServing = slot === model.name;
    const stop = new AbortController();
    const ownFeed = isServing ? null : new PostgresFeed({ pool, listener, holder, bucketCount, leaseMs });
    const feed = ownFeed && throttled(ownFeed, { pool, slot, generation });
    const ended = runProjection({
      name: slot,
      feed: feed ?? options.feed,
      pool,
      logger,
      catalogue,
      batchSize: isServing ? options.batchSize : (options.buildBatchSize ?? 2_000),
      signal: stop.signal,
      apply: async (client, { bucket, events }) => {
        const schema = await schemaInSlot(client, model.name, slot);
        // Switched or dropped since this worker claimed the bucket.
        if (schema === null) throw new BucketLost();
        await model.apply(client, { schema, bucket, events });
      },
      onProgress: isServing ? options.onProgress : undefined,
    }).finally(() => ownFeed?.close());
    this.slots.set(slot, { generation, stop, ended });
    logger.info(
      { readModel: model.name, generation: generation.generation, state: generation.state },
      'Keeping a generation',
    );
  }

  private async stop(slot: string): Promise<void> {
    const running = this.slots.get(slot);
    this.slots.delete(slot);
    running?.stop.abort();
    await running?.ended;
    if (slot === this.options.model.name) return;
    const { pool, logger, model } = this.options;
    await clearSlot(pool, model.name, slot).catch((error: unknown) =>
      logger.warn({ slot, ...errorFacts(error) }, 'A slot was not cleared'),
    );
  }

  private async switchWhenBuilt(building: Generation): Promise<void> {
    const { pool, model, catalogue, logger, mostPauseMs, signal } = this.options;
    if (performance.now() - this.triedMs < RETRY_SWITCH_MS) return;
    const { rows } = await pool.query<{ left: number }>(
      `SELECT coalesce(sum(counter."position" - coalesce(checkpoint."position", 0)), 0)::float8 AS left
         FROM log.counter LEFT JOIN log.checkpoint ON checkpoint.projection = $1 AND checkpoint.bucket = counter.bucket`,
      [slotOf(building)],
    );
    if ((rows[0]?.left ?? 0) > (this.options.leftAtSwitch ?? 2_000)) return;
    this.triedMs = performance.now();
    const { generation } = building;
    const outcome = await switchGeneration({ pool, model, catalogue, generation, mostPauseMs, signal });
    const facts = { readModel: model.name, generation, ...outcome };
    if (outcome.outcome === 'differs')
      logger.error(facts, 'A generation differs from what serves and was not switched to');
    else logger.info(facts, 'A generation was to take over');
  }
}

const isSame = (a: Generation, b: Generation): boolean =>
  a.generation === b.generation && a.state === b.state && a.eventsPerSecond === b.eventsPerSecond;

/**
 * Removes the checkpoint of nothing that a worker leaves when it claims a bucket while its slot goes. A switch that is
 * about to fill the slot again is waited for: what it writes there must stay.
 */
function clearSlot(pool: Pool, readModel: string, slot: string): Promise<void> {
  return withTransaction(pool, async (client) => {
    await client.query('SELECT FROM log.projection_version WHERE projection = $1 FOR SHARE', [readModel]);
    await client.query(
      `DELETE FROM log.checkpoint WHERE projection = $1 AND NOT EXISTS (
         SELECT FROM log.projection_version
          WHERE state IN ('building', 'retired') AND projection || '@' || generation = $1)`,
      [slot],
    );
  });
}
