import type { Translate } from '../i18n/i18n.js';
import { kindKey } from '../portals/kind-names.js';

/** A record's title; without one its kind and number. */
export function recordTitle(record: { kind: string; id: string; title: string | null }, t: Translate): string {
  if (record.title !== null && record.title !== '') return record.title;
  const kind = kindKey(record.kind);
  return `${kind === null ? record.kind : t(kind, { n: 1 })} № ${record.id}`;
}
