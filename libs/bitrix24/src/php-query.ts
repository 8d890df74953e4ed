/** Parameters of a method: nested maps, lists and scalars. */
export type Parameters = { readonly [name: string]: ParameterValue };
export type ParameterValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly ParameterValue[]
  | { readonly [name: string]: ParameterValue };

/**
 * A query text as PHP reads it: `filter[>ID]=5&select[0]=ID`, names and values percent-encoded. Booleans become 1 and
 * 0, null becomes an empty text, undefined and empty lists and maps leave nothing.
 */
export function encodePhpQuery(parameters: Parameters): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(parameters)) append(pairs, encodeURIComponent(name), value);
  return pairs.join('&');
}

function append(pairs: string[], name: string, value: ParameterValue): void {
  if (value === undefined) return;
  if (value === null) pairs.push(`${name}=`);
  else if (typeof value === 'boolean') pairs.push(`${name}=${value ? '1' : '0'}`);
  else if (typeof value !== 'object') pairs.push(`${name}=${encodeURIComponent(value)}`);
  else {
    for (const [key, member] of Object.entries(value)) append(pairs, `${name}%5B${encodeURIComponent(key)}%5D`, member);
  }
}
