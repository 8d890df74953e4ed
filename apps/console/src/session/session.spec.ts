import { describe, expect, it } from '@jest/globals';
import type { Me } from '../api/schema.js';
import { hasNoRole, may, ownUsersIn } from './access.js';
import { ApiProblem } from '../api/problem.js';
import { isPublicPage, safePath } from './safe-path.js';
import { readSignInSearch } from './sign-in-search.js';
import { endOfSession, signInAddress } from './watch-session.js';

describe('the way back after signing in', () => {
  it('is the page somebody came from', () => {
    const path = '/portals/3f1c/funnel?view=flow&seller=4#top';
    expect(safePath(path)).toBe(path);
    expect(safePath('/')).toBe('/');
  });

  it.each([
    'https://evil.example/portals',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    'portals',
    '',
    null,
    undefined,
    7,
    ['/portals'],
  ])('is the start page for %j', (to) => {
    expect(safePath(to)).toBe('/');
  });

  it('never leads back to where one signs in', () => {
    expect(safePath('/sign-in?to=/sign-in')).toBe('/');
    expect(safePath('/link#abc')).toBe('/');
    expect(isPublicPage('/sign-in')).toBe(true);
    expect(isPublicPage('/answer')).toBe(true);
    expect(isPublicPage('/answers')).toBe(false);
    expect(isPublicPage('/sign-in/x')).toBe(false);
    expect(isPublicPage('/portals/link')).toBe(false);
  });
});

const me = (portals: Me['portals'], permissions: string[] = []): Me => ({
  accountId: 'a',
  name: 'Анна',
  email: 'anna@example.com',
  isDemo: false,
  installation: { roles: permissions.length > 0 ? ['integrator'] : [], permissions },
  portals,
});
const portal = (portalId: string, permissions: string[], ownUserIds: string[] | null = null) => ({
  portalId,
  name: portalId,
  host: `${portalId}.example`,
  roles: [],
  permissions,
  ownUserIds,
});

describe('what somebody may do', () => {
  it('holds in the portal it was given for', () => {
    const head = me([portal('one', ['figures.read', 'people.manage']), portal('two', ['figures.read'])]);
    expect(may(head, 'people.manage', 'one')).toBe(true);
    expect(may(head, 'people.manage', 'two')).toBe(false);
    expect(may(head, 'people.manage')).toBe(false);
    expect(may(head, 'figures.read', 'three')).toBe(false);
    expect(may(undefined, 'figures.read', 'one')).toBe(false);
  });

  it('in the whole installation never comes from a portal', () => {
    expect(may(me([portal('one', ['operations.read'])]), 'operations.read', 'one')).toBe(false);
    expect(may(me([], ['operations.read']), 'operations.read')).toBe(true);
  });

  it('may be limited to their own figures', () => {
    expect(ownUsersIn(me([portal('one', ['figures.read'], ['7'])]), 'one')).toEqual(['7']);
    expect(ownUsersIn(me([portal('one', ['figures.read'])]), 'one')).toBeNull();
    expect(ownUsersIn(me([]), 'one')).toBeNull();
  });

  it('is nothing without a role', () => {
    expect(hasNoRole(me([]))).toBe(true);
    expect(hasNoRole(me([], ['operations.read']))).toBe(false);
    expect(hasNoRole(me([portal('one', [])]))).toBe(false);
  });
});

describe('the end of a session', () => {
  const problem = (status: number, code: string) => new ApiProblem(status, code, '', null, []);

  it('is told from every other refusal', () => {
    expect(endOfSession(problem(401, 'SIGN_IN_NEEDED'))).toBe('ended');
    expect(endOfSession(problem(403, 'ACCESS_SUSPENDED'))).toBe('suspended');
    expect(endOfSession(problem(401, 'SIGN_IN_REFUSED'))).toBeNull();
    expect(endOfSession(problem(403, 'NOT_ALLOWED'))).toBeNull();
    expect(endOfSession(new TypeError('x'))).toBeNull();
  });

  it('leads to the sign-in page and back to the same address', () => {
    const path = '/portals/p/funnel?pipeline=deal:0&record=deal:12#top';
    const address = new URL(signInAddress(path, 'ended'), 'https://console.example');
    expect(address.pathname).toBe('/sign-in');
    const { to, why } = readSignInSearch(Object.fromEntries(address.searchParams));
    expect(safePath(to)).toBe(path);
    expect(why).toBe('ended');
    expect(signInAddress('/', 'suspended')).toBe('/sign-in?why=suspended');
    expect(readSignInSearch({ why: 'odd', to: ['/'] })).toEqual({});
  });
});
