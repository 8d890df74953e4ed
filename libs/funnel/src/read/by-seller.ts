/** Groups rows by seller, in the order of the ids; numbers by value. */
export function bySeller<Row extends { sellerId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.sellerId);
    if (group) group.push(row);
    else groups.set(row.sellerId, [row]);
  }
  return new Map([...groups].sort(([left], [right]) => left.localeCompare(right, 'en', { numeric: true })));
}

/** One total over all rows, and one for each seller. */
export function totalsOf<Row extends { sellerId: string }, Totals>(
  rows: readonly Row[],
  total: (rows: readonly Row[]) => Totals,
): { all: Totals; sellers: (Totals & { sellerId: string })[] } {
  return {
    all: total(rows),
    sellers: [...bySeller(rows)].map(([sellerId, own]) => ({ ...total(own), sellerId })),
  };
}
