import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { PortalOperation } from '@funnelwatch/portal-generator';

/** What clients and tests did to the portal, each with the number of script operations that had been applied before. */
export type JournalEntry = { after: number } & (
  | { kind: 'operation'; operation: PortalOperation }
  | { kind: 'comment'; at: number; authorId: number; entityType: string; entityId: number; text: string }
  | { kind: 'notification'; at: number; fromUserId: number; userId: number; message: string; tag: string | null }
);

/** Entries in the order in which they happened, in memory and, with a file, on disk. */
export class Journal {
  readonly entries: JournalEntry[] = [];

  constructor(private readonly path: string | null) {
    if (path === null || !existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    // A write cut short by a kill leaves a line without an end: its call was never answered, so it did not happen.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) if (line !== '') this.entries.push(JSON.parse(line) as JournalEntry);
    if (whole.length < text.length) writeFileSync(path, whole);
  }

  add(entry: JournalEntry): void {
    if (this.path !== null) appendFileSync(this.path, `${JSON.stringify(entry)}\n`);
    this.entries.push(entry);
  }
}
