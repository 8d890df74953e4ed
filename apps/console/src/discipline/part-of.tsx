import { Link } from '@tanstack/react-router';
import type { QueueSearch } from '../queue/queue-search.js';
import type { DisciplineRate } from '../api/schema.js';
import { formatCount, formatInterval, formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './discipline-page.module.css';

/** `3 of 412`: a figure with its denominator, which opens the cases it counts. */
export function PartOf({
  portalId,
  part,
  whole,
  cases,
  label,
}: {
  portalId: string;
  part: number;
  whole: number;
  /** Which cases the figure counts; null where the queue cannot tell them apart. */
  cases: QueueSearch | null;
  label: string;
}) {
  const { t } = useSpeech();
  return (
    <span className={classes.partOf}>
      {cases === null || part === 0 ? (
        <b>{formatCount(part)}</b>
      ) : (
        <Link
          to="/portals/$portalId/queue"
          params={{ portalId }}
          search={cases}
          preload={false}
          title={t('discipline.toCases')}
          aria-label={t('discipline.casesOf', { label, part, n: whole })}
        >
          <b>{formatCount(part)}</b>
        </Link>
      )}{' '}
      <span className={classes.soft}>{t('discipline.of', { n: whole })}</span>
    </span>
  );
}

/** A share with its interval, or why there is none. */
export function RateText({ rate, n }: { rate: DisciplineRate; n: number }) {
  const { t, language } = useSpeech();
  if (rate === null)
    return <span className={classes.soft}>{t(n === 0 ? 'discipline.nothing' : 'discipline.tooFew')}</span>;
  return (
    <span className={classes.rate}>
      {formatPercent(rate.share, language)}{' '}
      <span className={classes.soft} title={t('discipline.interval')}>
        {formatInterval(rate.low, rate.high, language)}
      </span>
    </span>
  );
}
