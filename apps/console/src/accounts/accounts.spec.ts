import { expect, it } from '@jest/globals';
import { rolesTogether } from './roles-together.js';

it('roles of an account are told by role, removed portals last', () => {
  const held = [
    { role: 'viewer' as const, portalId: 'c', portalName: null },
    { role: 'viewer' as const, portalId: 'b', portalName: 'Сирень' },
    { role: 'viewer' as const, portalId: 'a', portalName: 'Астра' },
    { role: 'integrator' as const, portalId: null, portalName: null },
  ];
  expect(rolesTogether(held)).toEqual([
    { role: 'integrator', isEverywhere: true, portals: [] },
    { role: 'viewer', isEverywhere: false, portals: ['Астра', 'Сирень', null] },
  ]);
  expect(rolesTogether([])).toEqual([]);
});
