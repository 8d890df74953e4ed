import type { Permission } from '@funnelwatch/identity-contracts';
import type { Me } from '../api/schema.js';
import type { MessageKey } from '../i18n/i18n.js';
import { may, portalOf } from '../session/access.js';

/** Pages of one portal that stay open when another portal is chosen. */
const portalSections = [
  'funnel',
  'plan',
  'pay',
  'queue',
  'rules',
  'discipline',
  'quality',
  'people',
  'audit',
  'feedback',
] as const;
export type PortalSection = (typeof portalSections)[number];

const sectionNeeds: Record<PortalSection, Permission> = {
  funnel: 'figures.read',
  plan: 'plans.read',
  pay: 'pay.read',
  queue: 'cases.read',
  rules: 'rules.read',
  discipline: 'cases.read',
  quality: 'quality.read',
  people: 'people.read',
  audit: 'audit.read',
  feedback: 'cases.judge',
};

const pageNeeds: Readonly<Record<string, Permission>> = {
  '/operations': 'operations.read',
  '/accounts': 'accounts.manage',
  '/audit': 'audit.readAll',
};

/** The section of a portal that an address shows; a record belongs to the funnel. */
export function sectionOf(pathname: string): PortalSection | null {
  const word = /^\/portals\/[^/]+\/([a-z]+)/.exec(pathname)?.[1];
  if (word === 'records') return 'funnel';
  return portalSections.find((section) => section === word) ?? null;
}

/** Sections of a portal that somebody may see. */
function sectionsIn(me: Me | undefined, portalId: string): PortalSection[] {
  return portalSections.filter((section) => may(me, sectionNeeds[section], portalId));
}

/** What to show of another portal: the same section where it may be seen, else the first that may; null for none. */
export function sectionAfterSwitch(me: Me | undefined, pathname: string, portalId: string): PortalSection | null {
  const allowed = sectionsIn(me, portalId);
  const now = sectionOf(pathname);
  return now !== null && allowed.includes(now) ? now : (allowed[0] ?? null);
}

/** Whether a page may be shown. A portal without a role answers as one that does not exist. */
export function pageAccess(
  me: Me,
  pathname: string,
  portalId: string | undefined,
): 'open' | 'not-found' | 'not-allowed' {
  if (portalId === undefined) {
    const need = pageNeeds[pathname.replace(/\/$/, '')];
    return need === undefined || may(me, need) ? 'open' : 'not-allowed';
  }
  if (portalOf(me, portalId) === undefined) return 'not-found';
  if (/^\/portals\/[^/]+\/records\//.test(pathname)) {
    return may(me, 'records.read', portalId) ? 'open' : 'not-allowed';
  }
  const section = sectionOf(pathname);
  return section === null || may(me, sectionNeeds[section], portalId) ? 'open' : 'not-allowed';
}

export type NavigationItem = {
  says: MessageKey;
  to:
    | '/portals/$portalId/funnel'
    | '/portals/$portalId/plan'
    | '/portals/$portalId/pay'
    | '/portals/$portalId/queue'
    | '/portals/$portalId/rules'
    | '/portals/$portalId/discipline'
    | '/portals/$portalId/quality'
    | '/portals/$portalId/people'
    | '/portals/$portalId/audit'
    | '/fleet'
    | '/portals'
    | '/operations'
    | '/accounts'
    | '/audit';
  /** Stays in sight where not everything fits. */
  isPrimary: boolean;
};

/** The sections that somebody may open, with the portal that is chosen. */
export function navigationOf(me: Me, portalId: string | undefined): NavigationItem[] {
  const there = portalId === undefined ? [] : sectionsIn(me, portalId);
  const isFleet = me.portals.length > 1;
  const items: (NavigationItem | false)[] = [
    there.includes('funnel') && { says: 'nav.funnel', to: '/portals/$portalId/funnel', isPrimary: true },
    there.includes('plan') && { says: 'nav.plan', to: '/portals/$portalId/plan', isPrimary: true },
    there.includes('queue') && {
      says: may(me, 'cases.judge', portalId) ? 'nav.queue' : 'nav.myCases',
      to: '/portals/$portalId/queue',
      isPrimary: true,
    },
    there.includes('pay') && {
      says: may(me, 'pay.manage', portalId) ? 'nav.pay' : 'nav.myPay',
      to: '/portals/$portalId/pay',
      isPrimary: false,
    },
    there.includes('rules') && { says: 'nav.rules', to: '/portals/$portalId/rules', isPrimary: false },
    there.includes('discipline') && { says: 'nav.discipline', to: '/portals/$portalId/discipline', isPrimary: false },
    there.includes('quality') && { says: 'nav.quality', to: '/portals/$portalId/quality', isPrimary: false },
    there.includes('people') && { says: 'nav.people', to: '/portals/$portalId/people', isPrimary: false },
    isFleet && { says: 'nav.fleet', to: '/fleet', isPrimary: true },
    { says: 'nav.portals', to: '/portals', isPrimary: !isFleet },
    may(me, 'operations.read') && { says: 'nav.operations', to: '/operations', isPrimary: there.length === 0 },
    may(me, 'accounts.manage') && { says: 'nav.accounts', to: '/accounts', isPrimary: false },
    there.includes('audit')
      ? { says: 'nav.audit', to: '/portals/$portalId/audit', isPrimary: false }
      : may(me, 'audit.readAll') && { says: 'nav.audit', to: '/audit', isPrimary: false },
  ];
  return items.filter((item) => item !== false);
}
