import { describe, expect, test } from '@jest/globals';
import { generate } from '../generate.js';
import { tinyCompany } from '../parameters/tiny-company.js';
import { scriptUntil } from '../script-until.js';
import type { PipelineTruth, SellerTruth, Truth } from './truth.js';
import { truthOf } from './truth-keeper.js';
import { writeTruth } from './write-truth.js';

function truthOfSeed(seed: number, removesUsedStage = false): Truth {
  const company = generate(tinyCompany(seed, { removesUsedStage }));
  const { endAt, zone } = company.parameters;
  return truthOf(scriptUntil(company, endAt), { asOf: new Date(endAt), zone, horizonsDays: [null, 3, 14] });
}

const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

function months<T>(byMonth: Record<string, T>): T[] {
  return Object.values(byMonth);
}

function all(pipeline: PipelineTruth): SellerTruth {
  const seller = pipeline.sellers['all'];
  if (!seller) throw new Error('no seller "all"');
  return seller;
}

describe.each(Array.from({ length: 8 }, (_, seed) => seed))('the truth of tiny company %i', (seed) => {
  const truth = truthOfSeed(seed, seed % 3 === 0);
  const pipelines = Object.values(truth.pipelines);

  test('sellers add up to all, figure by figure', () => {
    for (const pipeline of pipelines) {
      const { all: everyone, ...sellers } = pipeline.sellers;
      expect(sumOf(Object.values(sellers).map((seller) => writeTruth(seller as unknown as Truth)))).toEqual(
        sumOf([writeTruth(everyone as unknown as Truth)]),
      );
    }
  });

  test('the exits of a stage are its visits without those still standing there', () => {
    for (const pipeline of pipelines) {
      const everyone = all(pipeline);
      for (const { id } of pipeline.stages) {
        const exits = total(months(everyone.transitions).flatMap((rows) => Object.values(rows[id] ?? {})));
        const visits = total(months(everyone.flow).map((flow) => flow.visits[id] ?? 0));
        expect(exits).toBe(visits - (everyone.now[id]?.count ?? 0));
      }
    }
  });

  test('transitions name what the flow counts: left, lost and won', () => {
    for (const pipeline of pipelines) {
      const everyone = all(pipeline);
      for (const [month, flow] of Object.entries(everyone.flow)) {
        const rows = Object.values(everyone.transitions[month] ?? {});
        expect(total(rows.map((row) => row['left'] ?? 0))).toBe(flow.left);
      }
      const standing = pipeline.stages.filter((stage) => stage.semantics === 'S');
      const won = total(standing.map((stage) => everyone.now[stage.id]?.count ?? 0));
      expect(total(months(everyone.flow).map((flow) => flow.won))).toBe(won);
    }
  });

  test('the chain telescopes, never grows, and its ends are the whole way of "reached"', () => {
    for (const pipeline of pipelines) {
      const ranked = pipeline.stages.filter((stage) => stage.rank !== null).map((stage) => stage.id);
      const whole = `${ranked[0]}>${ranked.at(-1)}`;
      for (const seller of Object.values(pipeline.sellers)) {
        for (const [month, byHorizon] of Object.entries(seller.chain)) {
          for (const [horizon, chain] of Object.entries(byHorizon)) {
            const counts = ranked.map((id) => chain.reached[id] ?? 0);
            expect(counts[0]).toBe(chain.population);
            expect(counts).toEqual([...counts].sort((one, other) => other - one));
            const cell = seller.cohorts[month]?.reached[horizon]?.[whole];
            expect(cell).toMatchObject({ population: chain.population, converted: counts.at(-1) });
            expect(cell).toMatchObject({ immature: chain.immature, censored: chain.censored });
          }
        }
      }
    }
  });

  test('a strict success is a touched one, and both start from the entries of the month', () => {
    for (const pipeline of pipelines) {
      const everyone = all(pipeline);
      for (const [month, cohorts] of Object.entries(everyone.cohorts)) {
        for (const step of pipeline.steps) {
          const [strict, touched] = [cohorts.strict['none']?.[step], cohorts.touched['none']?.[step]];
          expect(strict?.population).toBe(everyone.flow[month]?.entries[step.split('>')[0] ?? '']);
          expect(touched?.population).toBe(strict?.population);
          expect(strict?.converted).toBeLessThanOrEqual(touched?.converted ?? 0);
        }
      }
    }
  });

  test('a horizon moves objects between matured and immature, and loses none', () => {
    for (const pipeline of pipelines) {
      for (const cohorts of months(all(pipeline).cohorts)) {
        for (const byHorizon of [cohorts.reached, cohorts.strict, cohorts.touched]) {
          for (const step of pipeline.steps) {
            const sizes = Object.values(byHorizon).map((cells) => cells[step]);
            const sums = sizes.map((cell) => (cell?.population ?? 0) + (cell?.immature ?? 0));
            expect(new Set(sums).size).toBe(1);
          }
        }
      }
    }
  });
});

/** Adds numbers (and decimal strings) of equal paths; zeros are dropped. */
function sumOf(objects: unknown[]): Record<string, string> {
  const sums: Record<string, bigint> = {};
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'number' || typeof value === 'string') sums[path] = (sums[path] ?? 0n) + BigInt(value);
    else if (value !== null && typeof value === 'object') {
      for (const [key, member] of Object.entries(value)) visit(member, `${path}/${key}`);
    }
  };
  for (const object of objects) visit(object, '');
  return Object.fromEntries(Object.entries(sums).flatMap(([path, sum]) => (sum === 0n ? [] : [[path, String(sum)]])));
}
