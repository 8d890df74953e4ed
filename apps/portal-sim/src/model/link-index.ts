import type { PortalRecord } from './record-table.js';

/**
 * Which records name another one in a link field. Entries are only added; the reader keeps those whose record still
 * carries the link, so a change of a link needs no search for the old entry.
 */
export class LinkIndex {
  private readonly byTarget = new Map<string, Set<PortalRecord>>();

  note(field: string, targetId: unknown, record: PortalRecord): void {
    const id = Number(targetId);
    if (!(id > 0)) return;
    const key = `${field}:${id}`;
    const records = this.byTarget.get(key);
    if (records) records.add(record);
    else this.byTarget.set(key, new Set([record]));
  }

  /** Records that name the target now or named it once, in the order in which they first did. */
  candidates(field: string, targetId: number): PortalRecord[] {
    return [...(this.byTarget.get(`${field}:${targetId}`) ?? [])];
  }
}
