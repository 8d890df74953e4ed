import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { describeProblem } from '../api/problem.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './states.module.css';

/** What went wrong in one sentence, the id to look for in the log, and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t, language } = useSpeech();
  const problem = describeProblem(error, language, t);
  return (
    <div className={classes.state} role="alert">
      <p className={classes.title}>{t('error.title')}</p>
      <p className={classes.text}>
        {problem.sentence}
        {problem.detail !== null && (
          <span className={classes.detail} lang="en">
            {problem.detail}
          </span>
        )}
      </p>
      {problem.fields.length > 0 && (
        <ul className={classes.fields}>
          {problem.fields.map((each) => (
            <li key={each.field}>
              <code>{each.field}</code> {each.message}
            </li>
          ))}
        </ul>
      )}
      {problem.errorId !== null && (
        <p className={classes.id}>
          {t('error.id')} <code>{problem.errorId}</code>
        </p>
      )}
      {retry !== undefined && (
        <Button size="xs" variant="default" onClick={retry}>
          {t('error.retry')}
        </Button>
      )}
    </div>
  );
}

/** Nothing to show, and why. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes.state}>
      <p className={classes.title}>{title}</p>
      {children !== undefined && <div className={classes.text}>{children}</div>}
    </div>
  );
}

/** Grey lines in the place of a table that is being read. */
export function TableSkeleton({ rows = 6 }: { rows?: number }) {
  const { t } = useSpeech();
  return (
    <div className={classes.skeleton} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={14} width={`${[96, 88, 92, 80, 90, 76][row % 6] ?? 90}%`} />
      ))}
    </div>
  );
}

/** Grey bars in the place of a funnel that is being read. */
export function BarsSkeleton({ rows = 5 }: { rows?: number }) {
  const { t } = useSpeech();
  return (
    <div className={classes.skeleton} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={30} width={`${Math.max(12, 100 - row * 19)}%`} />
      ))}
    </div>
  );
}
