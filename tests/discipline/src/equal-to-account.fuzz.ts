import { afterAll, beforeAll, test } from '@jest/globals';
import { defaultCompany, randomCompany } from '@funnelwatch/portal-generator';
import { Bench } from './bench.js';
import { expectCasesOfTheAccount, figuresOf } from './equal-to-account.js';
import { judgedFromHistory, judgedLive } from './judged-company.js';

/** `FUZZ_FIRST_SEED=1 FUZZ_SEEDS=50 npm run fuzz`: companies compared, in both modes. */
const firstSeed = Number(process.env['FUZZ_FIRST_SEED'] ?? 1);
const seedCount = Number(process.env['FUZZ_SEEDS'] ?? 50);
const seeds = Array.from({ length: seedCount }, (_, index) => firstSeed + index);
const random = (seed: number): string[] => ['--company', 'random', '--seed', String(seed)];
const anchor = '2026-11-24T10:00:00+03:00';
const HOUR_MS = 3_600_000;

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.create();
});
afterAll(async () => {
  await bench.close();
  process.stdout.write(`Equal from history: ${figuresOf('history')}\nEqual live: ${figuresOf('live')}\n`);
});

test.each(seeds)('random company %i read at the end', async (seed) => {
  const { engine, company } = await judgedFromHistory(bench, randomCompany(seed), ...random(seed));
  await expectCasesOfTheAccount(engine, company, 'history');
});

test.each(seeds)('random company %i watched from its first day on', async (seed) => {
  const { engine, company } = await judgedLive(bench, randomCompany(seed), ...random(seed));
  await expectCasesOfTheAccount(engine, company, 'live');
});

const flags = ['--seed', '1', '--anchor', anchor, '--until', anchor];
const parameters = defaultCompany({ anchorAt: Date.parse(anchor), seed: 1 });

test(
  'the default company watched from its first day on',
  async () => {
    const { engine, company } = await judgedLive(bench, parameters, ...flags);
    await expectCasesOfTheAccount(engine, company, 'live');
  },
  3 * HOUR_MS,
);
