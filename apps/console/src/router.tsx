import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.js';
import { readAuditSearch } from './audit/audit-search.js';
import { readFeedbackSearch } from './feedback/feedback-search.js';
import { readPaySearch } from './pay/pay-search.js';
import { readPlanSearch } from './plan/plan-search.js';
import { readDisciplineSearch } from './discipline/discipline-search.js';
import { readFunnelSearch } from './funnel/funnel-search.js';
import { readMoment } from './moment/moment.js';
import { parsePlainSearch, stringifyPlainSearch } from './plain-search.js';
import { portalsQuery } from './portals/use-portals.js';
import { may } from './session/access.js';
import { isPublicPage, safePath } from './session/safe-path.js';
import { readSignInSearch } from './session/sign-in-search.js';
import { meQuery } from './session/use-me.js';
import { endOfSession } from './session/watch-session.js';
import { readQueueSearch } from './queue/queue-search.js';
import { readQualitySearch } from './quality/quality-search.js';
import { readNewRuleSearch, readRulesSearch } from './rules/rules-search.js';
import { recall } from './shell/browser-memory.js';
import { NotFound } from './shell/not-found.js';
import { PageFailed } from './shell/page-failed.js';
import { Frame } from './shell/shell.js';

const rootRoute = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: PageFailed,
  beforeLoad: async ({ location }) => {
    if (isPublicPage(location.pathname)) return;
    await queryClient.ensureQueryData(meQuery).catch((error: unknown) => {
      const why = endOfSession(error);
      if (why === null) throw error;
      const search = {
        ...(location.href === '/' ? {} : { to: location.href }),
        ...(why === 'suspended' ? { why } : {}),
      };
      return redirect({ to: '/sign-in', search, replace: true, throw: true });
    });
  },
});

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  // Whoever looks after several portals begins with all of them; otherwise the history of the one has to be whole.
  beforeLoad: async () => {
    const me = await queryClient.ensureQueryData(meQuery);
    if (me.portals.length > 1) return redirect({ to: '/fleet', replace: true, throw: true });
    const portals = await queryClient.ensureQueryData(portalsQuery).catch(() => null);
    const whole = (portals?.items ?? []).filter(
      (portal) => portal.status !== 'removed' && portal.phase === 'live' && may(me, 'figures.read', portal.portalId),
    );
    const portal = whole.find((each) => each.portalId === recall('portal')) ?? whole[0];
    if (portal === undefined) return redirect({ to: '/portals', replace: true, throw: true });
    const params = { portalId: portal.portalId };
    return redirect({ to: '/portals/$portalId/funnel', params, replace: true, throw: true });
  },
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: readSignInSearch,
  beforeLoad: ({ search }) => {
    if (queryClient.getQueryData(meQuery.queryKey) === undefined) return;
    return redirect({ href: safePath(search.to), replace: true, throw: true });
  },
  component: lazyRouteComponent(() => import('./session/sign-in-page.js'), 'SignInPage'),
});

const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  component: lazyRouteComponent(() => import('./link/link-page.js'), 'LinkPage'),
});

const answerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/answer',
  component: lazyRouteComponent(() => import('./answer/answer-page.js'), 'AnswerPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-page.js'), 'AccountPage'),
});

const accountsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts',
  component: lazyRouteComponent(() => import('./accounts/accounts-page.js'), 'AccountsPage'),
});

const fleetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/fleet',
  component: lazyRouteComponent(() => import('./fleet/fleet-page.js'), 'FleetPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./audit/audit-page.js'), 'AuditPage'),
});

const portalsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals',
  component: lazyRouteComponent(() => import('./portals/portals-page.js'), 'PortalsPage'),
});

const funnelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/funnel',
  validateSearch: readFunnelSearch,
  component: lazyRouteComponent(() => import('./funnel/funnel-page.js'), 'FunnelPage'),
});

const recordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/records/$kind/$recordId',
  validateSearch: readMoment,
  component: lazyRouteComponent(() => import('./record/record-page.js'), 'RecordPage'),
});

const queueRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/queue',
  validateSearch: readQueueSearch,
  component: lazyRouteComponent(() => import('./queue/queue-page.js'), 'QueuePage'),
});

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/rules',
  validateSearch: readRulesSearch,
  component: lazyRouteComponent(() => import('./rules/rules-page.js'), 'RulesPage'),
});

const newRuleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/rules/new',
  validateSearch: readNewRuleSearch,
  component: lazyRouteComponent(() => import('./rules/write-rule/rule-editor-page.js'), 'NewRulePage'),
});

const editRuleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/rules/$ruleId/edit',
  component: lazyRouteComponent(() => import('./rules/write-rule/rule-editor-page.js'), 'EditRulePage'),
});

const previewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/rules/preview',
  component: lazyRouteComponent(() => import('./rules/preview/preview-page.js'), 'PreviewPage'),
});

const feedbackRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/feedback',
  validateSearch: readFeedbackSearch,
  component: lazyRouteComponent(() => import('./feedback/feedback-page.js'), 'FeedbackPage'),
});

const disciplineRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/discipline',
  validateSearch: readDisciplineSearch,
  component: lazyRouteComponent(() => import('./discipline/discipline-page.js'), 'DisciplinePage'),
});

const payRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/pay',
  validateSearch: readPaySearch,
  component: lazyRouteComponent(() => import('./pay/pay-page.js'), 'PayPage'),
});

const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/plan',
  validateSearch: readPlanSearch,
  component: lazyRouteComponent(() => import('./plan/plan-page.js'), 'PlanPage'),
});

const qualityRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/quality',
  validateSearch: readQualitySearch,
  component: lazyRouteComponent(() => import('./quality/quality-page.js'), 'QualityPage'),
});

const peopleRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/people',
  component: lazyRouteComponent(() => import('./people/people-page.js'), 'PeoplePage'),
});

const portalAuditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/portals/$portalId/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('./audit/audit-page.js'), 'PortalAuditPage'),
});

const operationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations',
  component: lazyRouteComponent(() => import('./operations/operations-page.js'), 'OperationsPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    indexRoute,
    signInRoute,
    linkRoute,
    answerRoute,
    accountRoute,
    accountsRoute,
    fleetRoute,
    auditRoute,
    portalsRoute,
    funnelRoute,
    recordRoute,
    queueRoute,
    rulesRoute,
    newRuleRoute,
    editRuleRoute,
    previewRoute,
    feedbackRoute,
    disciplineRoute,
    planRoute,
    payRoute,
    qualityRoute,
    peopleRoute,
    portalAuditRoute,
    operationsRoute,
  ]),
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
