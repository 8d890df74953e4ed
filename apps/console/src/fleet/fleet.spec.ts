import { describe, expect, it } from '@jest/globals';
import type { Portal } from '../api/schema.js';
import { loadOf, needsAttention, nextOrder, readShareOf, sortFleet } from './fleet-order.js';

const portal = (name: string, change: Partial<Portal> = {}): Portal => ({
  portalId: name,
  name,
  host: `${name}.example`,
  zone: 'Europe/Moscow',
  currency: 'RUB',
  language: 'ru',
  workingHours: { days: [1], from: '09:00', to: '18:00' },
  settingsVersion: 1,
  status: 'active',
  connection: { state: 'connected', code: null, message: null },
  phase: 'live',
  backfill: { done: 10, total: 10, recordsPerSecond: null, secondsLeft: 0, listings: [] },
  freshness: { lastTickAt: null, through: null, lagSeconds: 1, projected: '0:1', eventsBehind: 0 },
  certificate: null,
  counts: {},
  visibilityLost: [],
  budget: null,
  createdAt: '2026-03-01T00:00:00.000Z',
  ...change,
});
const certificate = (expected: number, held: number, unexplained = 0): Portal['certificate'] => ({
  day: '2026-03-01',
  at: '2026-03-01T00:00:00.000Z',
  scope: 'all',
  expected,
  held,
  unexplained,
  byKind: [],
});
const lagging = (lagSeconds: number | null) => ({ ...portal('x').freshness, lagSeconds });
const failed = { state: 'failed' as const, code: 'TIMED_OUT', message: null };

describe('a portal', () => {
  it('needs attention when it is out of reach, stopped, old or incomplete', () => {
    expect(needsAttention(portal('a'))).toBe(false);
    expect(needsAttention(portal('a', { connection: failed }))).toBe(true);
    expect(needsAttention(portal('a', { connection: failed, status: 'paused' }))).toBe(false);
    expect(needsAttention(portal('a', { phase: 'failed' }))).toBe(true);
    expect(needsAttention(portal('a', { freshness: lagging(3600) }))).toBe(true);
    expect(needsAttention(portal('a', { phase: 'backfill', freshness: lagging(3600) }))).toBe(false);
    expect(needsAttention(portal('a', { certificate: certificate(10, 9, 1) }))).toBe(true);
    expect(needsAttention(portal('a', { certificate: certificate(10, 9) }))).toBe(false);
  });

  it('tells how much of its limits is in use, and how much of its history is read', () => {
    const budget = { profile: 'standard', level: 12, capacity: 48, waiting: 0, sent: 1, refused: 0, pausedMethods: [] };
    expect(loadOf(portal('a', { budget }))).toBe(0.25);
    expect(loadOf(portal('a', { budget: { ...budget, capacity: null } }))).toBeNull();
    expect(loadOf(portal('a'))).toBeNull();
    const backfill = { ...portal('a').backfill, done: 1, total: 4 };
    expect(readShareOf(portal('a', { phase: 'backfill', backfill }))).toBe(0.25);
    expect(readShareOf(portal('a', { phase: 'waiting', backfill: { ...backfill, total: null } }))).toBeNull();
    expect(readShareOf(portal('a', { backfill: { ...backfill, total: null } }))).toBe(1);
  });
});

describe('the overview', () => {
  const names = (portals: readonly Portal[], by: Parameters<typeof sortFleet>[1]['by'], isReversed = false) =>
    sortFleet(portals, { by, isReversed }).map(({ name }) => name);

  it('begins with what has to be looked at', () => {
    const portals = [portal('б'), portal('а'), portal('я', { connection: failed })];
    expect(names(portals, 'attention')).toEqual(['я', 'а', 'б']);
    expect(names(portals, 'portal', true)).toEqual(['я', 'б', 'а']);
    expect(portals[0]?.name).toBe('б');
  });

  it('is sorted worst first, what is not known last', () => {
    const portals = [
      portal('a', { freshness: lagging(null), certificate: certificate(10, 10) }),
      portal('b', { freshness: lagging(5), certificate: certificate(10, 5) }),
      portal('c', { freshness: lagging(50) }),
    ];
    expect(names(portals, 'freshness')).toEqual(['c', 'b', 'a']);
    expect(names(portals, 'freshness', true)).toEqual(['b', 'c', 'a']);
    expect(names(portals, 'completeness')).toEqual(['b', 'a', 'c']);
    expect(names(portals, 'completeness', true)).toEqual(['a', 'b', 'c']);
  });

  it('turns round when a column is chosen again', () => {
    const first = nextOrder({ by: 'attention', isReversed: false }, 'behind');
    expect(first).toEqual({ by: 'behind', isReversed: false });
    expect(nextOrder(first, 'behind')).toEqual({ by: 'behind', isReversed: true });
    expect(nextOrder({ by: 'behind', isReversed: true }, 'behind')).toEqual(first);
    expect(nextOrder({ by: 'behind', isReversed: true }, 'portal')).toEqual({ by: 'portal', isReversed: false });
  });
});
