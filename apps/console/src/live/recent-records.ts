/** Records that changed lately: key → the browser's time in milliseconds. */
export type RecentRecords = ReadonlyMap<string, number>;

const REMEMBERED_MS = 20_000;
const REMEMBERED_MOST = 500;

/** The key of a record in {@link RecentRecords}. */
export function recordKey(kind: string, id: string): string {
  return `${kind}:${id}`;
}

/** Adds records that changed at `nowMs`, and forgets those older than twenty seconds. */
export function rememberChanged(
  known: RecentRecords,
  records: readonly { kind: string; id: string }[],
  nowMs: number,
): RecentRecords {
  const kept = [...known].filter(([, at]) => nowMs - at < REMEMBERED_MS);
  const next = new Map(kept);
  for (const record of records) {
    const key = recordKey(record.kind, record.id);
    next.delete(key);
    next.set(key, nowMs);
  }
  return new Map([...next].slice(-REMEMBERED_MOST));
}
