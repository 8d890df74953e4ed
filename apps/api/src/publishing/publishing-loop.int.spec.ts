import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { PortalRegistry } from '@funnelwatch/portals';
import { writePlan } from '../plans/written-plan.spec-fixture.js';
import { type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { publisherAt } from './publisher.spec-fixture.js';
import { PublisherLock } from './publisher-lock.js';
import { PublishingLoop, type PublishingParts } from './publishing-loop.js';

let api: RunningApi;
let first: RegisteredPortal;
let second: RegisteredPortal;
let removed: RegisteredPortal;
const loops: PublishingLoop[] = [];
const logged: [object, string][] = [];

beforeAll(async () => {
  api = await startApi();
  first = await api.portal('https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/');
  second = await api.portal('https://lotos.bitrix24.ru/rest/1/abcdefgh12345678/');
  removed = await api.portal('https://gone.bitrix24.ru/rest/1/abcdefgh12345678/');
  await api.registry.remove(removed.portalId);
  const month = new Date().toISOString().slice(0, 7);
  for (const portal of [first, second]) await writePlan(api.log, portal, { month });
  await api.projected(first);
  await api.projected(second);
});
afterAll(() => api.stop());
beforeEach(async () => {
  for (const loop of loops.splice(0)) await loop.stop();
  logged.length = 0;
  await api.pool.query('DELETE FROM published.run');
});

/** A loop as another process would run it. */
function loopOf(told: Partial<PublishingParts> = {}) {
  const lock = new PublisherLock(api.apiPool);
  const loop = new PublishingLoop({
    ...{ publisher: publisherAt(systemClock, api.apiPool), lock, everySeconds: 60 },
    registry: new PortalRegistry(api.apiPool, api.masterKey),
    logger: { warn: (about: object, sentence: string) => void logged.push([about, sentence]) } as never,
    ...told,
  });
  loops.push(loop);
  return loop;
}

const runs = async () => {
  const { rows } = await api.pool.query<{ portal: string; at: Date | null; code: string | null }>(
    'SELECT portal_id AS portal, published_at AS at, error_code AS code FROM published.run',
  );
  return new Map(rows.map(({ portal, at, code }) => [portal, { isPublished: at !== null, code }]));
};

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('every portal but removed ones is published', async () => {
  expect(await loopOf().round()).toMatchObject({ written: 2, failed: 0 });
  const published = { isPublished: true, code: null };
  expect(await runs()).toEqual(new Map([first, second].map(({ portalId }) => [portalId, published])));
});

test('a portal that cannot be published is noted and logged once, and the others are published', async () => {
  const { rows } = await api.pool.query<{ hours: object }>(
    'SELECT working_hours AS hours FROM registry.portal WHERE portal_id = $1',
    [first.portalId],
  );
  const setHours = (hours: object | undefined) =>
    api.pool.query('UPDATE registry.portal SET working_hours = $2 WHERE portal_id = $1', [
      first.portalId,
      JSON.stringify(hours),
    ]);
  await setHours({ days: [9], from: '09:00', to: '18:00' });
  const loop = loopOf();
  expect(await loop.round()).toMatchObject({ written: 1, failed: 1 });
  expect(await loop.round()).toMatchObject({ failed: 1 });
  expect(await runs()).toEqual(
    new Map([
      [first.portalId, { isPublished: false, code: 'SCHEDULE_INVALID' }],
      [second.portalId, { isPublished: true, code: null }],
    ]),
  );
  expect(logged).toEqual([
    [{ portalId: first.portalId, code: 'SCHEDULE_INVALID' }, 'the figures of a portal cannot be published'],
  ]);
  await setHours(rows[0]?.hours);
  expect(await loop.round()).toMatchObject({ failed: 0 });
  expect((await runs()).get(first.portalId)).toEqual({ isPublished: true, code: null });
});

test('of two processes one publishes, and the other one once it has stopped', async () => {
  const [one, other] = [loopOf(), loopOf()];
  expect(await one.round()).not.toBeNull();
  expect(await other.round()).toBeNull();
  expect(await one.round()).not.toBeNull();
  await one.stop();
  expect(await other.round()).not.toBeNull();
});

test('a process that loses its connection is not the one any more', async () => {
  const [one, other] = [loopOf(), loopOf()];
  expect(await one.round()).not.toBeNull();
  const holders = () =>
    api.pool.query(`SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
                     WHERE locktype = 'advisory' AND objid = 7958200
                       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  expect((await holders()).rowCount).toBe(1);
  expect(await other.round()).not.toBeNull();
  expect(await one.round()).toBeNull();
});

test('rounds follow each other, a failure of all of them is logged once, and stopping ends them', async () => {
  let isDown = false;
  let asked = 0;
  const registry = new PortalRegistry(api.apiPool, api.masterKey);
  const list = () => {
    asked += 1;
    return isDown ? Promise.reject(Object.assign(new Error('secret'), { code: '57P01' })) : registry.list();
  };
  const loop = loopOf({ registry: { list }, everySeconds: 0.01 });
  loop.start();
  await until(async () => (await runs()).size === 2);
  isDown = true;
  await until(() => Promise.resolve(logged.length > 0));
  const before = asked;
  await until(() => Promise.resolve(asked > before + 3));
  expect(logged).toEqual([[{ code: '57P01' }, 'figures cannot be published']]);
  await loop.stop();
  const ended = asked;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(asked).toBe(ended);
});

test('stopping waits for the portal under way and leaves the next one', async () => {
  const publisher = publisherAt(systemClock, api.apiPool);
  const seen: string[] = [];
  const loop = loopOf({
    publisher: {
      publish: async (portal) => {
        seen.push(portal.portalId);
        void loop.stop();
        const publication = await publisher.publish(portal);
        seen.push('published');
        return publication;
      },
      noteFailure: (portal, code) => publisher.noteFailure(portal, code),
    },
  });
  loop.start();
  await until(() => Promise.resolve(seen.length > 0));
  await loop.stop();
  expect(seen).toEqual([first.portalId, 'published']);
});

test('with no interval nothing is ever published', async () => {
  const loop = loopOf({ everySeconds: 0 });
  loop.start();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await runs()).size).toBe(0);
});
