import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { grantOf, type HeldRole, personalGrantOf, reachablePortals } from './held-roles.js';
import { installationPermissions, policy, portalPermissions, roles } from './policy.js';

const own = (role: HeldRole['role'], portalId: string | null, portalUserId: string | null = null): HeldRole => ({
  role,
  portalId,
  portalUserId,
  insteadOf: null,
});

test('a seller sees what is their own, and what the one they stand in for is responsible for', () => {
  const held = [own('seller', 'a', '7'), { ...own('seller', 'a', '9'), insteadOf: 'somebody' }];
  expect(grantOf(held, 'figures.read', 'a')).toEqual({ extent: 'own', portalUserIds: ['7', '9'] });
  expect(grantOf([...held, own('curator', 'a')], 'figures.read', 'a')).toEqual({ extent: 'all' });
  expect(grantOf(held, 'people.read', 'a')).toEqual({ extent: 'none' });
});

test('records of everybody by one role do not open by the personal data of one’s own by another', () => {
  const held = [own('seller', 'a', '7'), own('viewer', 'a')];
  expect(grantOf(held, 'personal.read', 'a')).toEqual({ extent: 'own', portalUserIds: ['7'] });
  expect(personalGrantOf(held, 'a')).toEqual({ extent: 'none' });
  expect(personalGrantOf([own('seller', 'a', '7')], 'a')).toEqual({ extent: 'own', portalUserIds: ['7'] });
  expect(personalGrantOf([...held, own('curator', 'a')], 'a')).toEqual({ extent: 'all' });
});

test('an integrator of one portal has no right of the installation', () => {
  const held = [own('integrator', 'a')];
  for (const permission of installationPermissions) {
    expect(grantOf(held, permission, null)).toEqual({ extent: 'none' });
    expect(grantOf(held, permission, 'a')).toEqual({ extent: 'none' });
    expect(reachablePortals(held, permission)).toEqual([]);
  }
  expect(grantOf(held, 'portal.manage', 'a')).toEqual({ extent: 'all' });
});

test('no set of roles in portal A allows anything in portal B', () => {
  const roleInA = fc.record({
    role: fc.constantFrom(...roles),
    portalId: fc.constant('a'),
    portalUserId: fc.option(fc.constantFrom('1', '2')),
    insteadOf: fc.option(fc.constant('x')),
  });
  fc.assert(
    fc.property(fc.array(roleInA), fc.constantFrom(...portalPermissions, ...installationPermissions), (held, right) => {
      expect(grantOf(held, right, 'b')).toEqual({ extent: 'none' });
      expect(grantOf(held, right, null)).toEqual({ extent: 'none' });
    }),
  );
});

test('operations see neither figures nor people nor records', () => {
  expect(Object.keys(policy.operations)).toEqual(['operations.read', 'operations.act', 'portal.read']);
});
