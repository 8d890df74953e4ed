/** Figures by a readable key such as `deal:0 | flow 2026-03 | seller 4 | entries NEW`. Zeros are left out. */
export class FigureMap {
  readonly figures = new Map<string, string>();

  set(key: string, value: number | string | bigint): void {
    const text = String(value);
    if (text !== '0') this.figures.set(key, text);
  }

  /** Differences as `key: expected ≠ found`, at most `limit` of them. */
  differencesFrom(found: FigureMap, limit = 25): string[] {
    const differences: string[] = [];
    for (const key of new Set([...this.figures.keys(), ...found.figures.keys()])) {
      const expected = this.figures.get(key) ?? '0';
      const actual = found.figures.get(key) ?? '0';
      if (expected !== actual) differences.push(`${key}: planted ${expected}, shown ${actual}`);
    }
    return differences.length > limit
      ? [...differences.slice(0, limit), `… ${differences.length} in all`]
      : differences;
  }
}
