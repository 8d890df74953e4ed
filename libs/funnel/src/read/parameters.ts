/** Collects parameters of one statement: every value that a person or a portal gave goes through here. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The placeholder of a value, with its type: `$3::text`. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
