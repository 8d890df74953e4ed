import { type BackfillOutcome, RunningProduct } from './running-product.js';
import type { Row } from './row.js';

const sizes = (process.env['BENCH_DEALS'] ?? '10000,100000').split(',').map(Number);

/** The whole path from the simulator to the read model, limits off: records a second and memory at two sizes. */
export async function measureBackfill(): Promise<Row[]> {
  const outcomes: BackfillOutcome[] = [];
  const rows: Row[] = [];
  for (const deals of sizes) {
    const outcome = await backfill(deals);
    outcomes.push(outcome);
    const rate = outcome.records / outcome.seconds;
    rows.push({
      work: `backfill of ${deals} deals: ${outcome.records} records, ${outcome.events} events, ${outcome.seconds.toFixed(0)} s`,
      figure: `${Math.round(rate)} records/s`,
      value: rate,
      target: '≥ 2000 records/s',
      reached: rate >= 2000,
    });
  }
  const [small, large] = outcomes;
  // One size alone says nothing about growth.
  if (!large) return rows;
  for (const app of ['ingest', 'projector']) {
    const before = small?.memory[app] ?? 0;
    const after = large.memory[app] ?? 0;
    const ratio = after / before;
    rows.push({
      work: `peak memory of ${app}, ${sizes[0]} → ${sizes[1]} deals: ${before} → ${after} MiB`,
      figure: `${ratio.toFixed(2)}×`,
      value: ratio,
      target: 'flat (≤ 1.10×)',
      reached: ratio <= 1.1,
    });
  }
  return rows;
}

async function backfill(deals: number): Promise<BackfillOutcome> {
  const product = await RunningProduct.start({
    simulator: ['--company', 'large', '--deals', String(deals), '--limits', 'off'],
    environment: { LIMITS: 'off' },
  });
  try {
    return await product.waitForBackfill();
  } finally {
    await product.stop();
  }
}
