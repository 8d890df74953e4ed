import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.js';
import { readFunnelSearch } from './funnel/funnel-search.js';
import { readMoment } from './moment/moment.js';
import { parsePlainSearch, stringifyPlainSearch } from './plain-search.js';
import { portalsQuery } from './portals/use-portals.js';
import { recall } from './shell/browser-memory.js';
import { NotFound } from './shell/not-found.js';
import { PageFailed } from './shell/page-failed.js';
import { Shell } from './shell/shell.js';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFailed });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  // Only remembered portals that still exist, and only whole histories, are worth opening at once.
  beforeLoad: async () => {
    const portals = await queryClient.ensureQueryData(portalsQuery).catch(() => null);
    const whole = (portals?.items ?? []).filter((portal) => portal.status !== 'removed' && portal.phase === 'live');
    const portal = whole.find((each) => each.portalId === recall('portal')) ?? whole[0];
    if (portal === undefined) return redirect({ to: '/portals', replace: true, throw: true });
    const params = { portalId: portal.portalId };
    return redirect({ to: '/portals/$portalId/funnel', params, replace: true, throw: true });
  },
});

export const portalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals',
  component: lazyRouteComponent(() => import('./portals/portals-page.js'), 'PortalsPage'),
});

export const funnelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/funnel',
  validateSearch: readFunnelSearch,
  component: lazyRouteComponent(() => import('./funnel/funnel-page.js'), 'FunnelPage'),
});

export const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/records/$kind/$recordId',
  validateSearch: readMoment,
  component: lazyRouteComponent(() => import('./record/record-page.js'), 'RecordPage'),
});

const operationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations',
  component: lazyRouteComponent(() => import('./operations/operations-page.js'), 'OperationsPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([indexRoute, portalsRoute, funnelRoute, recordRoute, operationsRoute]),
  parseSearch: parsePlainSearch,
  stringifySearch: stringifyPlainSearch,
  defaultPreload: 'intent',
  defaultPendingMinMs: 0,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
