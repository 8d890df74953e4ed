import { describe, expect, it } from '@jest/globals';
import { isValidInn, isValidKpp, isValidOgrn, isValidOgrnip } from './russian-numbers.js';

/** Every text that differs from this one in the last digit. */
const withOtherCheckDigit = (text: string): string[] =>
  [...'0123456789'].filter((digit) => digit !== text.at(-1)).map((digit) => text.slice(0, -1) + digit);

describe('numbers of registers', () => {
  it.each(['7707083893', '7736050003', '500100732259'])('%s is a valid INN, and no neighbour is', (inn) => {
    expect(isValidInn(inn)).toBe(true);
    expect(isValidInn(` ${inn} `)).toBe(true);
    expect(withOtherCheckDigit(inn).filter(isValidInn)).toEqual([]);
  });
  it.each(['0000000000', '77070838931', '', '77070838о3'])('"%s" is no INN', (inn) => {
    expect(isValidInn(inn)).toBe(false);
  });

  it.each(['1027700132195', '1027700070518', '1027700229193', '1037739010891'])(
    '%s is a valid OGRN, and no neighbour is',
    (ogrn) => {
      expect(isValidOgrn(ogrn)).toBe(true);
      expect(withOtherCheckDigit(ogrn).filter(isValidOgrn)).toEqual([]);
      expect(isValidOgrnip(ogrn)).toBe(false);
    },
  );
  it.each(['0000000000000', '102770013219', '10277001321950', 'ОГРН 1027700132195', ''])('"%s" is no OGRN', (ogrn) => {
    expect(isValidOgrn(ogrn)).toBe(false);
  });

  it.each(['304500116000157'])('%s is a valid OGRNIP, and no neighbour is', (ogrnip) => {
    expect(isValidOgrnip(ogrnip)).toBe(true);
    expect(withOtherCheckDigit(ogrnip).filter(isValidOgrnip)).toEqual([]);
    expect(isValidOgrn(ogrnip)).toBe(false);
  });

  it.each(['773601001', '997950001', '7736AZ001'])('%s is a valid KPP', (kpp) => {
    expect(isValidKpp(kpp)).toBe(true);
  });
  it.each(['000001001', '77360100', '7736010011', '7736az001', '77A601001', '7736-1001', ''])(
    '"%s" is no KPP',
    (kpp) => {
      expect(isValidKpp(kpp)).toBe(false);
    },
  );
});
