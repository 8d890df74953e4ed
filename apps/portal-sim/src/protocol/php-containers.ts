/** A map as PHP encodes it: empty is `[]`, keys 0…n-1 make a list, everything else an object. */
export function phpMap<Value>(entries: readonly (readonly [string, Value])[]): Value[] | Record<string, Value> {
  if (entries.every(([key], index) => key === String(index))) return entries.map(([, value]) => value);
  return Object.fromEntries(entries);
}
