import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { Me } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { hasNoRole } from '../session/access.js';
import { meQuery } from '../session/use-me.js';
import { useSignOut } from '../session/use-session.js';
import { EmptyState } from '../ui/states.js';
import { pageAccess } from './sections.js';
import classes from './page-gate.module.css';

/** Shows the page to whoever may see it, to others why not and where to go. */
export function PageGate({ me, portalId, children }: { me: Me; portalId: string | undefined; children: ReactNode }) {
  const { t } = useSpeech();
  const { pathname } = useLocation();
  const queries = useQueryClient();
  const access = pageAccess(me, pathname, portalId);

  // A role may have been given a moment ago.
  useEffect(() => {
    if (access !== 'open') void queries.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [access, pathname, queries]);

  if (hasNoRole(me) && pathname !== '/account') return <NoRole me={me} />;
  if (access === 'open') return children;
  const isUnknown = access === 'not-found';
  return (
    <>
      <h1 className={classes.title}>{t(isUnknown ? 'notFound.portal' : 'notAllowed.title')}</h1>
      <EmptyState title={t(isUnknown ? 'notFound.portalText' : 'notAllowed.text')}>
        <Link to="/">{t('notAllowed.home')}</Link>
      </EmptyState>
    </>
  );
}

function NoRole({ me }: { me: Me }) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const signOut = useSignOut();
  return (
    <>
      <h1 className={classes.title}>{t('noRole.title')}</h1>
      <div className={classes.noRole}>
        <p>{t('noRole.text', { name: me.name })}</p>
        <div className={classes.actions}>
          <Button size="xs" onClick={() => void queries.invalidateQueries({ queryKey: meQuery.queryKey })}>
            {t('session.checkAgain')}
          </Button>
          <Button size="xs" variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
            {t('session.signOut')}
          </Button>
        </div>
      </div>
    </>
  );
}
