import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CohortTotals, FlowTotals, NowTotals } from './answers.js';
import {
  CapturedWorld,
  day,
  funnelDatabase,
  type FunnelDatabase,
  moment,
  sales,
  wholesale,
} from './captured-world.spec-fixture.js';
import { type CohortFigureRef, cohortFigures, type FigureRef, flowFigures } from './figure.js';
import { FunnelOracle, type OracleDeal } from './funnel-oracle.spec-fixture.js';
import { type CohortDefinition, cohortDefinitions } from './scope.js';

let database: FunnelDatabase;
beforeAll(async () => {
  database = await funnelDatabase();
});
afterAll(() => database.close());

const pipelineId = 'deal:0';
const places = [sales, wholesale].flatMap((pipeline) =>
  pipeline.stages.map(({ stageId }) => ({ pipelineId: pipeline.pipelineId, stageId })),
);
const sellers = ['7', '12', null];
const minutesOfSpring = 92 * 24 * 60;
/** Coarse steps, so that equal instants and ends of periods are hit often. */
const instant = fc
  .integer({ min: 0, max: minutesOfSpring / 180 })
  .map((step) => Date.parse(day(1, '00:00')) + step * 180 * 60_000);

const dealArbitrary = fc.record({
  steps: fc.array(
    fc.record({
      afterHours: fc.constantFrom(0, 0, 1, 24, 72, 168, 500),
      place: fc.constantFrom(...places, ...places.slice(0, 5)),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  startsAt: instant,
  owner: fc.constantFrom(...sellers),
  kopecks: fc.integer({ min: 0, max: 10_000_000_00 }),
  currency: fc.constantFrom('RUB', 'RUB', 'EUR'),
  laterVersions: fc.array(
    fc.record({ afterHours: fc.constantFrom(1, 100, 1000), owner: fc.constantFrom(...sellers), kopecks: fc.nat() }),
    { maxLength: 2 },
  ),
  gone: fc.constantFrom(null, null, null, null, 'deleted' as const, 'merged' as const),
});

type DrawnDeal = typeof dealArbitrary extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function oracleDeal(drawn: DrawnDeal, index: number): OracleDeal {
  let at = drawn.startsAt;
  const moves = drawn.steps.map(({ afterHours, place }) => ({ at: (at += afterHours * 3_600_000), ...place }));
  let from = drawn.startsAt;
  const first = { from, owner: drawn.owner, kopecks: drawn.kopecks, currency: drawn.currency };
  const later = drawn.laterVersions.map(({ afterHours, owner, kopecks }) => ({
    from: (from += afterHours * 3_600_000),
    owner,
    kopecks,
    currency: drawn.currency,
  }));
  return { id: String(index + 1), moves, versions: [first, ...later], gone: drawn.gone };
}

function write(world: CapturedWorld, deals: readonly OracleDeal[]): void {
  for (const deal of deals) {
    const [first, ...later] = deal.versions;
    const stages = deal.moves.map((move): [string, string] => [move.stageId, new Date(move.at).toISOString()]);
    world.deal(deal.id, stages, { owner: first!.owner, kopecks: first!.kopecks, currency: first!.currency });
    for (const { from, owner, kopecks } of later) {
      world.changes('deal', deal.id, new Date(from).toISOString(), { ownerId: owner, amountKopecks: String(kopecks) });
    }
    if (deal.gone === 'deleted') world.deletes('deal', deal.id, moment.toISOString());
    if (deal.gone === 'merged') world.merges('deal', deal.id, '999', moment.toISOString());
  }
}

const amountsOf = ({ amount }: { amount: NowTotals['amount'] }) =>
  Object.fromEntries(
    [[amount.currency, amount.kopecks], ...amount.others.map(({ currency, kopecks }) => [currency, kopecks])].filter(
      ([, kopecks]) => kopecks !== 0n,
    ),
  ) as Record<string, bigint>;
const moneyOf = (money: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(money)
      .filter(([, kopecks]) => kopecks !== 0)
      .map(([currency, kopecks]) => [currency, BigInt(kopecks)]),
  );

interface Question {
  deals: OracleDeal[];
  from: number;
  to: number;
  asOf: Date | undefined;
  horizonDays: number | null;
  definition: CohortDefinition;
  sellerId: string | undefined;
}

const question: fc.Arbitrary<Question> = fc
  .record({
    drawn: fc.array(dealArbitrary, { minLength: 1, maxLength: 12 }),
    bounds: fc.tuple(instant, instant).filter(([one, other]) => one !== other),
    asOf: fc.option(instant, { nil: undefined }),
    horizonDays: fc.constantFrom(null, 1, 7, 30),
    definition: fc.constantFrom(...cohortDefinitions),
    sellerId: fc.constantFrom(undefined, '7', 'unknown'),
  })
  .map(({ drawn, bounds, asOf, ...rest }) => ({
    deals: drawn.map(oracleDeal),
    from: Math.min(...bounds),
    to: Math.max(...bounds),
    asOf: asOf === undefined ? undefined : new Date(asOf),
    ...rest,
  }));

test('every figure equals the definitions, and the records behind it are as many', async () => {
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      const world = CapturedWorld.in(database.pool);
      world.configure();
      write(world, asked.deals);
      await world.project(7);
      const at = asked.asOf?.getTime() ?? moment.getTime();
      const oracle = new FunnelOracle(asked.deals, sales, at, asked.sellerId ?? null);
      const base = { pipelineId, asOf: asked.asOf, sellerId: asked.sellerId };
      const period = { from: new Date(asked.from), to: new Date(asked.to) };
      const { reader, scope } = world;
      const countRecords = (figure: FigureRef) => countPages(world, figure);

      const now = await reader.now(scope, base);
      const expectedNow = oracle.now();
      expect(Object.fromEntries(now.all.stages.map((stage) => [stage.stageId, stage.count]))).toEqual(
        expectedNow.stages,
      );
      expect(amountsOf(now.all)).toEqual(moneyOf(expectedNow.money));
      expect(await countRecords({ ...base, view: 'now', figure: 'standing' })).toBe(now.all.count);

      const flow = await reader.flow(scope, { ...base, period });
      const { wonMoney, ...expectedFlow } = oracle.flow(asked.from, asked.to);
      expect(countsOf(flow.all)).toEqual(expectedFlow);
      expect(amountsOf({ amount: flow.all.wonAmount })).toEqual(moneyOf(wonMoney));
      for (const figure of flowFigures) {
        const total = figure === 'entries' || figure === 'visits' ? sumOf(flow.all, figure) : flow.all[figure];
        expect(await countRecords({ ...base, view: 'flow', figure, period })).toBe(total);
      }

      const cohort = await reader.cohort(scope, { ...base, ...asked, ...base, period });
      const steps = everyStep(cohort.all, asked.definition);
      for (const { definition, from, to, step } of steps) {
        const expected = oracle.step(definition, from, to, asked.from, asked.to, asked.horizonDays);
        expect(step).toMatchObject({ ...expected });
      }
      const drilled = steps[asked.deals.length % steps.length]!;
      for (const figure of cohortFigures) {
        const figureRef: CohortFigureRef = {
          ...base,
          view: 'cohort',
          definition: drilled.definition,
          figure,
          period,
          horizonDays: asked.horizonDays,
          fromStageId: drilled.step.fromStageId,
          toStageId: drilled.step.toStageId,
        };
        expect(await countRecords(figureRef)).toBe(drilled.step[figure]);
      }

      const transitions = await reader.transitions(scope, { ...base, period });
      const exits = transitions.all.flatMap((row) =>
        row.to.map((to): [string, number] => [`${row.fromStageId} → ${to.toStageId ?? 'left'}`, to.converted]),
      );
      expect(Object.fromEntries(exits)).toEqual(oracle.exits(asked.from, asked.to));
    }),
    { numRuns: 60 },
  );
}, 120_000);

const countsOf = (totals: FlowTotals) => {
  const byStage = (figure: 'entries' | 'visits') =>
    Object.fromEntries(totals.stages.map((stage) => [stage.stageId, stage[figure]]));
  const { created, won, lost, rollbacks, reopened, left } = totals;
  return { entries: byStage('entries'), visits: byStage('visits'), created, won, lost, rollbacks, reopened, left };
};
const sumOf = (totals: FlowTotals, figure: 'entries' | 'visits') =>
  totals.stages.reduce((sum, stage) => sum + stage[figure], 0);

function everyStep(totals: CohortTotals, definition: CohortDefinition) {
  const last = totals.chain.length - 1;
  return [
    ...totals.steps.map((step, from) => ({ definition, from, to: from + 1, step })),
    { definition, from: 0, to: last, step: totals.overall! },
    ...totals.chain.map((step, to) => ({ definition: 'reached' as const, from: 0, to, step })),
  ];
}

/** Counts by walking all pages, which must not repeat a row. */
async function countPages(world: CapturedWorld, figure: FigureRef): Promise<number> {
  const rows: string[] = [];
  let after: string | undefined;
  do {
    const page = await world.reader.records(world.scope, figure, { limit: 5, after });
    rows.push(...page.records.map((record) => JSON.stringify([record.countedAt, record.id, record.stageId])));
    after = page.next ?? undefined;
  } while (after !== undefined);
  if (figure.view === 'now' || figure.view === 'cohort') expect(new Set(rows).size).toBe(rows.length);
  return rows.length;
}

test('the steps of the chain multiply exactly to the overall rate, and sellers add up to all', async () => {
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      const world = CapturedWorld.in(database.pool);
      world.configure();
      write(world, asked.deals);
      await world.project();
      const { all, sellers } = await world.reader.cohort(world.scope, {
        pipelineId,
        period: { from: new Date(asked.from), to: new Date(asked.to) },
        definition: 'reached',
        horizonDays: asked.horizonDays,
      });
      // One population: what a step converts is what the next one starts from.
      expect(new Set(all.chain.map((step) => step.counted)).size).toBe(1);
      expect(all.chain[0]?.converted).toBe(all.chain[0]?.counted);
      expect(all.overall).toEqual(all.chain.at(-1));
      all.chain
        .slice(1)
        .forEach((step, index) => expect(step.converted).toBeLessThanOrEqual(all.chain[index]!.converted));
      all.chain.forEach((step, index) => {
        for (const figure of cohortFigures) {
          expect(sellers.reduce((sum, seller) => sum + seller.chain[index]![figure], 0)).toBe(step[figure]);
        }
      });
    }),
    { numRuns: 25 },
  );
}, 60_000);
