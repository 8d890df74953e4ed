import { Button } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { usePortal } from '../portals/use-portals.js';
import { useAccess } from '../session/use-me.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import { InviteDialog } from './invite-dialog.js';
import { PeopleList } from './people-list-view.js';
import { stateOf } from './people-list.js';
import classes from './people-page.module.css';
import { SubstitutionsPanel } from './substitutions-panel.js';
import { usePeople } from './use-people.js';

const route = getRouteApi('/portals/$portalId/people');

/** Everybody who works in a portal, what access they have, and who stands in for whom. */
export function PeoplePage() {
  const { t } = useSpeech();
  const { portalId } = route.useParams();
  const portal = usePortal(portalId);
  const mayManage = useAccess().may('people.manage', portalId);
  const people = usePeople(portalId);
  const [isInviting, setIsInviting] = useState(false);
  const zone = portal?.zone ?? 'Europe/Moscow';

  useEffect(() => {
    document.title = [t('people.title'), portal?.name, 'Funnelwatch'].filter((part) => part !== undefined).join(' · ');
  }, [t, portal?.name]);

  const grantable = mayManage ? (people.data?.grantable ?? []) : [];
  const access = people.data?.items.filter((person) => stateOf(person) === 'access').length ?? 0;
  return (
    <div className={classes.page}>
      <header className={classes.head} style={{ marginBottom: 0 }}>
        <div>
          <h1 className={classes.title}>{t('people.title')}</h1>
          {people.data !== undefined && (
            <p className={classes.summary}>
              {t('people.summary', { n: people.data.items.length, access: String(access) })}
            </p>
          )}
        </div>
        {grantable.length > 0 && (
          <Button size="xs" variant="default" onClick={() => setIsInviting(true)}>
            {t('people.inviteOutsider')}
          </Button>
        )}
      </header>
      {people.data === undefined ? (
        people.isError ? (
          <ErrorState error={people.error} retry={() => void people.refetch()} />
        ) : (
          <TableSkeleton rows={10} />
        )
      ) : (
        <>
          {people.isError && <ErrorState error={people.error} retry={() => void people.refetch()} />}
          <PeopleList portalId={portalId} people={people.data.items} grantable={grantable} zone={zone} />
          <SubstitutionsPanel portalId={portalId} people={people.data.items} grantable={grantable} zone={zone} />
        </>
      )}
      {isInviting && (
        <InviteDialog
          portalId={portalId}
          person={null}
          grantable={grantable}
          zone={zone}
          onClose={() => setIsInviting(false)}
        />
      )}
    </div>
  );
}
