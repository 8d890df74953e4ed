import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { useAccess } from '../session/use-me.js';
import { EmptyState, ErrorState, TableSkeleton } from '../ui/states.js';
import { ConnectPortal } from './connect-portal.js';
import { PortalCard } from './portal-card.js';
import classes from './portals-page.module.css';
import { usePortals } from './use-portals.js';

/** All portals: are they connected, how far the history is read, how fresh and complete the data are. */
export function PortalsPage() {
  const { t } = useSpeech();
  const portals = usePortals();
  const mayConnect = useAccess().may('portals.register');
  const [isConnecting, setIsConnecting] = useState(false);

  useEffect(() => {
    document.title = `${t('portals.title')} · Funnelwatch`;
  }, [t]);

  const isEmpty = portals.data?.length === 0;
  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>{t('portals.title')}</h1>
        {portals.data !== undefined && !isEmpty && mayConnect && (
          <Button
            size="xs"
            variant="default"
            onClick={() => setIsConnecting((isOpen) => !isOpen)}
            aria-expanded={isConnecting}
          >
            {t('portals.connect')}
          </Button>
        )}
      </div>
      {portals.isPending && <TableSkeleton />}
      {portals.isError && portals.data === undefined && (
        <ErrorState error={portals.error} retry={() => void portals.refetch()} />
      )}
      {isEmpty && !mayConnect && <EmptyState title={t('portals.none')}>{t('portals.noneDetail')}</EmptyState>}
      {mayConnect && (isEmpty || isConnecting) && (
        <ConnectPortal isFirst={isEmpty} onConnected={() => setIsConnecting(false)} />
      )}
      <div className={classes.list}>
        {portals.data?.map((portal) => (
          <PortalCard key={portal.portalId} portal={portal} />
        ))}
      </div>
    </>
  );
}
