import { readFile } from 'node:fs/promises';
import type { Comparison, Contest } from '../compare.js';

/** Milliseconds that processes have had of a processor so far: unlike the time of a clock, others on the machine do not change them. */
export async function processorMsOf(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0');
      return Number(text.split(' ')[0]) / 1e6;
    }),
  );
  return times.reduce((sum, ms) => sum + ms, 0);
}

/** Notes beside a contest how much of the work this program did by a second of processor, in every turn. */
export class ProcessorPace {
  private readonly paces = { product: [] as number[], peer: [] as number[] };

  /** The same contest, of which each turn does `count` things. */
  beside(count: number, contest: Contest): Contest {
    const timed = (who: 'product' | 'peer') => async (): Promise<number> => {
      const before = process.cpuUsage();
      const rate = await contest[who]();
      const { user, system } = process.cpuUsage(before);
      this.paces[who].push((count * 1e6) / (user + system));
      return rate;
    };
    return { ...contest, product: timed('product'), peer: timed('peer') };
  }

  /** Turns of both as pairs. */
  comparison(): Comparison {
    const { product, peer } = this.paces;
    return { product, peer, ratios: product.map((pace, pair) => pace / (peer[pair] ?? Number.NaN)) };
  }
}
