import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EventLog } from '@funnelwatch/event-log';
import {
  type CurationDatabase,
  curationDatabase,
  day,
  JudgedWorld,
  wordlessPack,
} from '../judged-portal.spec-fixture.js';
import { starterRules } from '../packs/base/definitions.js';
import type { JudgedPortal } from './judge-portal.js';
import { runJudge } from './run-judge.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

const waits = 20;

test('a portal that cannot be judged is said once, waited for, and keeps no other from its cases', async () => {
  const worlds = [10, 11, 12, 13].map((bucket) => new JudgedWorld(database.pool, bucket));
  for (const world of worlds) {
    world.configure();
    world.lead('1', day(2, '10:00'));
    world.watermark(day(3, '12:00'));
    await world.fold();
  }
  const [frozen, idle, broken, sound] = worlds as [JudgedWorld, JudgedWorld, JudgedWorld, JudgedWorld];
  const portals: JudgedPortal[] = [
    { ...frozen.portal, hours: { ...frozen.portal.hours, zone: 'Nowhere/City' } },
    { ...idle.portal, hours: { ...idle.portal.hours, days: [] } },
    broken.portal,
    sound.portal,
  ];
  const log: EventLog = Object.assign(Object.create(sound.log) as EventLog, {
    append: (...asked: Parameters<EventLog['append']>) =>
      asked[0].portalId === broken.portal.portalId
        ? Promise.reject(new Error('disk full'))
        : sound.log.append(...asked),
  });
  const said: string[] = [];
  const stop = new AbortController();
  let waited = 0;
  const judged = { subjects: 0, evaluations: 0, seconds: 0 };
  await runJudge({
    ...{ pool: database.pool, log, clock: { now: () => sound.now } },
    ...{ pack: wordlessPack, starter: starterRules, latenessMs: 0, chunkSize: 50 },
    portals: () => Promise.resolve(portals),
    logger: {
      info: () => undefined,
      warn: (details, message) => void said.push(`${message} ${JSON.stringify(details)}`),
    },
    signal: stop.signal,
    onStep: (portal, { subjects, evaluations }, seconds) => {
      if (portal.portalId !== sound.portal.portalId) return;
      judged.subjects += subjects;
      judged.evaluations += evaluations;
      judged.seconds += seconds;
    },
    wake: async () => {
      waited += 1;
      // What was said is folded, as the read model does meanwhile.
      for (const world of worlds) await world.fold();
      if (waited >= waits) stop.abort();
    },
  });
  expect(waited).toBe(waits);
  expect(await sound.cases()).toMatchObject([{ rule_id: 'L01' }, { rule_id: 'L03' }]);
  const saidOf = (world: JudgedWorld): string[] => said.filter((line) => line.includes(world.portal.portalId));
  expect(saidOf(frozen)).toEqual([
    `The rule clock stands still {"portal":"${frozen.portal.portalId}","code":"CALENDAR_MISSING"}`,
  ]);
  expect(saidOf(idle)).toEqual([
    expect.stringMatching(/^A condition could not be computed .*"ruleId":"L01","subject":"lead:1"/),
    expect.stringMatching(/^A condition could not be computed .*"ruleId":"L03","subject":"lead:1"/),
  ]);
  expect(saidOf(broken)).toEqual([
    `A portal cannot be judged and is tried again {"portal":"${broken.portal.portalId}","reason":"disk full"}`,
  ]);
  expect(saidOf(sound)).toEqual([]);
  // Every rule on leads that is on was applied to the lead, at least once.
  expect(judged.evaluations).toBeGreaterThanOrEqual(2);
  expect(judged.subjects).toBeGreaterThan(0);
  expect(judged.seconds).toBeGreaterThan(0);
});
