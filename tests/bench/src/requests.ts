import { leastRequests } from './least-requests.js';
import { RunningProduct } from './running-product.js';
import type { Row } from './row.js';

/** A full backfill under both limits of the portal, live polling off: requests against the fewest possible. */
export async function measureRequests(): Promise<Row[]> {
  const product = await RunningProduct.start({
    simulator: ['--company', 'large', '--deals', '5000', '--limits', 'on', '--operating-cost', '0.01'],
    environment: { BACKFILL_ONLY: 'on', BATCH_COMMANDS: '50' },
  });
  try {
    const outcome = await product.waitForBackfill();
    const { requests, refused } = await product.counters();
    const least = leastRequests(outcome.listings);
    const ratio = requests / least;
    return [
      {
        work: `requests of a backfill under limits: ${requests}, fewest ${least}, refused ${refused}, ${outcome.seconds.toFixed(0)} s`,
        figure: `${ratio.toFixed(3)}×`,
        value: ratio,
        target: '≤ 1.05×',
        reached: ratio <= 1.05,
      },
    ];
  } finally {
    await product.stop();
  }
}
