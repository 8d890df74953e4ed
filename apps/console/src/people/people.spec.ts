import { describe, expect, it } from '@jest/globals';
import type { PersonOfPortal } from '../api/schema.js';
import { findPeople, personKey, stateOf } from './people-list.js';
import { absenceOf } from './absence.js';

const account = { accountId: 'a', name: 'Пётр Ёлкин', email: 'petr@example.com', role: 'seller' as const };
const seen = {
  reportsToHead: false,
  isSuspended: false,
  isDemo: false,
  grantedAt: '2026-03-01T00:00:00.000Z',
  lastSeenAt: null,
};
const person = (change: Partial<PersonOfPortal>): PersonOfPortal => ({
  userId: '7',
  name: 'Пётр Ёлкин',
  isActive: true,
  account: null,
  invitation: null,
  ...change,
});
const invitation = { invitationId: 'i', role: 'viewer' as const, expiresAt: '2026-03-08T00:00:00.000Z' };

describe('people of a portal', () => {
  it('have access, wait for it, lost it or never had it', () => {
    expect(stateOf(person({ account: { ...account, ...seen } }))).toBe('access');
    expect(stateOf(person({ account: { ...account, ...seen, isSuspended: true }, isActive: false }))).toBe('suspended');
    expect(stateOf(person({ invitation }))).toBe('invited');
    expect(stateOf(person({}))).toBe('none');
    expect(stateOf(person({ isActive: false }))).toBe('dismissed');
  });

  it('are found by name, e-mail and number', () => {
    const people = [person({ account: { ...account, ...seen } }), person({ userId: '8', name: 'Анна', invitation })];
    const names = (filter: Parameters<typeof findPeople>[1], wanted: string) =>
      findPeople(people, filter, wanted).map(personKey);
    expect(names('all', '')).toEqual(['7', '8']);
    expect(names('all', ' елкин  петр ')).toEqual(['7']);
    expect(names('all', 'PETR@')).toEqual(['7']);
    expect(names('all', '8')).toEqual(['8']);
    expect(names('invited', '')).toEqual(['8']);
    expect(names('withAccess', 'анна')).toEqual([]);
    expect(names('suspended', '')).toEqual([]);
  });

  it('are known by what they have', () => {
    expect(personKey(person({ userId: null, account: { ...account, ...seen } }))).toBe('a');
    expect(personKey(person({ userId: null, invitation }))).toBe('i');
  });
});

describe('an absence', () => {
  it('lasts whole days of the portal', () => {
    expect(absenceOf('2026-03-12', '2026-03-12', 'Europe/Moscow')).toEqual({
      startsAt: '2026-03-11T21:00:00.000Z',
      endsAt: '2026-03-12T21:00:00.000Z',
    });
    expect(absenceOf('2026-03-28', '2026-03-30', 'Europe/Berlin')).toEqual({
      startsAt: '2026-03-27T23:00:00.000Z',
      endsAt: '2026-03-30T22:00:00.000Z',
    });
  });

  it('is none without days, backwards, or beyond what the API takes', () => {
    expect(absenceOf(null, '2026-03-12', 'Europe/Moscow')).toBeNull();
    expect(absenceOf('2026-03-13', '2026-03-12', 'Europe/Moscow')).toBeNull();
    expect(absenceOf('2026-01-01', '2026-04-30', 'UTC')).not.toBeNull();
    expect(absenceOf('2026-01-01', '2026-05-01', 'UTC')).toBeNull();
  });
});
