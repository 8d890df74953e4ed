import type { BackfillListing, Portal } from '../api/schema.js';
import { formatDuration } from '../format/dates.js';
import { formatCount, formatDecimal, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import classes from './backfill-progress.module.css';
import { listingName } from './listing-names.js';

const phaseTexts = {
  waiting: 'phase.waiting',
  configuration: 'phase.configuration',
  backfill: 'phase.backfill',
  live: 'phase.live',
  failed: 'phase.failed',
} as const satisfies Record<string, MessageKey>;

const listingStates = {
  waiting: 'listing.waiting',
  running: 'listing.running',
  done: 'listing.done',
  unavailable: 'listing.unavailable',
} as const satisfies Record<string, MessageKey>;

function shareOf(done: number, total: number | null): number | null {
  if (total === null) return null;
  return total === 0 ? 1 : Math.min(1, done / total);
}

/** How far the portal's history is read: in all, by listing, how fast, how long still. */
export function BackfillProgress({ portal }: { portal: Portal }) {
  const { t, language } = useSpeech();
  const { backfill, phase } = portal;
  const isLive = phase === 'live';
  const share = isLive ? 1 : shareOf(backfill.done, backfill.total);
  const parts = [
    backfill.total === null
      ? t('backfill.doneOnly', { n: backfill.done })
      : t('backfill.doneOf', { done: backfill.done, total: backfill.total }),
    !isLive && backfill.recordsPerSecond !== null
      ? t('backfill.rate', { rate: formatDecimal(backfill.recordsPerSecond, 0, language) })
      : null,
    !isLive && backfill.secondsLeft !== null
      ? t('backfill.left', { time: formatDuration(backfill.secondsLeft * 1000, language) })
      : null,
  ].filter((part) => part !== null);
  const isRefused = backfill.listings.some((listing) => listing.state === 'unavailable');
  return (
    <section className={classes.progress} aria-label={t('backfill.title')}>
      <div className={classes.line}>
        <span className={classes.phase}>{t(phaseTexts[phase])}</span>
        <span className={classes.parts}>{parts.join(' · ')}</span>
        {share !== null && <span className={classes.share}>{formatPercent(share, language)}</span>}
      </div>
      <Bar share={share} label={t('backfill.title')} isLarge />
      {backfill.listings.length > 0 && (
        <details className={classes.details} open={!isLive || isRefused}>
          <summary>{t('backfill.listings')}</summary>
          <ul className={classes.listings}>
            {backfill.listings.map((listing) => (
              <Listing key={listing.listing} listing={listing} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Listing({ listing }: { listing: BackfillListing }) {
  const { t } = useSpeech();
  const name = listingName(listing.listing, t);
  const share = listing.state === 'done' ? 1 : shareOf(listing.done, listing.total);
  return (
    <li className={classes.listing} data-state={listing.state}>
      <span className={classes.listingName}>{name}</span>
      <Bar share={listing.state === 'waiting' ? 0 : share} label={name} />
      <span className={classes.listingDone}>
        {formatCount(listing.done)}
        {listing.total !== null && ` / ${formatCount(listing.total)}`}
      </span>
      <span className={classes.listingState} title={listing.message ?? undefined}>
        {t(listingStates[listing.state])}
      </span>
    </li>
  );
}

function Bar({ share, label, isLarge = false }: { share: number | null; label: string; isLarge?: boolean }) {
  const percent = share === null ? undefined : Math.round(share * 100);
  return (
    <div
      className={classes.track}
      data-large={isLarge || undefined}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div
        className={classes.fill}
        data-unknown={share === null || undefined}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
