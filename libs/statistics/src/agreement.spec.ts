import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { agreementOf } from './agreement.js';

const of = (bothYes: number, onlyFirst: number, onlySecond: number, bothNo: number) =>
  agreementOf({ bothYes, onlyFirst, onlySecond, bothNo });

test('a hundred cases judged twice', () => {
  expect(of(40, 5, 7, 48)?.kappa).toBeCloseTo(0.7586, 4);
});

test('rare violations make kappa collapse, and not its adjusted form', () => {
  const rare = of(2, 3, 3, 92);
  expect(rare?.observed).toBeCloseTo(0.94, 10);
  expect(rare?.kappa).toBeCloseTo(0.37, 2);
  expect(rare?.pabak).toBeCloseTo(0.88, 10);
});

test('what chance explains has no kappa, nobody has no agreement', () => {
  expect(of(0, 0, 0, 30)).toEqual({ n: 30, observed: 1, kappa: null, pabak: 1 });
  expect(of(0, 0, 0, 0)).toBeNull();
  expect(() => of(1, -1, 0, 0)).toThrow(RangeError);
});

test('it does not matter who was first, nor which answer is called yes', () => {
  const count = fc.nat(50);
  fc.assert(
    fc.property(count, count, count, count, (a, b, c, d) => {
      const agreement = of(a, b, c, d);
      if (agreement?.kappa == null) return;
      for (const other of [of(a, c, b, d), of(d, b, c, a)]) {
        expect(other?.kappa).toBeCloseTo(agreement.kappa, 9);
        expect(other?.pabak).toBeCloseTo(agreement.pabak, 9);
      }
      expect(agreement.kappa).toBeLessThanOrEqual(1);
    }),
  );
});
