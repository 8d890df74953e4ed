import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JudgedPortal } from '@funnelwatch/curation';
import { replayPortal } from '@funnelwatch/event-log';
import type { NewEvent, StoredEvent } from '@funnelwatch/kernel';
import { type CompanyParameters, type GeneratedCompany, randomCompany } from '@funnelwatch/portal-generator';
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Bench } from './bench.js';
import { told } from './compare.js';
import { Engine } from './engine.js';
import { expectCasesOfTheAccount } from './equal-to-account.js';
import { judgedLive } from './judged-company.js';

const program = fileURLToPath(new URL('../../../libs/curation/spec/judge-process.mjs', import.meta.url));
const SEED = 1;
const parameters: CompanyParameters = randomCompany(SEED);

let bench: Bench;
let first: Engine;
let company: GeneratedCompany;
let captured: StoredEvent[];
let expected: string[];
beforeAll(async () => {
  bench = await Bench.create();
  ({ engine: first, company } = await judgedLive(bench, parameters, '--company', 'random', '--seed', String(SEED)));
  captured = await bench.captured(first.portal);
  expected = await casesOf(first);
  expect(expected.length).toBeGreaterThan(500);
});
afterAll(() => bench.close());

const casesOf = async (engine: Engine): Promise<string[]> => (await engine.cases()).map(told).sort();

async function append(portal: JudgedPortal, events: readonly NewEvent[]): Promise<void> {
  const groups = events.map((event) => ({ streamId: event.streamId, expected: 'any' as const, events: [event] }));
  for (let from = 0; from < groups.length; from += 1000) {
    await bench.log.append(portal, groups.slice(from, from + 1000));
  }
}

const copyOf = (event: StoredEvent): NewEvent => {
  const { eventId, streamId, type, schemaVersion, occurredAt, actor, provenance, data } = event;
  return { eventId, streamId, type, schemaVersion, occurredAt, actor, provenance, data };
};

/** A fresh portal for which all rules are on. */
async function newEngine(): Promise<Engine> {
  const engine = new Engine(bench, bench.newPortal(parameters.zone));
  await engine.decide(parameters);
  return engine;
}

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number, never, void> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** The log in another order: streams mixed at random, each in its own order. */
function reordered(events: readonly StoredEvent[], seed: number): StoredEvent[] {
  const random = numbers(seed);
  const places = [...Map.groupBy(events, ({ streamId }) => streamId).values()].flatMap((own) => {
    const drawn = own.map(() => random.next().value).sort((one, other) => one - other);
    return own.map((event, index) => ({ event, place: drawn[index] ?? 0 }));
  });
  return places.sort((one, other) => one.place - other.place).map(({ event }) => event);
}

const isWatermark = ({ type }: { type: string }): boolean => type === 'CaptureAdvanced';

test('a random company watched from its first day on: its cases are those of its own account', async () => {
  await expectCasesOfTheAccount(first, company, 'live');
});

test('replayed into a fresh portal that two engines judge at once, the cases are the same', async () => {
  const engine = await newEngine();
  await append(engine.portal, captured.map(copyOf));
  await engine.fold();
  await Promise.all([engine.judge(40), new Engine(bench, engine.portal).judge(60)]);
  expect(await casesOf(engine)).toEqual(expected);
});

test.each([1, 2])(
  'captured late and in another order (%i), under watermarks in between, the cases are the same',
  async (seed) => {
    const engine = await newEngine();
    const last = captured.filter(isWatermark).at(-1);
    const facts = reordered(
      captured.filter((event) => !isWatermark(event)),
      seed,
    );
    const parts = 6;
    const through = last?.data['through'] as Record<string, string>;
    for (let part = 0; part < parts; part += 1) {
      const size = Math.ceil(facts.length / parts);
      await append(engine.portal, facts.slice(part * size, (part + 1) * size).map(copyOf));
      // The watermark follows time while facts of any time come.
      const share = (part + 1) / parts;
      const at = (end: string) =>
        new Date(parameters.startAt + share * (Date.parse(end) - parameters.startAt)).toISOString();
      const moved = Object.fromEntries(Object.entries(through).map(([feed, end]) => [feed, at(end)]));
      if (last) {
        const eventId = last.eventId.slice(0, -1) + String(part);
        await append(engine.portal, [{ ...copyOf(last), eventId, data: { ...last.data, through: moved } }]);
      }
      await engine.judge(100);
    }
    expect(await casesOf(engine)).toEqual(expected);
  },
);

test('a new generation of the read model holds the same, and judged again from nothing, nothing is said twice', async () => {
  const { portal, model } = first;
  const tables = ['rule_fact', 'rule_link', 'rule_subject', 'rule_clock', 'discipline', 'violation_case', 'case_entry'];
  const rowsIn = async (schema: string) => {
    const rows = await Promise.all(
      tables.map(async (table) => {
        const { rows: found } = await bench.pool.query<{ row: string }>(
          `SELECT row_to_json(t)::text AS row FROM ${schema}.${table} t WHERE portal_id = $1 ORDER BY 1`,
          [portal.portalId],
        );
        return [table, found.map(({ row }) => row)] as const;
      }),
    );
    return Object.fromEntries(rows);
  };
  const client = await bench.pool.connect();
  await client.query('CREATE SCHEMA curation_anew');
  await model.createTables(client, 'curation_anew');
  client.release();
  const { rows } = await bench.pool.query<{ position: number }>(
    `SELECT "position" FROM log.checkpoint WHERE projection = 'curation' AND bucket = $1`,
    [portal.bucket],
  );
  const upTo = rows[0]?.position ?? 0;
  await replayPortal({ pool: bench.pool, model, portal, into: 'curation_anew', upTo, batchSize: 777 });
  expect(await rowsIn('curation_anew')).toEqual(await rowsIn('curation_v1'));

  const said = async () => (await rowsIn('curation_v1'))['case_entry'];
  const before = await said();
  await bench.pool.query('UPDATE judge.progress SET position = 0, settings_position = 0 WHERE portal_id = $1', [
    portal.portalId,
  ]);
  for (const table of ['deadline', 'contribution', 'subject_checks', 'checks']) {
    await bench.pool.query(`DELETE FROM judge.${table} WHERE portal_id = $1`, [portal.portalId]);
  }
  await first.judge();
  expect(await casesOf(first)).toEqual(expected);
  expect(await said()).toEqual(before);
});

test('engines that compete and are killed again and again leave the same cases, each opened once', async () => {
  const engine = await newEngine();
  await append(engine.portal, captured.map(copyOf));
  await engine.fold();
  for (let kill = 0; kill < 8; kill += 1) {
    const children = [0, 1].map(() => judgeInAProcess(engine.portal));
    await new Promise((resolve) => setTimeout(resolve, 1200 + 150 * kill));
    await Promise.all(children.map(killed));
    await engine.fold();
  }
  await engine.judge(50);
  expect(await casesOf(engine)).toEqual(expected);
  const { rows } = await bench.pool.query<{ opened: number; cases: number }>(
    `SELECT count(*) FILTER (WHERE type = 'CaseOpened')::int AS opened, count(DISTINCT case_id)::int AS cases
       FROM read.case_entry WHERE portal_id = $1`,
    [engine.portal.portalId],
  );
  expect(rows[0]?.opened).toBe(rows[0]?.cases);
});

/** Starts an engine from the build. */
function judgeInAProcess(portal: JudgedPortal): ChildProcess {
  const settings = { databaseUrl: bench.url, portal, now: '2027-06-01T09:00:00Z', chunkSize: 5 };
  return fork(program, [], {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '', JUDGE_SETTINGS: JSON.stringify(settings) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
