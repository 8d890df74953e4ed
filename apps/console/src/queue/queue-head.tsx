import { memo } from 'react';
import type { CaseSummary } from '../api/schema.js';
import { formatInstant } from '../format/dates.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import { frozenReason } from './frozen-reason.js';
import classes from './queue-page.module.css';

type QueueHeadProps = {
  summary: CaseSummary | undefined;
  isOwn: boolean;
  zone: string;
  nowMs: number;
};

/** How many people wait, and through when rules are judged. */
export const QueueHead = memo(function QueueHead({ summary, isOwn, zone, nowMs }: QueueHeadProps) {
  const { t, language } = useSpeech();
  const frozen = summary?.frozen ?? null;
  return (
    <div className={classes.headline}>
      <h1 className={classes.title}>{t(isOwn ? 'queue.own' : 'queue.title')}</h1>
      {summary !== undefined && (
        <p className={classes.lead}>
          {isOwn
            ? t('queue.ownLead', { n: summary.lanes.queue ?? 0 })
            : t(summary.people === 0 ? 'queue.nobodyWaits' : 'queue.peopleWait', { n: summary.people })}
          {summary.overdue > 0 && !isOwn && (
            <span className={classes.overdue}> · {t('queue.overdue', { n: summary.overdue })}</span>
          )}
        </p>
      )}
      {summary !== undefined &&
        (frozen === null ? (
          <p className={classes.clock}>
            {summary.clock === null ? (
              t('queue.notJudgedYet')
            ) : (
              <time dateTime={summary.clock} title={formatInstant(summary.clock, zone, language)}>
                {t('queue.through', { at: formatMoment(summary.clock, zone, language, nowMs) })}
              </time>
            )}
          </p>
        ) : (
          <p className={classes.frozen} role="alert">
            {t('queue.frozen', {
              at: summary.clock === null ? '—' : formatMoment(summary.clock, zone, language, nowMs),
            })}{' '}
            {frozenReason(frozen, t)}
          </p>
        ))}
    </div>
  );
});
