import { tell } from '../api/problem.js';
import { isChannel } from '../feedback/channels.js';
import { formatDuration } from '../format/dates.js';
import { formatCount, formatDecimal } from '../format/numbers.js';
import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { frozenReason } from '../queue/frozen-reason.js';
import type { Alarm } from './alarms.js';
import { rangesOf } from './ranges.js';

/** A plan of which the days gone brought nothing is told as so many times behind. */
const HARDLY_ANYTHING = 99;

/** What is wrong, in one sentence with its figure and, where there is one, the limit. */
export function alarmText(alarm: Alarm, t: Translate, language: Language): string {
  const { kind, subject, buckets, value, limit, sinceSeconds } = alarm;
  return t(keyOf(alarm), {
    n: Math.round(value),
    value: figure(alarm, value, language),
    limit: limit === null ? '' : figure(alarm, limit, language),
    subject: kind === 'outbox_overdue' && isChannel(subject) ? t(`channel.with.${subject}`) : subject,
    buckets: rangesOf(buckets),
    since: sinceSeconds === null ? '' : formatDuration(sinceSeconds * 1000, language),
  });
}

/** What to do about it, in one short sentence. */
export function alarmAdvice({ kind }: Alarm, t: Translate): string {
  return t(`alarm.${kind}.do`);
}

/** Why it is so, where a code tells it; else null. */
export function alarmReason({ kind, code }: Alarm, t: Translate, language: Language): string | null {
  if (code === null) return null;
  return kind === 'rules_frozen' ? frozenReason(code, t) : tell(code, null, language, t).sentence;
}

function keyOf({ kind, value, sinceSeconds }: Alarm): MessageKey {
  if (kind === 'cases_overdue' && sinceSeconds !== null) return 'alarm.cases_overdue.since';
  if (kind === 'plan_pace' && value >= HARDLY_ANYTHING) return 'alarm.plan_pace.none';
  return `alarm.${kind}`;
}

function figure({ unit }: Alarm, value: number, language: Language): string {
  switch (unit) {
    case 'seconds':
      return formatDuration(value * 1000, language);
    case 'times':
      return formatDecimal(value, 1, language);
    case 'count':
    case 'yes':
      return formatCount(value);
  }
}
