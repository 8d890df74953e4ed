import { describe, test } from '@jest/globals';
import { afterBackfill, afterKills, afterLiveCapture } from './scenarios.js';

/** `FUZZ_FIRST_SEED=1 FUZZ_SEEDS=50 npm run fuzz`: companies compared, five at a time. */
const firstSeed = Number(process.env['FUZZ_FIRST_SEED'] ?? 1);
const seedCount = Number(process.env['FUZZ_SEEDS'] ?? 50);
const atOnce = 5;
const horizonsDays = '7,14,30,none';

const groups = Array.from({ length: Math.ceil(seedCount / atOnce) }, (_, group) =>
  Array.from(
    { length: Math.min(atOnce, seedCount - group * atOnce) },
    (_seed, index) => firstSeed + group * atOnce + index,
  ),
);

describe.each(groups.map((seeds) => [`${seeds[0]}–${seeds.at(-1)}`, seeds] as const))('seeds %s', (_title, seeds) => {
  test('after the backfill alone', () => afterBackfill(seeds, horizonsDays));
  test('after live capture alone', () => afterLiveCapture(seeds, horizonsDays));
  test('after kill -9 of every app', () => afterKills(seeds, horizonsDays, 7919 * (seeds[0] ?? 1)));
});
