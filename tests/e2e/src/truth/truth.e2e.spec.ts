import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Stack, type StackOptions, startStack } from '../stack/stack.js';
import { expectTruth } from './expect-truth.js';

const seeds = [11, 12, 13, 14, 15];
const company = (seed: number, ...rest: string[]) => [
  '--company',
  'tiny',
  '--seed',
  String(seed),
  '--limits',
  'off',
  ...rest,
];
const live = (seed: number) => company(seed, '--history', 'none', '--speed', String(LIVE_SPEED));
/** One month of the script in about 45 seconds. */
const LIVE_SPEED = 60_000;

/** A fixed sequence, so that a failing run can be repeated. */
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

const expectAll = async (stack: Stack, timeoutMs: number) => {
  const compared = await Promise.all(stack.portals.map((portal) => expectTruth(stack, portal, timeoutMs)));
  for (const figures of compared) expect(figures).toBeGreaterThan(100);
};

describe('every figure of the funnel equals the planted truth', () => {
  test('after the backfill alone', async () => {
    await withStack({ portals: seeds.map((seed) => company(seed, '--history', 'full')) }, (stack) =>
      expectAll(stack, 90_000),
    );
  });

  test('after live capture alone', async () => {
    await withStack({ portals: seeds.map(live) }, (stack) => expectAll(stack, 150_000));
  });

  test('after kill -9 of every app at random moments', async () => {
    await withStack({ portals: seeds.map(live) }, async (stack) => {
      const random = pseudoRandom(20_261_124);
      for (const app of ['ingest', 'projector', 'api', 'ingest', 'projector', 'ingest'] as const) {
        await sleep(1000 + 5000 * random.next().value);
        await stack.apps[app].killAndRestart();
      }
      await expectAll(stack, 150_000);
    });
  });
});
