import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readFunnelSearch } from './funnel/funnel-search.js';
import { parsePlainSearch, stringifyPlainSearch } from './plain-search.js';
import { recall } from './shell/browser-memory.js';
import { NotFound } from './shell/not-found.js';
import { PageFailed } from './shell/page-failed.js';
import { Shell } from './shell/shell.js';

const rootRoute = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: PageFailed });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    const portalId = recall('portal');
    if (portalId === null) return redirect({ to: '/portals', replace: true, throw: true });
    return redirect({ to: '/portals/$portalId/funnel', params: { portalId }, replace: true, throw: true });
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
  component: lazyRouteComponent(() => import('./record/record-page.js'), 'RecordPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([indexRoute, portalsRoute, funnelRoute, recordRoute]),
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
