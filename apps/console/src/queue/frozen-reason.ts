import type { MessageKey, Translate } from '../i18n/i18n.js';

const reasons: Readonly<Record<string, MessageKey>> = {
  FACTS_SET_ASIDE: 'queue.frozen.FACTS_SET_ASIDE',
  CALENDAR_MISSING: 'queue.frozen.CALENDAR_MISSING',
};

/** Why rules of a portal are not judged, in one sentence. */
export function frozenReason(code: string, t: Translate): string {
  return t(reasons[code] ?? 'queue.frozen.other', { code });
}
