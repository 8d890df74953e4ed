import { isRecordKind } from '../portals/kind-names.js';
import type { RecordKind } from '../portals/kind-names.js';

export type AuditObject =
  | { record: { kind: RecordKind; id: string } }
  | { listOf: number }
  /** An account, or another thing with an id of ours. */
  | { accountId: string }
  | { text: string };

/** What something was done to, out of how it is recorded. */
export function objectOf(object: string): AuditObject {
  const [kind = '', id = ''] = /^([a-z-]+):([0-9A-Za-z:_-]{1,40})$/.exec(object)?.slice(1) ?? [];
  if (isRecordKind(kind)) return { record: { kind, id } };
  const size = /^list of (\d{1,6})$/.exec(object)?.[1];
  if (size !== undefined) return { listOf: Number(size) };
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(object) ? { accountId: object } : { text: object };
}
