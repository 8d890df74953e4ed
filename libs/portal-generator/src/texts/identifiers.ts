import type { Randomness } from '../world/randomness.js';

const firmWeights = [2, 4, 10, 3, 5, 9, 4, 6, 8];
const personWeights11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
const personWeights12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

function checkDigit(digits: string, weights: readonly number[]): string {
  let sum = 0;
  weights.forEach((weight, place) => (sum += weight * Number(digits[place])));
  return String((sum % 11) % 10);
}

function randomDigits(random: Randomness, count: number): string {
  let digits = '';
  for (let place = 0; place < count; place += 1) digits += String(random.integer(0, 9));
  return digits;
}

/** Tax number of a firm (10 digits) with a valid check digit. */
export function firmInn(random: Randomness): string {
  const digits = `77${randomDigits(random, 7)}`;
  return digits + checkDigit(digits, firmWeights);
}

/** Tax number of an entrepreneur (12 digits) with valid check digits. */
export function personInn(random: Randomness): string {
  const ten = `50${randomDigits(random, 8)}`;
  const eleven = ten + checkDigit(ten, personWeights11);
  return eleven + checkDigit(eleven, personWeights12);
}

/** True when the length and every check digit of a Russian tax number fit. */
export function isValidInn(inn: string): boolean {
  if (/^\d{10}$/.test(inn)) return inn[9] === checkDigit(inn, firmWeights);
  if (!/^\d{12}$/.test(inn)) return false;
  return inn[10] === checkDigit(inn, personWeights11) && inn[11] === checkDigit(inn, personWeights12);
}

/** Reason code of tax registration that belongs to the tax office of the number. */
export function kppOf(inn: string): string {
  return `${inn.slice(0, 4)}01001`;
}

/** State registration number of a firm (13 digits) with a valid check digit. */
export function ogrn(random: Randomness): string {
  const digits = `1${randomDigits(random, 11)}`;
  return digits + String((Number(digits) % 11) % 10);
}

/** A mobile number of its own for each ordinal (bijective below 10^9), written as people write it. */
export function phoneNumber(ordinal: number, random: Randomness): string {
  const digits = String((ordinal * 982451 + 123456789) % 1_000_000_000).padStart(9, '0');
  const [code, first, second, third] = [digits.slice(0, 2), digits.slice(2, 5), digits.slice(5, 7), digits.slice(7)];
  const shape = random.integer(0, 2);
  if (shape === 0) return `+79${digits}`;
  if (shape === 1) return `+7 (9${code}) ${first}-${second}-${third}`;
  return `8 9${code} ${first} ${second} ${third}`;
}

const letters: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ы: 'y', ь: '',
  э: 'e', ю: 'yu', я: 'ya',
}; // prettier-ignore

/** Latin spelling for addresses: `Соколов` → `sokolov`. */
export function latin(text: string): string {
  return [...text.toLowerCase()].map((letter) => letters[letter] ?? (/[a-z0-9]/.test(letter) ? letter : '-')).join('');
}
