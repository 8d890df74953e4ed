import { Rejection } from '@funnelwatch/kernel';
import { isTransient } from '@funnelwatch/postgres';

/** The checkpoint is not where this worker left it: another one has the bucket, or the answer to a commit was lost. */
export class BucketLost extends Error {
  override readonly name = 'BucketLost';
  constructor() {
    super('The bucket is another worker’s');
  }
}

/**
 * The bucket as a whole cannot go on: a hole in the feed, a checkpoint ahead of the log, an event that is never set
 * aside. It waits and is tried again; nothing of it is quarantined.
 */
export class BucketStopped extends Rejection {
  override readonly name = 'BucketStopped';
}

/** SQLSTATE classes that speak of rights, tables or a read-only server: every event would fail alike. */
const CLASSES_OF_SURROUNDINGS = new Set(['25', '28', '3D', '3F', '42']);

/**
 * Whether an error says something about the event that was applied. Lost connections, missing rights or tables and
 * faults of the operating system do not: setting events aside because of them would empty the bucket into quarantine.
 */
export function isAboutEvent(error: unknown): boolean {
  if (error instanceof BucketLost || error instanceof BucketStopped || isTransient(error)) return false;
  if (!(error instanceof Error)) return true;
  if ('syscall' in error && 'errno' in error) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return !(code.length === 5 && CLASSES_OF_SURROUNDINGS.has(code.slice(0, 2)));
}
