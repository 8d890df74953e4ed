import { randomUUID } from 'node:crypto';
import { PostgresEventLog } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import { compare } from '../compare.js';
import { dealChanged } from '../deal-events.js';
import { emmettDealSummary } from '../peers/emmett-deal-summary.js';
import { type DealChangedMessage, emmettMessage, openEmmett } from '../peers/emmett.js';
import { RunningReadModel } from '../rebuild/running-read-model.js';
import { medianOf, ratioRow, type Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';

const SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? '12');

/** From calling append until a query sees the event in the read model, both with their defaults, at a quiet time. */
export async function measureLatency(): Promise<Row[]> {
  const server = await BenchServer.start();
  try {
    const { pool, url } = await server.productDatabase('product');
    const log = new PostgresEventLog(pool);
    server.beforeStop(() => log.close());
    const readModel = await RunningReadModel.start(pool, url);
    server.beforeStop(() => readModel.stop());
    const emmettUrl = await server.database('emmett');
    const emmett = await openEmmett(emmettUrl);
    server.beforeStop(() => emmett.close());
    const consumer = emmett.store.consumer<DealChangedMessage>();
    consumer.projector({ processorId: 'deal_summary', projection: emmettDealSummary });
    const consuming = consumer.start();
    server.beforeStop(async () => {
      await consumer.stop();
      await consuming;
    });
    const emmettPool = server.pool(emmettUrl);
    // Its collection is made with the first event.
    await emmett.store.appendToStream('deal-0', [emmettMessage()]);
    while (!(await isThere(emmettPool))) await new Promise((resolve) => setTimeout(resolve, 50));
    const portal = { portalId: randomUUID(), bucket: 3 };
    const ofProduct = 'SELECT FROM read.deal_summary WHERE bucket = 3 AND deal = $1';
    const ofEmmett = 'SELECT FROM deal_summary WHERE _id = $1';
    const product = async (): Promise<number> => {
      const streamId = `deal:${nextDeal()}`;
      const append = (): Promise<unknown> =>
        log.append(portal, [{ streamId, expected: 'none', events: [dealChanged(streamId)] }]);
      return untilSeen(append, pool, ofProduct, streamId);
    };
    const peer = async (): Promise<number> => {
      const streamId = `deal-${nextDeal()}`;
      return untilSeen(() => emmett.store.appendToStream(streamId, [emmettMessage()]), emmettPool, ofEmmett, streamId);
    };
    const seen = await compare({ turns: 1, product: () => medianTime(product), peer: () => medianTime(peer) });
    return [ratioRow('append → read model, median', 'ms, Emmett', seen, { most: 0.15 })];
  } finally {
    await server.stop();
  }
}

let serial = 0;
const nextDeal = (): number => (serial += 1);

async function medianTime(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    // Out of step with any polling interval.
    await new Promise((resolve) => setTimeout(resolve, 30 + ((sample * 67) % 150)));
    times.push(await measure());
  }
  return medianOf(times);
}

async function isThere(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>(`SELECT to_regclass('deal_summary') IS NOT NULL AS there`);
  return rows[0]?.there ?? false;
}

async function untilSeen(append: () => Promise<unknown>, pool: Pool, query: string, id: string): Promise<number> {
  const beganMs = performance.now();
  await append();
  for (;;) {
    const { rowCount } = await pool.query({ name: query, text: query, values: [id] });
    if (rowCount) return performance.now() - beganMs;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
