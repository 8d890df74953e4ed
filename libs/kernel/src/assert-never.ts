/** Ends a `switch` over a union: the compiler refuses a forgotten member, and a stray value throws. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
