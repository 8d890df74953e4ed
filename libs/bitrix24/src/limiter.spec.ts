import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Limiter, limiterProfiles, type LimiterProfile, type Priority } from './limiter.js';
import type { PortalTime } from './portal-time.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const tight: LimiterProfile = {
  name: 'tight',
  intensity: { drainPerSecond: 2, capacity: 2 },
  pauseAtOperatingSeconds: 384,
  maxConcurrent: 100,
};

function time(operatingSeconds: number, operatingResetInSeconds: number): PortalTime {
  return { startedAt: '', offsetMinutes: 0, durationSeconds: 1, operatingSeconds, operatingResetInSeconds };
}

/** Requests that end at once; the order in which they were let through, each with the seconds since start. */
function run(
  limiter: Limiter,
  requests: { name: string; priority?: Priority; methods?: string[] }[],
): [string, number][] {
  const startMs = Date.now();
  const admitted: [string, number][] = [];
  for (const { name, priority = 'live', methods = ['m'] } of requests) {
    void limiter.acquire({ methods, priority }).then((release) => {
      admitted.push([name, (Date.now() - startMs) / 1000]);
      release();
    });
  }
  return admitted;
}

test('what waits goes by priority, at the drain rate', async () => {
  const admitted = run(new Limiter(tight), [
    { name: 'backfill 1', priority: 'backfill' },
    { name: 'backfill 2', priority: 'backfill' },
    { name: 'backfill 3', priority: 'backfill' },
    { name: 'reconcile', priority: 'reconcile' },
    { name: 'live', priority: 'live' },
    { name: 'interactive', priority: 'interactive' },
  ]);
  await jest.advanceTimersByTimeAsync(2000);
  expect(admitted).toEqual([
    ['backfill 1', 0],
    ['backfill 2', 0],
    ['interactive', 0.5],
    ['live', 1],
    ['reconcile', 1.5],
    ['backfill 3', 2],
  ]);
});

test('a method near its operating limit waits for the reset, other methods go on', async () => {
  const limiter = new Limiter(limiterProfiles.standard);
  limiter.observe('crm.deal.list', time(390, 120));
  limiter.observe('crm.lead.list', time(10, 120));
  const admitted = run(limiter, [
    { name: 'deals', methods: ['batch', 'crm.deal.list'], priority: 'interactive' },
    { name: 'leads', methods: ['batch', 'crm.lead.list'] },
  ]);
  await jest.advanceTimersByTimeAsync(119_000);
  expect(admitted).toEqual([['leads', 0]]);
  await jest.advanceTimersByTimeAsync(1000);
  expect(admitted).toEqual([
    ['leads', 0],
    ['deals', 120],
  ]);
});

test('time charged to batch itself holds every batch', async () => {
  const limiter = new Limiter(limiterProfiles.standard);
  limiter.observe('batch', time(400, 30));
  const admitted = run(limiter, [
    { name: 'batch', methods: ['batch', 'm'] },
    { name: 'single', methods: ['m'] },
  ]);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(admitted).toEqual([
    ['single', 0],
    ['batch', 30],
  ]);
});

test('a method refused for its time waits until the reset told last, a minute when none was', async () => {
  const limiter = new Limiter(limiterProfiles.off);
  limiter.observe('told', time(100, 240));
  limiter.observeTimeLimit('told');
  limiter.observeTimeLimit('untold');
  const admitted = run(limiter, [
    { name: 'told', methods: ['told'] },
    { name: 'untold', methods: ['untold'] },
  ]);
  await jest.advanceTimersByTimeAsync(240_000);
  expect(admitted).toEqual([
    ['untold', 60],
    ['told', 240],
  ]);
});

test('a refusal for the number of requests slows everything down', async () => {
  const limiter = new Limiter(limiterProfiles.standard);
  limiter.observeRefusal();
  const admitted = run(limiter, [{ name: 'first' }, { name: 'second' }]);
  await jest.advanceTimersByTimeAsync(2500);
  expect(admitted).toEqual([
    ['first', 1.5],
    ['second', 2],
  ]);
  expect(limiter.state()).toMatchObject({ refused: 1, sent: 2, capacity: 48 });
});

test('background work leaves slots free for people', async () => {
  const limiter = new Limiter(limiterProfiles.off);
  const running: (() => void)[] = [];
  const start = (priority: Priority) => {
    void limiter.acquire({ methods: ['m'], priority }).then((release) => running.push(release));
  };
  for (let index = 0; index < 10; index += 1) start('backfill');
  await jest.advanceTimersByTimeAsync(0);
  expect(running).toHaveLength(6);
  start('interactive');
  await jest.advanceTimersByTimeAsync(0);
  expect(running).toHaveLength(7);
  expect(limiter.state()).toMatchObject({ inFlight: 7, waiting: { backfill: 4, interactive: 0 } });
  for (const release of running.splice(0)) release();
  await jest.advanceTimersByTimeAsync(0);
  expect(limiter.state()).toMatchObject({ inFlight: 4, waiting: { backfill: 0 } });
});

test('writing goes behind live reading and before what can wait, and leaves places free', async () => {
  const limiter = new Limiter({ ...limiterProfiles.off, maxConcurrent: 3 });
  const release = await limiter.acquire({ methods: ['m'], priority: 'live' });
  const admitted: Priority[] = [];
  for (const priority of ['backfill', 'reconcile', 'write-back', 'live'] as const) {
    void limiter.acquire({ methods: ['m'], priority }).then((done) => {
      admitted.push(priority);
      done();
    });
  }
  await jest.advanceTimersByTimeAsync(0);
  expect(admitted).toEqual(['live']);
  release();
  await jest.advanceTimersByTimeAsync(0);
  expect(admitted).toEqual(['live', 'write-back', 'reconcile', 'backfill']);
});

test('who is cancelled while waiting leaves the queue and takes no place', async () => {
  const limiter = new Limiter(tight);
  const cancel = new AbortController();
  run(limiter, [{ name: 'one' }, { name: 'two' }]);
  const waiting = limiter.acquire({ methods: ['m'], priority: 'live', signal: cancel.signal });
  const outcome = expect(waiting).rejects.toThrow('enough');
  cancel.abort(new Error('enough'));
  await outcome;
  expect(limiter.state()).toMatchObject({ sent: 2, waiting: { live: 0 } });
  await expect(limiter.acquire({ methods: ['m'], priority: 'live', signal: cancel.signal })).rejects.toThrow('enough');
});

test('a box portal keeps no count', async () => {
  const admitted = run(
    new Limiter(limiterProfiles.off),
    Array.from({ length: 500 }, (_, index) => ({ name: `${index}` })),
  );
  await jest.advanceTimersByTimeAsync(0);
  expect(admitted).toHaveLength(500);
});
