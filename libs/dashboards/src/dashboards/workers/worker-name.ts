/** A worker's name for people, in SQL: its random part, which only tells restarts apart, is cut to four letters as in the console. */
export const workerName = (column: string): string =>
  `regexp_replace(${column}, '([0-9a-f]{4})[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '\\1')`;
