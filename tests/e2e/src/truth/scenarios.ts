import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { type Stack, type StackOptions, startStack } from '../stack/stack.js';
import { expectTruth } from './expect-truth.js';

/** One month of the script in about 45 seconds. */
const LIVE_SPEED = 60_000;
const killOrder = ['ingest', 'projector', 'api', 'ingest', 'projector', 'ingest'] as const;

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

/** As live capture, while every app is killed at moments drawn from `chance` and started again. */
export const afterKills = (seeds: number[], horizonsDays: string, chance: number): Promise<void> =>
  withStack({ portals: seeds.map(live) }, async (stack) => {
    const random = pseudoRandom(chance);
    for (const app of killOrder) {
      await sleep(1000 + 5000 * random.next().value);
      await stack.apps[app].killAndRestart();
    }
    await expectAll(stack, horizonsDays);
  });
