import { tell } from '../api/problem.js';
import type { Portal } from '../api/schema.js';
import { dayIn, formatDay, formatDuration, formatInstant, formatTime } from '../format/dates.js';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { completenessOf, isStale } from '../portals/portal-state.js';
import { loadOf, readShareOf } from './fleet-order.js';
import classes from './fleet-page.module.css';

const stateTexts = {
  connected: 'portal.connected',
  connecting: 'portal.connecting',
  failed: 'portal.failed',
} as const satisfies Record<Portal['connection']['state'], MessageKey>;

/** Whether the portal answers, and if not why. */
export function Connection({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const { connection, status, visibilityLost } = portal;
  const isPaused = status === 'paused';
  const told = tell(connection.code, connection.message, language, t);
  return (
    <span>
      <span className={classes.state} data-state={isPaused ? 'paused' : connection.state}>
        <span className={classes.dot} aria-hidden />
        {t(isPaused ? 'portal.paused' : stateTexts[connection.state])}
      </span>
      {!isPaused && connection.state === 'failed' && (
        <span className={classes.reason} title={told.detail ?? undefined}>
          {told.sentence}
        </span>
      )}
      {visibilityLost.length > 0 && <span className={classes.reason}>{t('fleet.visibilityLost')}</span>}
    </span>
  );
}

/** How far the history is read. */
export function Phase({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const share = readShareOf(portal);
  const { secondsLeft } = portal.backfill;
  return (
    <span data-bad={portal.phase === 'failed' || undefined} className={classes.figure}>
      {t(`fleet.phase.${portal.phase}`, { share: share === null ? '…' : formatPercent(share, language) })}
      {portal.phase === 'backfill' && secondsLeft !== null && (
        <span className={classes.under}>
          {t('backfill.left', { time: formatDuration(secondsLeft * 1000, language) })}
        </span>
      )}
    </span>
  );
}

/** Through which moment the data goes, and how long ago that is. */
export function Freshness({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const { through, lagSeconds } = portal.freshness;
  if (through === null) return <span className={classes.faint}>{t('portal.notYet')}</span>;
  const isToday = dayIn(through, portal.zone) === dayIn(new Date(), portal.zone);
  return (
    <span data-bad={isStale(portal) || undefined} className={classes.figure} title={portal.zone}>
      {t('fleet.fresh', {
        at: isToday ? formatTime(through, portal.zone, language) : formatInstant(through, portal.zone, language),
      })}
      {lagSeconds !== null && (
        <span className={classes.under}>{t('fleet.lag', { lag: formatDuration(lagSeconds * 1000, language) })}</span>
      )}
    </span>
  );
}

/** What the last certificate found. */
export function Completeness({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const { certificate } = portal;
  const share = completenessOf(certificate);
  if (certificate === null || share === null) return <span className={classes.faint}>{t('portal.notYet')}</span>;
  const { held, expected, unexplained, day } = certificate;
  return (
    <span className={classes.figure} data-bad={unexplained !== 0 || undefined}>
      {formatPercent(share, language)}
      {unexplained !== 0 && <> · {t('fleet.unexplained', { n: Math.abs(unexplained) })}</>}
      <span className={classes.under}>
        {t('fleet.counted', { held, expected })} · {t('fleet.certifiedFor', { day: formatDay(day, language) })}
      </span>
    </span>
  );
}

/** How much of the portal's own limits is in use, and what that holds up. */
export function Budget({ portal }: { portal: Portal }) {
  const { t } = useSpeech();
  const { budget } = portal;
  const load = loadOf(portal);
  if (budget === null) return <span className={classes.faint}>{t('portal.noBudget')}</span>;
  const parts = [
    budget.waiting > 0 ? t('portal.waiting', { n: budget.waiting }) : null,
    budget.refused > 0 ? t('portal.refused', { n: budget.refused }) : null,
    budget.pausedMethods.length > 0
      ? t('portal.pausedMethods', { methods: budget.pausedMethods.map(({ method }) => method).join(', ') })
      : null,
  ].filter((part) => part !== null);
  return (
    <span className={classes.figure}>
      {load !== null && budget.level !== null && budget.capacity !== null && (
        <span className={classes.load}>
          <span className={classes.track} aria-hidden>
            <span className={classes.fill} data-high={load > 0.8 || undefined} style={{ width: `${load * 100}%` }} />
          </span>
          {t('fleet.level', { level: Math.ceil(budget.level), capacity: budget.capacity })}
        </span>
      )}
      {parts.length > 0 && <span className={classes.under}>{parts.join(' · ')}</span>}
    </span>
  );
}
