import { randomUUID } from 'node:crypto';
import {
  dropGeneration,
  PostgresFeed,
  readGenerations,
  registerFirstGeneration,
  requestRebuild,
  runReadModel,
  WakeUpListener,
} from '@funnelwatch/event-log';
import { withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { silent } from '../silent.js';
import { dealSummary, dealSummaryTable } from './deal-summary.js';

const WAIT_MS = 10;

/** The read model of the bench kept up to date by one worker, as a projector does it. */
export class RunningReadModel {
  private constructor(
    private readonly pool: Pool,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(pool: Pool, url: string): Promise<RunningReadModel> {
    await withTransaction(pool, async (client) => {
      await client.query('CREATE SCHEMA deal_summary_v1');
      await client.query(dealSummaryTable('deal_summary_v1'));
      await dealSummary.createViews(client, 'read', 'deal_summary_v1');
      await client.query(registerFirstGeneration(dealSummary.name, 'deal_summary_v1', dealSummary.definitionVersion));
    });
    const listener = new WakeUpListener({ url, applicationName: 'bench' });
    await listener.start();
    const holder = `bench ${randomUUID()}`;
    const feed = new PostgresFeed({ pool, listener, holder });
    const stopping = new AbortController();
    const ended = runReadModel({
      model: dealSummary,
      feed,
      pool,
      listener,
      holder: `${holder} beside`,
      logger: silent,
      // A rebuild that takes half a second must not wait another one to be noticed.
      lookEveryMs: 50,
      signal: stopping.signal,
    });
    return new RunningReadModel(pool, async () => {
      stopping.abort();
      await ended;
      feed.close();
      await listener.close();
    });
  }

  /** Waits until every event is in the read model that serves. */
  async caughtUp(): Promise<void> {
    await this.until(
      `SELECT NOT EXISTS (
         SELECT FROM log.counter LEFT JOIN log.checkpoint
             ON checkpoint.projection = '${dealSummary.name}' AND checkpoint.bucket = counter.bucket
          WHERE counter."position" > coalesce(checkpoint."position", 0)) AS yes`,
    );
  }

  /** From the request until the new generation was compared with the old one and serves. */
  async rebuild(): Promise<void> {
    const generation = await requestRebuild(this.pool, dealSummary);
    await this.until(
      `SELECT EXISTS (SELECT FROM log.projection_version WHERE projection = '${dealSummary.name}'
                         AND generation = ${generation} AND state = 'serving') AS yes`,
    );
  }

  async dropRetired(): Promise<void> {
    for (const { generation, state } of await readGenerations(this.pool, dealSummary.name)) {
      if (state !== 'serving') await dropGeneration(this.pool, dealSummary.name, generation);
    }
  }

  stop(): Promise<void> {
    return this.end();
  }

  private async until(question: string): Promise<void> {
    for (;;) {
      const { rows } = await this.pool.query<{ yes: boolean }>(question);
      if (rows[0]?.yes) return;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}
