const INN_WEIGHTS_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_WEIGHTS_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const INN_WEIGHTS_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/** Check digits of a Russian tax number: 10 digits for companies, 12 for people. */
export function isValidInn(text: string): boolean {
  const digits = text.trim();
  if (!/^(\d{10}|\d{12})$/.test(digits) || /^0+$/.test(digits)) return false;
  const check = (weights: number[]): number =>
    (weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11) % 10;
  if (digits.length === 10) return check(INN_WEIGHTS_10) === Number(digits[9]);
  return check(INN_WEIGHTS_11) === Number(digits[10]) && check(INN_WEIGHTS_12) === Number(digits[11]);
}

/** Form of a KPP: four digits of the tax office, which is never 0000, two digits or capital Latin letters, three digits. */
export function isValidKpp(text: string): boolean {
  return /^(?!0000)\d{4}[\dA-Z]{2}\d{3}$/.test(text.trim());
}

/** Check digit of a company's OGRN: 13 digits, the last one by the twelve before. */
export function isValidOgrn(text: string): boolean {
  return hasRegistrationCheck(text, 13, 11);
}

/** Check digit of an entrepreneur's OGRNIP: 15 digits, the last one by the fourteen before. */
export function isValidOgrnip(text: string): boolean {
  return hasRegistrationCheck(text, 15, 13);
}

/** The last digit is the last one of the remainder of all before it. */
function hasRegistrationCheck(text: string, length: number, divisor: number): boolean {
  const digits = text.trim();
  if (digits.length !== length || !/^[1-9]\d+$/.test(digits)) return false;
  return (Number(digits.slice(0, -1)) % divisor) % 10 === Number(digits.at(-1));
}
