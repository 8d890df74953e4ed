import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { type Stack, type StackOptions, startStack } from '../stack/stack.js';
import { type Topology, topologyOfRun } from '../stack/topology.js';
import { expectTruth } from './expect-truth.js';

/** One month of the script in about 45 seconds. */
const LIVE_SPEED = 60_000;
const killOrders: Record<Topology, string[]> = {
  embedded: ['ingest', 'projector', 'api', 'ingest', 'projector', 'ingest'],
  distributed: ['ingest', 'kafka', 'projector', 'api', 'projector-2', 'kafka', 'ingest', 'projector'],
};

const company = (seed: number, ...rest: string[]) => [
  ...['--company', 'tiny', '--seed', String(seed), '--limits', 'off'],
  ...rest,
];
const live = (seed: number) => company(seed, '--history', 'none', '--speed', String(LIVE_SPEED));

/** A fixed sequence in [0, 1), so that a failing run can be repeated. */
function* pseudoRandom(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

async function withStack(options: StackOptions, work: (stack: Stack) => Promise<void>): Promise<void> {
  const stack = await startStack(options);
  try {
    await work(stack);
  } finally {
    await stack.stop();
  }
}

async function expectAll(stack: Stack, horizonsDays: string): Promise<void> {
  const question = { timeoutMs: 200_000, horizonsDays };
  const compared = await Promise.all(stack.portals.map((portal) => expectTruth(stack, portal, question)));
  for (const figures of compared) expect(figures).toBeGreaterThan(100);
}

/** The whole history is there when the portals are connected. */
export const afterBackfill = (seeds: number[], horizonsDays: string): Promise<void> =>
  withStack({ portals: seeds.map((seed) => company(seed, '--history', 'full')) }, (stack) =>
    expectAll(stack, horizonsDays),
  );

/** The portals are empty when they are connected, and live through their month on a fast clock. */
export const afterLiveCapture = (seeds: number[], horizonsDays: string): Promise<void> =>
  withStack({ portals: seeds.map(live) }, (stack) => expectAll(stack, horizonsDays));

/** As live capture, while every process is killed at moments drawn from `chance` and started again. */
export const afterKills = (
  seeds: number[],
  horizonsDays: string,
  chance: number,
  topology: Topology = topologyOfRun,
): Promise<void> =>
  withStack({ portals: seeds.map(live), topology }, async (stack) => {
    const random = pseudoRandom(chance);
    for (const name of killOrders[topology]) {
      await sleep(1000 + 5000 * random.next().value);
      const process = stack.processes[name];
      if (!process) throw new Error(`The stack has no ${name} to kill`);
      await process.killAndRestart();
    }
    await expectAll(stack, horizonsDays);
  });
