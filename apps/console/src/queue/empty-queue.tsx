import { UnstyledButton } from '@mantine/core';
import type { CaseLane } from '../api/schema.js';
import { formatMoment } from '../format/deadlines.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './queue-page.module.css';
import { useCaseSummary } from './use-cases.js';

type EmptyQueueProps = {
  portalId: string;
  lane: CaseLane;
  isNarrowed: boolean;
  zone: string;
  nowMs: number;
  onReset: () => void;
};

/** Nothing to do is a success, and is told from a fault by what was checked. */
export function EmptyQueue({ portalId, lane, isNarrowed, zone, nowMs, onReset }: EmptyQueueProps) {
  const summary = useCaseSummary(portalId).data;
  const { t, language } = useSpeech();
  const isDone = lane === 'queue' && !isNarrowed;
  return (
    <div className={classes.empty} role="status">
      {isDone && <span className={classes.emptyMark} aria-hidden />}
      <p className={classes.emptyTitle}>
        {t(isDone ? 'queue.emptyTitle' : isNarrowed ? 'queue.nothingFound' : 'queue.emptyLane')}
      </p>
      {isNarrowed ? (
        <UnstyledButton className={classes.emptyAction} onClick={onReset}>
          {t('queue.resetFilters')}
        </UnstyledButton>
      ) : (
        summary !== undefined && (
          <p className={classes.emptyText}>
            {t('queue.checked', {
              n: summary.checks,
              at: summary.clock === null ? '—' : formatMoment(summary.clock, zone, language, nowMs),
            })}
            <br />
            {t('queue.activeRules', { n: summary.activeRules })}
          </p>
        )
      )}
    </div>
  );
}
