import { describe, expect, it } from '@jest/globals';
import { grantOf, installationPermissions, portalPermissions } from '@funnelwatch/identity-contracts';
import type { HeldRole, Role } from '@funnelwatch/identity-contracts';
import type { Me } from '../api/schema.js';
import { navigationOf, pageAccess, sectionAfterSwitch, sectionOf } from './sections.js';

/** What the API says about somebody with a role in portals, or in the whole installation when none are named. */
function meAs(role: Role, portalIds: string[], inAll = false): Me {
  const held: HeldRole[] = inAll
    ? [{ role, portalId: null, portalUserId: null, insteadOf: null }]
    : portalIds.map((portalId) => ({ role, portalId, portalUserId: '7', insteadOf: null }));
  const allowed = (portalId: string) =>
    portalPermissions.filter((right) => grantOf(held, right, portalId).extent !== 'none');
  return {
    accountId: 'a',
    name: 'Анна',
    email: 'anna@example.com',
    isDemo: false,
    installation: {
      roles: inAll ? [role] : [],
      permissions: installationPermissions.filter((right) => grantOf(held, right, null).extent !== 'none'),
    },
    portals: portalIds.map((portalId) => ({
      portalId,
      name: portalId,
      host: portalId,
      roles: [role],
      permissions: allowed(portalId),
      ownUserIds: role === 'seller' ? ['7'] : null,
    })),
  };
}

const shown = (me: Me, portalId?: string) => navigationOf(me, portalId).map(({ to }) => to.split('/').at(-1));

describe('the navigation', () => {
  it('shows each role what it may open', () => {
    expect(shown(meAs('seller', ['p']), 'p')).toEqual(['funnel', 'plan', 'queue', 'pay', 'discipline', 'portals']);
    expect(shown(meAs('viewer', ['p']), 'p')).toEqual(['funnel', 'plan', 'portals']);
    expect(shown(meAs('curator', ['p']), 'p')).toEqual([
      'funnel',
      'plan',
      'queue',
      'rules',
      'discipline',
      'quality',
      'people',
      'portals',
    ]);
    expect(shown(meAs('head', ['p']), 'p')).toEqual([
      'funnel',
      'plan',
      'queue',
      'pay',
      'rules',
      'discipline',
      'quality',
      'people',
      'portals',
      'audit',
    ]);
    expect(shown(meAs('operations', ['p', 'q'], true), 'p')).toEqual(['fleet', 'portals', 'operations']);
    expect(shown(meAs('integrator', ['p', 'q'], true), 'p')).toEqual([
      'funnel',
      'plan',
      'queue',
      'pay',
      'rules',
      'discipline',
      'quality',
      'people',
      'fleet',
      'portals',
      'operations',
      'accounts',
      'audit',
    ]);
    expect(shown(meAs('integrator', ['p']), 'p')).toEqual([
      'funnel',
      'plan',
      'queue',
      'pay',
      'rules',
      'discipline',
      'quality',
      'people',
      'portals',
      'audit',
    ]);
  });

  it('leads to the whole record of what was done where there is no portal', () => {
    const items = navigationOf(meAs('integrator', [], true), undefined);
    expect(items.map(({ to }) => to)).toEqual(['/portals', '/operations', '/accounts', '/audit']);
  });
});

describe('a page', () => {
  it('of a portal without a role does not exist', () => {
    const head = meAs('head', ['p']);
    expect(pageAccess(head, '/portals/p/people', 'p')).toBe('open');
    expect(pageAccess(head, '/portals/q/people', 'q')).toBe('not-found');
    expect(pageAccess(head, '/portals/q/records/deal/1', 'q')).toBe('not-found');
  });

  it('that the role does not include is not shown', () => {
    const seller = meAs('seller', ['p']);
    expect(pageAccess(seller, '/portals/p/records/deal/1', 'p')).toBe('open');
    expect(pageAccess(seller, '/portals/p/people', 'p')).toBe('not-allowed');
    expect(pageAccess(seller, '/portals/p/queue', 'p')).toBe('open');
    expect(pageAccess(seller, '/portals/p/rules', 'p')).toBe('not-allowed');
    expect(pageAccess(meAs('viewer', ['p']), '/portals/p/queue', 'p')).toBe('not-allowed');
    expect(pageAccess(seller, '/portals/p/feedback', 'p')).toBe('not-allowed');
    expect(pageAccess(meAs('curator', ['p']), '/portals/p/feedback', 'p')).toBe('open');
    expect(pageAccess(seller, '/operations', undefined)).toBe('not-allowed');
    expect(pageAccess(seller, '/accounts/', undefined)).toBe('not-allowed');
    expect(pageAccess(seller, '/account', undefined)).toBe('open');
    const operations = meAs('operations', ['p'], true);
    expect(pageAccess(operations, '/portals/p/funnel', 'p')).toBe('not-allowed');
    expect(pageAccess(operations, '/portals/p/records/deal/1', 'p')).toBe('not-allowed');
    expect(pageAccess(operations, '/operations', undefined)).toBe('open');
  });
});

describe('another portal', () => {
  it('is shown at the same section', () => {
    const head = meAs('head', ['p', 'q']);
    expect(sectionAfterSwitch(head, '/portals/p/people', 'q')).toBe('people');
    expect(sectionAfterSwitch(head, '/portals/p/records/deal/5', 'q')).toBe('funnel');
    expect(sectionAfterSwitch(head, '/fleet', 'q')).toBe('funnel');
  });

  it('is shown elsewhere when the role there does not include it', () => {
    const mixed = meAs('head', ['p']);
    mixed.portals.push(...meAs('viewer', ['q']).portals);
    expect(sectionAfterSwitch(mixed, '/portals/p/people', 'q')).toBe('funnel');
    expect(sectionAfterSwitch(meAs('operations', ['p', 'q'], true), '/portals/p/funnel', 'q')).toBeNull();
    expect(sectionOf('/operations')).toBeNull();
  });
});
