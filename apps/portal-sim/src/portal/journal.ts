import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { Rejection } from '@funnelwatch/kernel';
import type { PortalOperation } from '@funnelwatch/portal-generator';

/** What clients and tests did to the portal, each with the number of script operations that had been applied before. */
export type JournalEntry = { after: number } & (
  | { kind: 'operation'; operation: PortalOperation }
  | { kind: 'comment'; at: number; authorId: number; entityType: string; entityId: number; text: string }
  | {
      kind: 'notification';
      at: number;
      fromUserId: number;
      userId: number;
      message: string;
      tag: string | null;
      subTag?: string | null;
      isSystem?: boolean;
    }
);

/** Entries in the order in which they happened, in memory and, with a file, on disk. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  private bytes = 0;

  constructor(private readonly path: string | null) {
    if (path === null || !existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    // A write cut short by a kill leaves a line without an end: its call was never answered, so it did not happen.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    try {
      for (const line of whole.split('\n')) if (line !== '') this.entries.push(JSON.parse(line) as JournalEntry);
    } catch (error) {
      throw new Rejection(
        'PORTAL_STATE_DAMAGED',
        `${path} is damaged. Name another folder with --state-dir, or empty this one.`,
        { cause: error },
      );
    }
    this.bytes = Buffer.byteLength(whole);
    if (whole.length < text.length) truncateSync(path, this.bytes);
  }

  add(entry: JournalEntry): void {
    if (this.path !== null) this.append(this.path, `${JSON.stringify(entry)}\n`);
    this.entries.push(entry);
  }

  /** A line that could not be written as a whole, on a full disk say, must not stay in front of the next one. */
  private append(path: string, line: string): void {
    try {
      appendFileSync(path, line);
    } catch (error) {
      if (existsSync(path)) truncateSync(path, this.bytes);
      throw error;
    }
    this.bytes += Buffer.byteLength(line);
  }
}
