import { Tooltip } from '@mantine/core';
import type { Portal } from '../api/schema.js';
import { dayIn, formatDuration, formatInstant, formatTime } from '../format/dates.js';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { useLive } from '../live/live-changes.js';
import { useMoment } from '../moment/moment.js';
import classes from './freshness-badge.module.css';
import { completenessOf, isStale } from './portal-state.js';

/** `по состоянию на 10:42:05, полнота 100 %`: what the figures beside it are based on. */
export function FreshnessBadge({
  portal,
  asOf,
}: {
  portal: Portal | undefined;
  asOf?: { position: string; at: string | null } | undefined;
}) {
  const { t, language } = useSpeech();
  const isLost = useLive().state === 'lost';
  const moment = useMoment();
  const past = moment.asOf ?? (moment.asAt === undefined ? undefined : (asOf?.at ?? undefined));
  if (portal === undefined) return null;
  const through = past ?? portal.freshness.through ?? asOf?.at ?? null;
  const completeness = completenessOf(portal.certificate);
  const lag = past === undefined && isStale(portal) ? portal.freshness.lagSeconds : null;
  const isDoubtful =
    (isLost && past === undefined) ||
    lag !== null ||
    // What was known then is no less whole than it was.
    (moment.asAt === undefined && (completeness === null || portal.certificate?.unexplained !== 0));
  const isToday = through !== null && dayIn(through, portal.zone) === dayIn(new Date(), portal.zone);
  const when =
    through === null
      ? t('freshness.unknown')
      : t('freshness.asOf', {
          at: isToday ? formatTime(through, portal.zone, language) : formatInstant(through, portal.zone, language),
        });
  const whole =
    completeness === null
      ? t('freshness.unchecked')
      : t('freshness.completeness', { share: formatPercent(completeness, language).replace(/[.,]0(?=\D)/, '') });
  const detail = [
    asOf === undefined ? null : t('freshness.position', { position: asOf.position }),
    t('freshness.zone', { zone: portal.zone }),
    portal.freshness.eventsBehind > 0 ? t('freshness.behind', { n: portal.freshness.eventsBehind }) : null,
  ].filter((line) => line !== null);
  return (
    <Tooltip label={detail.join(' · ')} multiline maw={320}>
      <span className={classes.badge} data-doubtful={isDoubtful || undefined} tabIndex={0}>
        <span className={classes.dot} aria-hidden />
        {when}
        {lag !== null && `, ${t('portal.lag', { lag: formatDuration(lag * 1000, language) })}`}
        {moment.asAt === undefined && `, ${whole}`}
        <span className="visually-hidden">. {detail.join('. ')}</span>
      </span>
    </Tooltip>
  );
}
