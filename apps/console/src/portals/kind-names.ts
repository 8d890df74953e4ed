import type { MessageKey } from '../i18n/i18n.js';

/** Kinds of records the console has a word for. */
const kinds = {
  lead: 'kind.lead',
  deal: 'kind.deal',
  contact: 'kind.contact',
  company: 'kind.company',
  invoice: 'kind.invoice',
  activity: 'kind.activity',
  call: 'kind.call',
  task: 'kind.task',
  user: 'kind.user',
  department: 'kind.department',
  requisite: 'kind.requisite',
  'product-rows': 'kind.product-rows',
} as const satisfies Record<string, MessageKey>;

export type RecordKind = keyof typeof kinds;

/** Whether a text is a kind of record. */
export function isRecordKind(text: string): text is RecordKind {
  return Object.hasOwn(kinds, text);
}

/** The message with a kind's name in its plural forms (`{n}` is not part of it), or `null` for an unknown kind. */
export function kindKey(kind: string): MessageKey | null {
  return isRecordKind(kind) ? kinds[kind] : null;
}

/** The place of a kind in a list: what sales are about first, unknown kinds last. */
export function kindOrder(kind: string): number {
  const at = Object.keys(kinds).indexOf(kind);
  return at === -1 ? Number.MAX_SAFE_INTEGER : at;
}
