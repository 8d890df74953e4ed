import type { Translate } from '../i18n/i18n.js';
import { kindKey } from '../portals/kind-names.js';

/** Stands in the place of personal data that is hidden. */
export const MASK = '••••';

/** A record's title; hidden, or without one, its kind and number. */
export function recordTitle(
  record: { kind: string; id: string; title: string | null },
  t: Translate,
  isMasked: boolean,
): string {
  if (record.title !== null && record.title !== '') return record.title;
  const key = kindKey(record.kind);
  const kind = key === null ? record.kind : t(key, { n: 1 });
  if (!isMasked) return `${kind} № ${record.id}`;
  return `${kind.slice(0, 1).toLocaleUpperCase()}${kind.slice(1)} ${record.id} · ${MASK}`;
}
