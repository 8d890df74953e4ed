/**
 * Kopecks of a decimal text as Bitrix24 writes money: `"150000.00"`, `"999.9"`, `"1000"`, `"-5.5"`.
 * More than two decimals are rounded half away from zero. Returns null when the text is not a number.
 */
export function kopecksOf(text: string): bigint | null {
  const match = /^\s*([+-]?)(\d+)(?:[.,](\d*))?\s*$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  let kopecks = BigInt(whole) * 100n + BigInt(fraction.slice(0, 2).padEnd(2, '0'));
  if (fraction.length > 2 && fraction.charCodeAt(2) >= 53) kopecks += 1n;
  return sign === '-' ? -kopecks : kopecks;
}

/** `15000050n` → `"150000.50"`: roubles with two decimals, as the API and the portal write money. */
export function roublesOf(kopecks: bigint): string {
  const negative = kopecks < 0n;
  const digits = (negative ? -kopecks : kopecks).toString().padStart(3, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
