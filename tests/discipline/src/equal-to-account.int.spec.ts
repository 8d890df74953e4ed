import { afterAll, beforeAll, test } from '@jest/globals';
import { defaultCompany, randomCompany } from '@funnelwatch/portal-generator';
import { Bench } from './bench.js';
import { expectCasesOfTheAccount } from './equal-to-account.js';
import { judgedFromHistory } from './judged-company.js';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.create();
});
afterAll(() => bench.close());

const random = (seed: number): string[] => ['--company', 'random', '--seed', String(seed)];

test.each([1, 2, 3])('random company %i read at the end: its cases are those of its own account', async (seed) => {
  const { engine, company } = await judgedFromHistory(bench, randomCompany(seed), ...random(seed));
  await expectCasesOfTheAccount(engine, company, 'history');
});

test('the default company read at the end: its cases are those of its own account', async () => {
  const anchor = '2026-11-24T10:00:00+03:00';
  const seed = 1;
  const parameters = defaultCompany({ anchorAt: Date.parse(anchor), seed });
  const flags = ['--seed', String(seed), '--anchor', anchor, '--until', anchor];
  const { engine, company } = await judgedFromHistory(bench, parameters, ...flags);
  await expectCasesOfTheAccount(engine, company, 'history');
});
