import { describe, expect, test } from '@jest/globals';
import { Rational } from '@funnelwatch/kernel';
import fc from 'fast-check';
import { decompose, type PlanQuestion } from './decompose.js';
import { shared } from './split-norm.js';

const team = ['1', '2', '3', '4'].map((userId) => ({ userId, weight: 1n }));
/** A month of 250 contacts, 75 meetings, 60 proposals and 12 sales. */
const month = [
  { indicatorId: 'contacts', conversion: { entered: 250, converted: 75 } },
  { indicatorId: 'meetings', conversion: { entered: 75, converted: 60 } },
  { indicatorId: 'proposals', conversion: { entered: 60, converted: 12 } },
];
const plan: PlanQuestion = {
  targetKopecks: 80_000_000n,
  averageSaleKopecks: 4_000_000n,
  steps: month,
  rounding: 'final',
  sellers: team,
  split: 'up',
};

test('800 000 in sales of 40 000 are 20 sales, 100 proposals, 125 meetings and 417 contacts', () => {
  const figures = decompose(plan);
  expect(figures.map(({ indicatorId }) => indicatorId)).toEqual(['contacts', 'meetings', 'proposals', null]);
  expect(figures.map((figure) => figure.team)).toEqual([417n, 125n, 100n, 20n]);
  expect(figures[0]?.exact.toString()).toBe('1250/3');
  expect(figures.map(({ norms }) => norms[0]?.norm)).toEqual([105n, 32n, 25n, 5n]);
  expect(figures.map(({ surplus }) => surplus)).toEqual([3n, 3n, 0n, 0n]);
});

test('820 000 take a sale more, and more of everything before it', () => {
  expect(decompose({ ...plan, targetKopecks: 82_000_000n }).map((figure) => figure.team)).toEqual([
    438n,
    132n,
    105n,
    21n,
  ]);
});

test('rounding each step gives more than rounding once', () => {
  const steps = [
    { indicatorId: 'first', conversion: { entered: 2, converted: 1 } },
    { indicatorId: 'second', conversion: { entered: 10, converted: 6 } },
  ];
  const question = { ...plan, steps, targetKopecks: 80n, averageSaleKopecks: 1n };
  expect(decompose(question).map((figure) => figure.team)).toEqual([267n, 134n, 80n]);
  expect(decompose({ ...question, rounding: 'step' }).map((figure) => figure.team)).toEqual([268n, 134n, 80n]);
});

test('shared out exactly, the norms are the team’s figure', () => {
  const [contacts] = decompose({ ...plan, split: 'exact' });
  expect(contacts?.norms.map(({ norm }) => norm)).toEqual([105n, 104n, 104n, 104n]);
  expect(contacts?.surplus).toBe(0n);
});

test.each([
  [{ targetKopecks: 0n }, 'PLAN_TARGET_INVALID'],
  [{ averageSaleKopecks: 0n }, 'PLAN_AVERAGE_SALE_INVALID'],
  [{ steps: [{ indicatorId: 'calls', conversion: { entered: 0, converted: 0 } }] }, 'PLAN_CONVERSION_UNKNOWN'],
  [{ steps: [{ indicatorId: 'calls', conversion: { entered: 9, converted: 0 } }] }, 'PLAN_CONVERSION_ZERO'],
  [{ steps: [{ indicatorId: 'calls', conversion: { entered: 5, converted: 6 } }] }, 'PLAN_CONVERSION_IMPOSSIBLE'],
])('%j is refused', (change, code) => {
  expect(() => decompose({ ...plan, ...change })).toThrow(expect.objectContaining({ code }));
});

test('targets up to 59 over every fraction with a denominator up to 59 are what whole numbers give, where floats are not', () => {
  let wrongByFloats = 0;
  for (let target = 1; target <= 59; target += 1) {
    for (let entered = 2; entered <= 59; entered += 1) {
      for (let converted = 1; converted < entered; converted += 1) {
        const [figure] = decompose({
          ...plan,
          targetKopecks: BigInt(target),
          averageSaleKopecks: 1n,
          steps: [{ indicatorId: 'all', conversion: { entered, converted } }],
          sellers: [],
        });
        const product = target * entered;
        const expected = BigInt(product % converted === 0 ? product / converted : Math.floor(product / converted) + 1);
        if (figure?.team !== expected) throw new Error(`${target} over ${converted}/${entered}: ${figure?.team}`);
        if (BigInt(Math.ceil(target / (converted / entered))) !== expected) wrongByFloats += 1;
      }
    }
  }
  expect(wrongByFloats).toBe(255);
});

const conversion = fc
  .integer({ min: 1, max: 400 })
  .chain((entered) => fc.record({ entered: fc.constant(entered), converted: fc.integer({ min: 1, max: entered }) }));
const steps = fc.array(fc.record({ indicatorId: fc.constant('step'), conversion }), { minLength: 1, maxLength: 6 });
const amounts = fc.record({ targetKopecks: fc.bigInt(1n, 10n ** 12n), averageSaleKopecks: fc.bigInt(1n, 10n ** 9n) });

test('the chain telescopes: the first figure is the sales over the product of all conversions', () => {
  fc.assert(
    fc.property(amounts, steps, (money, chain) => {
      const figures = decompose({ ...plan, ...money, steps: chain });
      const rate = chain.reduce(
        (product, { conversion: { entered, converted } }) => product.times(Rational.of(converted, entered)),
        Rational.one,
      );
      expect(figures[0]?.exact.compare(Rational.of(figures.at(-1)?.team ?? 0n).over(rate))).toBe(0);
    }),
  );
});

test('more money, or a worse conversion, never asks for less', () => {
  fc.assert(
    fc.property(amounts, steps, fc.bigInt(0n, 10n ** 9n), (money, chain, more) => {
      const before = decompose({ ...plan, ...money, steps: chain });
      const richer = decompose({ ...plan, ...money, targetKopecks: money.targetKopecks + more, steps: chain });
      const worse = chain.map((step) => ({
        ...step,
        conversion: { ...step.conversion, entered: step.conversion.entered + 1 },
      }));
      const harder = decompose({ ...plan, ...money, steps: worse });
      before.forEach((figure, place) => {
        expect(richer[place]!.team).toBeGreaterThanOrEqual(figure.team);
        expect(harder[place]!.team).toBeGreaterThanOrEqual(figure.team);
      });
    }),
  );
});

test('rounding at each step never asks for less than rounding once', () => {
  fc.assert(
    fc.property(amounts, steps, (money, chain) => {
      const [once, each] = (['final', 'step'] as const).map((rounding) =>
        decompose({ ...plan, ...money, steps: chain, rounding }),
      );
      once!.forEach((figure, place) => expect(each![place]!.team).toBeGreaterThanOrEqual(figure.team));
    }),
  );
});

const people = fc.array(fc.record({ userId: fc.string(), weight: fc.bigInt(0n, 10_000n) }), {
  minLength: 1,
  maxLength: 20,
});

test('parts are within one of their exact share; rounded up they cover the whole, otherwise they are it', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 9n), people, (whole, sellers) => {
      const total = sellers.reduce((sum, { weight }) => sum + weight, 0n);
      fc.pre(total > 0n);
      for (const split of ['up', 'exact'] as const) {
        const parts = shared(whole, sellers, split);
        const sum = parts.reduce((all, { norm }) => all + norm, 0n);
        if (split === 'exact') expect(sum).toBe(whole);
        else expect(sum).toBeGreaterThanOrEqual(whole);
        parts.forEach(({ norm }, place) => {
          const off = norm * total - whole * sellers[place]!.weight;
          expect(off < total && off > -total).toBe(true);
        });
      }
    }),
  );
});

describe('norms by the rates of each seller', () => {
  const rate = (over: number, under: number) => Rational.of(over, under);
  const question: PlanQuestion = {
    ...{ targetKopecks: 80_000_000n, averageSaleKopecks: 4_000_000n, rounding: 'final', split: 'up' },
    steps: [
      { indicatorId: 'meetings', conversion: { entered: 100, converted: 80 } },
      { indicatorId: 'proposals', conversion: { entered: 100, converted: 20 } },
    ],
    sellers: [
      { userId: '4', weight: 1n },
      { userId: '5', weight: 1n },
    ],
  };

  test('each goes back through their own rates, and the team is what they come to together', () => {
    const ownRates = new Map([
      ['4', [rate(4, 5), rate(1, 4)]],
      ['5', [rate(4, 5), rate(1, 6)]],
    ]);
    const figures = decompose({ ...question, ownRates });
    // Ten sales each: 40 and 60 proposals, 50 and 75 meetings.
    expect(figures.map(({ team, norms }) => [team, ...norms.map(({ norm }) => norm)])).toEqual([
      [125n, 50n, 75n],
      [100n, 40n, 60n],
      [20n, 10n, 10n],
    ]);
  });

  test('rates like those of the team ask for what the team asks for', () => {
    const team = question.steps.map(({ conversion }) => rate(conversion.converted, conversion.entered));
    const alike = new Map(question.sellers.map(({ userId }) => [userId, team]));
    const pooled = decompose(question).map(({ exact, team: all }) => [exact.toString(), all]);
    expect(decompose({ ...question, ownRates: alike }).map(({ exact, team: all }) => [exact.toString(), all])).toEqual(
      pooled,
    );
    expect(decompose({ ...question, ownRates: new Map() }).map(({ exact }) => exact.toString())).toEqual(
      pooled.map(([exact]) => exact),
    );
  });

  test('shared out exactly, norms are the figure of the team; worse rates never ask for less', () => {
    const odds = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(odds, odds, odds, (one, other, worse) => {
        const rates = (under: number) =>
          new Map([
            ['4', [rate(1, 2), rate(1, one)]],
            ['5', [rate(2, 3), rate(1, under)]],
          ]);
        const figures = decompose({ ...question, split: 'exact', ownRates: rates(other) });
        for (const { team, norms, surplus } of figures) {
          expect(norms.reduce((sum, { norm }) => sum + norm, 0n)).toBe(team);
          expect(surplus).toBe(0n);
        }
        const harder = decompose({ ...question, ownRates: rates(other + worse) });
        const before = decompose({ ...question, ownRates: rates(other) });
        harder.forEach(({ team }, place) => expect(team).toBeGreaterThanOrEqual(before[place]?.team ?? 0n));
      }),
    );
  });
});
