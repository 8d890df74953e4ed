import type { Row } from './row.js';
import { medianOf } from './row.js';
import { RunningProduct } from './running-product.js';

const ROUNDS = 9;
const REQUESTS = Number(process.env['BENCH_SAMPLES'] ?? '300');
const MOST_MS = 5;

/**
 * What it adds to a request that somebody has to be signed in: a route for anybody and one for whoever is signed in, which
 * both ask the database one short question, in turns over one connection.
 */
export async function measureSignIn(): Promise<Row[]> {
  const product = await RunningProduct.start({ simulator: ['--deals', '200'] });
  try {
    await product.waitForBackfill();
    const headers = { cookie: await product.signedIn() };
    const open = () => percentileOf(() => time(`${product.report.address}api/v1/sign-in`, {}));
    const guarded = () => percentileOf(() => time(`${product.report.address}api/v1/sessions`, headers));
    await open();
    await guarded();
    const added: number[] = [];
    const plain: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Whoever goes first in a round takes turns.
      const [first, second] = round % 2 === 0 ? [open, guarded] : [guarded, open];
      const [one, other] = [await first(), await second()];
      const [without, withSession] = round % 2 === 0 ? [one, other] : [other, one];
      plain.push(without);
      added.push(withSession - without);
    }
    const median = medianOf(added);
    return [
      {
        work: 'signing in adds to a request, p95',
        figure: `${median.toFixed(2)} ms (${Math.min(...added).toFixed(2)}–${Math.max(...added).toFixed(2)}) to ${medianOf(plain).toFixed(2)} ms`,
        value: median,
        target: `≤ ${MOST_MS} ms`,
        reached: median <= MOST_MS,
      },
    ];
  } finally {
    await product.stop();
  }
}

async function percentileOf(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let request = 0; request < REQUESTS; request += 1) times.push(await measure());
  return times.toSorted((left, right) => left - right)[Math.floor(REQUESTS * 0.95)] ?? 0;
}

async function time(url: string, headers: Record<string, string>): Promise<number> {
  const beganMs = performance.now();
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - beganMs;
}
