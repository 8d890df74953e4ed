import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withTransaction } from '@funnelwatch/postgres';
import fc from 'fast-check';
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type CurationDatabase, curationDatabase, day, JudgedWorld } from '../judged-portal.spec-fixture.js';
import { decideRandomWorld, endOfWorld, randomWorld, type WorldFact } from './random-world.spec-fixture.js';

const program = fileURLToPath(new URL('../../spec/judge-process.mjs', import.meta.url));

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

let bucket = 0;
const newWorld = (): JudgedWorld => {
  const world = new JudgedWorld(database.pool, (bucket += 1) % 16);
  world.configure();
  decideRandomWorld(world);
  world.watermark(day(2, '08:00'));
  return world;
};

/** What holds in the end: episodes whose case was not taken back. */
async function heldBy(world: JudgedWorld): Promise<unknown[]> {
  const { rows } = await world.pool.query<Record<string, unknown>>(
    `SELECT rule_id, about, started_at, opens_at, resolved_at, void_at, void_reason, void_into
       FROM judge.episode
      WHERE portal_id = $1 AND coalesce(void_reason, '') NOT IN ('late-facts', 'rule-changed') ORDER BY rule_id, about, started_at`,
    [world.portal.portalId],
  );
  return rows;
}

/** The queue agrees with what was judged: one open case for each rule and record, and none without an episode. */
async function expectSoundQueue(world: JudgedWorld): Promise<void> {
  const { rows } = await world.pool.query<{ doubled: number; orphaned: number }>(
    `SELECT (SELECT count(*)::int FROM (SELECT FROM read.violation_case
               WHERE portal_id = $1 AND status NOT IN ('closed', 'void') GROUP BY rule_id, about HAVING count(*) > 1) twice)
              AS doubled,
            (SELECT count(*)::int FROM read.violation_case row WHERE portal_id = $1 AND status <> 'void'
                AND NOT EXISTS (SELECT FROM judge.episode WHERE portal_id = $1 AND case_id = row.case_id)) AS orphaned`,
    [world.portal.portalId],
  );
  expect(rows[0]).toEqual({ doubled: 0, orphaned: 0 });
}

async function judgedAtOnce(facts: readonly WorldFact[]): Promise<unknown[]> {
  const world = newWorld();
  await world.judge();
  for (const fact of facts) fact.write(world);
  world.watermark(endOfWorld);
  await world.judge();
  await expectSoundQueue(world);
  return heldBy(world);
}

test('the worlds are wide enough: audits, silences, own rules and merged records are in them', async () => {
  const found = new Set<string>();
  for (const facts of fc.sample(randomWorld, { numRuns: 8, seed: 11 })) {
    for (const episode of (await judgedAtOnce(facts)) as Record<string, unknown>[]) {
      found.add(String(episode['rule_id'])).add(String(episode['void_reason']));
    }
  }
  expect([...found]).toEqual(expect.arrayContaining(['A09', 'OWN1', 'L01', 'O08', 'merged', 'deleted']));
});

test('facts that come late, in any order and under many watermarks, leave the same cases as facts that come in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomWorld,
      fc.infiniteStream(fc.integer({ min: 0, max: 1_000_000 })),
      fc.integer({ min: 3, max: 9 }),
      async (facts, numbers, chunk) => {
        const expected = await judgedAtOnce(facts);
        const world = newWorld();
        await world.judge();
        const shuffled = facts
          .map((fact) => ({ fact, place: Number(numbers.next().value) }))
          .sort((left, right) => left.place - right.place)
          .map(({ fact }) => fact);
        for (let index = 0; index < shuffled.length; index += chunk) {
          const part = shuffled.slice(index, index + chunk);
          for (const fact of part) fact.write(world);
          // The watermark follows time while facts of any time come.
          const share = (index + chunk) / shuffled.length;
          const span = Date.parse(endOfWorld) - Date.parse(day(2, '09:00'));
          world.watermark(new Date(Date.parse(day(2, '09:00')) + Math.min(share, 1) * span).toISOString());
          await world.judge(3);
        }
        world.watermark(endOfWorld);
        await world.judge(3);
        expect(await heldBy(world)).toEqual(expected);
        await expectSoundQueue(world);
      },
    ),
    // A counterexample is told as far as it was made smaller by then.
    { numRuns: 10, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);

test('two silences that began later than was thought are one case, not two', async () => {
  const world = newWorld();
  await world.judge();
  world.lead('1', day(4, '16:36'));
  world.lead('3', day(6, '16:00'));
  world.watermark(day(10, '18:00'));
  await world.judge();
  world.lead('2', day(4, '22:24'));
  world.lead('4', day(7, '02:50'));
  world.watermark(day(12, '09:00'));
  await world.judge();
  await expectSoundQueue(world);
});

test('engines that compete and are killed again and again leave the same cases, each said once', async () => {
  const facts = fc.sample(randomWorld, { numRuns: 6, seed: 7 }).at(-1) ?? [];
  const many = facts.concat(...fc.sample(randomWorld, { numRuns: 1, seed: 8 }));
  const expected = await judgedAtOnce(many);
  const world = newWorld();
  await world.judge();
  const children = new Set<ChildProcess>();
  const start = (): void => {
    const settings = { databaseUrl: database.url, portal: world.portal, now: world.now, chunkSize: 2 };
    const child = fork(program, [], {
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '', JUDGE_SETTINGS: JSON.stringify(settings) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    children.add(child);
    let left = 1 + (children.size % 4);
    child.on('message', () => {
      left -= 1;
      // Killed in the middle of the next step, not after this one.
      if (left === 0) setTimeout(() => child.kill('SIGKILL'), children.size % 7);
    });
    child.on('exit', () => children.delete(child));
  };
  const kills = 14;
  let started = 0;
  for (let index = 0; index < many.length; index += 3) {
    for (const fact of many.slice(index, index + 3)) fact.write(world);
    world.watermark(many[Math.min(index + 3, many.length - 1)]?.at ?? endOfWorld);
    await world.fold();
    while (children.size < 2 && started < kills) {
      start();
      started += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const child of children) child.kill('SIGKILL');
  world.watermark(endOfWorld);
  await world.judge(3);
  expect(await heldBy(world)).toEqual(expected);
  await expectSoundQueue(world);
  const { rows } = await world.pool.query<{ opened: number; cases: number }>(
    `SELECT count(*) FILTER (WHERE type = 'CaseOpened')::int AS opened, count(DISTINCT case_id)::int AS cases
       FROM read.case_entry WHERE portal_id = $1`,
    [world.portal.portalId],
  );
  expect(rows[0]?.opened).toBe(rows[0]?.cases);
}, 60_000);

test('what the engine keeps can be thrown away: judged again, nothing is said twice', async () => {
  const facts = fc.sample(randomWorld, { numRuns: 1, seed: 21 })[0] ?? [];
  const world = newWorld();
  await world.judge();
  for (const fact of facts) fact.write(world);
  world.watermark(endOfWorld);
  await world.judge();
  const expected = await heldBy(world);
  const entries = async () =>
    (
      await world.pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM read.case_entry WHERE portal_id = $1`,
        [world.portal.portalId],
      )
    ).rows;
  const said = await entries();
  await withTransaction(world.pool, async (client) => {
    await client.query('UPDATE judge.progress SET position = 0, settings_position = 0 WHERE portal_id = $1', [
      world.portal.portalId,
    ]);
    for (const table of ['deadline', 'contribution', 'subject_checks', 'checks']) {
      await client.query(`DELETE FROM judge.${table} WHERE portal_id = $1`, [world.portal.portalId]);
    }
  });
  await world.judge();
  expect(await heldBy(world)).toEqual(expected);
  expect(await entries()).toEqual(said);
});
