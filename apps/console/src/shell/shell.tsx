import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { LiveChanges } from '../live/live-changes.js';
import { usePortals } from '../portals/use-portals.js';
import { TableSkeleton } from '../ui/states.js';
import { recall, remember } from './browser-memory.js';
import { Header } from './header.js';
import { HelpOverlay } from './help-overlay.js';
import { moveRowFocus, useKeys } from './keyboard.js';
import { LiveBanner } from './live-banner.js';
import classes from './shell.module.css';

/** Header, keys and live changes around every page. */
export function Shell() {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const portals = usePortals();
  const [helpIsOpen, setHelpIsOpen] = useState(false);

  const remembered = params.portalId ?? recall('portal') ?? undefined;
  const known =
    portals.data?.find((portal) => portal.portalId === remembered) ??
    (params.portalId === undefined ? portals.data?.[0] : undefined);
  const portalId = params.portalId ?? known?.portalId;

  useEffect(() => {
    if (params.portalId !== undefined) remember('portal', params.portalId);
  }, [params.portalId]);

  useKeys({
    'KeyG KeyP': () => void navigate({ to: '/portals' }),
    'KeyG KeyO': () => void navigate({ to: '/operations' }),
    'KeyG KeyF': () => {
      if (portalId !== undefined) void navigate({ to: '/portals/$portalId/funnel', params: { portalId } });
    },
  });
  useKeys(
    {
      'Shift+Slash': () => setHelpIsOpen((isOpen) => !isOpen),
      KeyJ: () => moveRowFocus(1),
      KeyK: () => moveRowFocus(-1),
    },
    { alsoInDialogs: true },
  );

  return (
    <LiveChanges portalId={known?.portalId}>
      <a className={classes.skip} href="#page">
        {t('shell.skip')}
      </a>
      <Header portals={portals.data ?? []} portalId={portalId} onHelp={() => setHelpIsOpen(true)} />
      <LiveBanner />
      <main id="page" className={classes.page} tabIndex={-1}>
        <Suspense fallback={<TableSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <HelpOverlay isOpen={helpIsOpen} onClose={() => setHelpIsOpen(false)} />
    </LiveChanges>
  );
}
