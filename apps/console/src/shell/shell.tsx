import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useState } from 'react';
import type { Me } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { LiveChanges } from '../live/live-changes.js';
import { PersonalData } from '../personal/personal-data.js';
import { usePortals } from '../portals/use-portals.js';
import { may, portalOf } from '../session/access.js';
import { isPublicPage } from '../session/safe-path.js';
import { meQuery, useMe } from '../session/use-me.js';
import { TableSkeleton } from '../ui/states.js';
import { recall, remember } from './browser-memory.js';
import { DemoBanner } from './demo-banner.js';
import { Header } from './header.js';
import { HelpOverlay } from './help-overlay.js';
import { moveRowFocus, useKeys } from './keyboard.js';
import { LiveBanner } from './live-banner.js';
import { PageGate } from './page-gate.js';
import { navigationOf } from './sections.js';
import type { NavigationItem } from './sections.js';
import classes from './shell.module.css';

/** What stands around a page: nothing where one signs in, everything for those who are signed in. */
export function Frame() {
  const { pathname } = useLocation();
  const isPublic = isPublicPage(pathname);
  const me = useMe({ isWanted: !isPublic });
  if (!isPublic && me.data !== undefined) return <Shell me={me.data} />;
  return <Suspense fallback={<TableSkeleton />}>{isPublic ? <Outlet /> : <TableSkeleton />}</Suspense>;
}

/** Header, keys and live changes around every page. */
function Shell({ me }: { me: Me }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const params = useParams({ strict: false });
  const [helpIsOpen, setHelpIsOpen] = useState(false);
  useRolesInNewPortals(me);

  const known =
    portalOf(me, params.portalId ?? recall('portal') ?? undefined) ??
    (params.portalId === undefined ? me.portals[0] : undefined);
  const portalId = known?.portalId;

  useEffect(() => {
    if (params.portalId !== undefined && portalId !== undefined) remember('portal', portalId);
  }, [params.portalId, portalId]);

  const open = (to: NavigationItem['to']) => {
    const isThere = navigationOf(me, portalId).some((item) => item.to === to);
    if (isThere) void navigate({ to, params: { portalId: portalId ?? '' } });
  };
  useKeys({
    'KeyG KeyP': () => open('/portals'),
    'KeyG KeyO': () => open('/operations'),
    'KeyG KeyF': () => open('/portals/$portalId/funnel'),
    'KeyG KeyU': () => open('/portals/$portalId/people'),
    'KeyG KeyH': () => open('/fleet'),
    'KeyG KeyQ': () => open('/portals/$portalId/queue'),
    'KeyG KeyR': () => open('/portals/$portalId/rules'),
    'KeyG KeyK': () => open('/portals/$portalId/quality'),
    'KeyG KeyY': () => open('/portals/$portalId/pay'),
    'KeyG KeyL': () => open('/portals/$portalId/plan'),
    'KeyG KeyV': () => open('/portals/$portalId/discipline'),
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
    <LiveChanges portalId={may(me, 'figures.read', portalId) ? portalId : undefined}>
      <PersonalData>
        <a className={classes.skip} href="#page">
          {t('shell.skip')}
        </a>
        <Header me={me} portalId={portalId} onHelp={() => setHelpIsOpen(true)} />
        {me.isDemo && <DemoBanner me={me} />}
        <LiveBanner />
        <main id="page" className={classes.page} tabIndex={-1}>
          <Suspense fallback={<TableSkeleton />}>
            <PageGate me={me} portalId={params.portalId}>
              <Outlet />
            </PageGate>
          </Suspense>
        </main>
        <HelpOverlay isOpen={helpIsOpen} onClose={() => setHelpIsOpen(false)} />
      </PersonalData>
    </LiveChanges>
  );
}

/** A portal that appeared meanwhile brings rights that were not told yet. */
function useRolesInNewPortals(me: Me): void {
  const queries = useQueryClient();
  const portals = usePortals();
  const isNew = portals.data?.some(({ portalId }) => portalOf(me, portalId) === undefined) ?? false;
  useEffect(() => {
    if (isNew) void queries.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [isNew, queries]);
}
