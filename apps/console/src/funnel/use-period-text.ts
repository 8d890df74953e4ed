import { addDays, formatDay, formatMonth } from '../format/dates.js';
import { useSpeech } from '../i18n/i18n.js';
import { monthOf } from './funnel-search.js';
import type { Period } from './funnel-search.js';

/** A period in words: the month, or its first and last day. */
export function usePeriodText(): (period: Period) => string {
  const { language } = useSpeech();
  return (period) => {
    const month = monthOf(period);
    if (month !== null) return formatMonth(month, language);
    const last = addDays(period.to, -1);
    return period.from === last
      ? formatDay(last, language)
      : `${formatDay(period.from, language)} – ${formatDay(last, language)}`;
  };
}
