import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatPercent } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ErrorState } from '../ui/states.js';
import { now, useMoment } from './moment.js';
import type { Moment } from './moment.js';
import { usePastKnowledge } from './use-past-knowledge.js';
import classes from './past-gate.module.css';

type PastGateProps = { portalId: string; onMoment: (moment: Moment) => void; children: ReactNode };

/** Shows what is inside once what was known at the page's position can be asked for, until then how far that is. */
export function PastGate({ portalId, onMoment, children }: PastGateProps) {
  const { t, language } = useSpeech();
  const { asAt } = useMoment();
  const past = usePastKnowledge(portalId, asAt);
  if (asAt === undefined || past.data?.state === 'ready') return children;
  if (past.isError) return <ErrorState error={past.error} retry={() => void past.refetch()} />;
  const share = past.data === undefined || past.data.total === 0 ? 0 : past.data.done / past.data.total;
  return (
    <section className={classes.gate} aria-label={t('past.preparing')} role="status">
      <p className={classes.title}>
        {t('past.preparing')}{' '}
        <span className={classes.share}>
          {formatPercent(Math.floor(share * 100) / 100, language).replace(/[.,]0(?=\D)/, '')}
        </span>
      </p>
      <Progress value={share * 100} animated aria-label={t('past.preparing')} />
      <p className={classes.note}>{past.failureCount > 0 ? t('past.waiting') : t('past.note')}</p>
      <Button size="xs" variant="default" onClick={() => onMoment(now)}>
        {t('past.cancel')}
      </Button>
    </section>
  );
}
