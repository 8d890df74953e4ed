import { Button } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiProblem } from '../api/problem.js';
import { useSpeech } from '../i18n/i18n.js';
import { PublicFrame } from '../session/public-frame.js';
import frame from '../session/public-frame.module.css';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './answer-page.module.css';
import { Noticed } from './noticed.js';
import { Reply } from './reply.js';
import { useAskedAbout } from './use-reply.js';

/**
 * Where an employee answers what was noticed, by the link of a message and without signing in. The token stays in the
 * address: the page may be loaded again, or opened in another browser, for as long as the link is good.
 */
export function AnswerPage() {
  const { t } = useSpeech();
  const token = useLocation({ select: ({ hash }) => hash });
  const asked = useAskedAbout(token);
  const portalName = asked.data?.portalName;

  useEffect(() => {
    document.title = [t('reply.title'), portalName ?? 'Funnelwatch'].join(' · ');
  }, [t, portalName]);

  return (
    <PublicFrame>
      <section className={frame.card} aria-labelledby="answer-title" aria-busy={asked.isPending}>
        {asked.data !== undefined ? (
          <>
            <Noticed page={asked.data} />
            <Reply key={token} token={token} page={asked.data} />
          </>
        ) : asked.isError ? (
          <NotShown error={asked.error} retry={() => void asked.refetch()} />
        ) : (
          <>
            <h1 id="answer-title" className="visually-hidden">
              {t('reply.title')}
            </h1>
            <TableSkeleton rows={7} />
          </>
        )}
      </section>
      <p className={classes.about}>{t('reply.about')}</p>
    </PublicFrame>
  );
}

const refusals = {
  LINK_UNKNOWN: { title: 'reply.unknown', text: 'reply.unknownText' },
  LINK_EXPIRED: { title: 'reply.expired', text: 'reply.expiredText' },
} as const;

function NotShown({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useSpeech();
  const code = error instanceof ApiProblem ? error.code : '';
  const isAway = error instanceof ApiProblem && error.status === 0;
  const refusal = code === 'LINK_UNKNOWN' || code === 'LINK_EXPIRED' ? refusals[code] : null;
  return (
    <>
      <h1 id="answer-title" className={frame.title}>
        {t(refusal?.title ?? 'reply.notShown')}
      </h1>
      {refusal !== null ? (
        <p className={frame.note} role="alert">
          {t(refusal.text)}
        </p>
      ) : isAway ? (
        <>
          <p className={frame.note} role="alert">
            {t('reply.away')}
          </p>
          <Button variant="default" size="md" onClick={retry} autoFocus>
            {t('error.retry')}
          </Button>
        </>
      ) : (
        <div className={classes.failed}>
          <ErrorState error={error} retry={retry} />
        </div>
      )}
    </>
  );
}
