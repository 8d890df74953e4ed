import type { EventLog } from '@funnelwatch/event-log';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import type { Kafka } from '@funnelwatch/kafka';
import type { Pool } from 'pg';
import type { Random } from './random.js';
import type { Servers } from './servers.js';
import type { SupervisedPrograms } from './supervised-programs.js';
import { pause, portals, type Written, writeSlowly } from './writers.js';

export interface Surroundings {
  servers: Servers;
  programs: SupervisedPrograms;
  kafka: Kafka;
  pool: Pool;
  log: EventLog;
  written: Written;
  leaseMs: number;
  /** Says what happens, for whoever repeats the run. */
  say(text: string): void;
}

/** A PostgreSQL with a file-size limit writes its 16 MiB segments of the write-ahead log, and no table beyond this. */
const SMALLEST_LIMIT_KIB = 17 * 1024;
/** Indexes of the broker are made at their full size of 10 MiB; with less it does not even start. */
const SMALLEST_BROKER_LIMIT_KIB = 10 * 1024 + 512;
/** Not the topic of the events; made by the run. */
export const FILLER_TOPIC = 'filler';

let serial = 0;

/** What can happen; each resolves when it is over. */
const faults = {
  'a process is killed': async ({ programs, say }: Surroundings, random: Random) => {
    const name = random.oneOf(programs.names);
    say(`kill -9 ${name}`);
    programs.signal(name, 'SIGKILL');
    return Promise.resolve();
  },
  'a process is paused past its lease': async ({ programs, leaseMs, say }: Surroundings, random: Random) => {
    const name = random.oneOf(programs.names);
    const timeMs = leaseMs + random.between(200, 2_000);
    say(`SIGSTOP ${name} for ${timeMs} ms`);
    programs.signal(name, 'SIGSTOP');
    await pause(timeMs);
    programs.signal(name, 'SIGCONT');
  },
  'PostgreSQL is killed': async ({ servers, say }: Surroundings) => {
    say('kill -9 PostgreSQL');
    await servers.restartDatabase();
  },
  'the broker is killed': async ({ servers, say }: Surroundings, random: Random) => {
    const timeMs = random.between(0, 3_000);
    say(`kill -9 the broker, down for ${timeMs} ms more than it takes`);
    await servers.killBroker();
    await pause(timeMs);
    await servers.startBroker();
  },
  'a writer is slow': async ({ pool, log, written, say }: Surroundings, random: Random) => {
    const openMs = random.between(500, 3_000);
    const commits = random.next() < 0.6;
    say(`an append stays open for ${openMs} ms and ${commits ? 'commits' : 'rolls back'}`);
    await writeSlowly(pool, log, written, random.oneOf(portals), { serial: (serial += 1), openMs, commits });
  },
  'a transaction of another database stays open': async ({ servers, say }: Surroundings, random: Random) => {
    const openMs = random.between(1_000, 4_000);
    say(`a writing transaction of another database stays open for ${openMs} ms`);
    const url = new URL(servers.databaseUrl);
    url.pathname = '/other';
    await holdOpen(
      url.href,
      'CREATE TABLE IF NOT EXISTS seen (at timestamptz); INSERT INTO seen VALUES (now())',
      openMs,
    );
  },
  'an old snapshot stays open': async ({ servers, say }: Surroundings, random: Random) => {
    const openMs = random.between(1_000, 4_000);
    say(`a snapshot of the log stays open for ${openMs} ms`);
    await holdOpen(
      servers.databaseUrl,
      'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM log.event',
      openMs,
    );
  },
  'the disk of the broker is full': async ({ servers, kafka, say }: Surroundings, random: Random) => {
    const limitKib = Math.max(SMALLEST_BROKER_LIMIT_KIB, Math.ceil((await servers.largestSegment()) / 1024) + 64);
    const timeMs = random.between(8_000, 12_000);
    say(`no file of the broker may grow beyond ${limitKib} KiB, for ${timeMs} ms at most`);
    await servers.killBroker();
    await servers.startBroker(`ulimit -f ${limitKib}`);
    const filling = fillTopic(kafka, limitKib);
    if (await servers.brokerGaveUp(timeMs)) say('the broker found its disk full and gave up');
    else await servers.killBroker();
    await servers.startBroker();
    await filling;
  },
  'the disk is full': async ({ servers, pool, say }: Surroundings, random: Random) => {
    const { rows } = await pool.query<{ kib: number }>(
      `SELECT ceil(max(pg_relation_size(oid)) / 1024)::int AS kib FROM pg_class WHERE relkind IN ('r', 'i', 't')`,
    );
    const limitKib = Math.max(SMALLEST_LIMIT_KIB, (rows[0]?.kib ?? 0) + 256);
    const timeMs = random.between(2_000, 4_000);
    say(`no file of PostgreSQL may grow beyond ${limitKib} KiB for ${timeMs} ms`);
    await servers.restartDatabase(`ulimit -f ${limitKib}`);
    await pause(timeMs);
    await servers.restartDatabase();
  },
};

type FaultName = keyof typeof faults;
const names = Object.keys(faults) as FaultName[];
/** These change the servers themselves: one at a time. */
const ofServers = new Set<FaultName>([
  'PostgreSQL is killed',
  'the broker is killed',
  'the disk of the broker is full',
  'the disk is full',
]);

/** Lets things happen, as the seed decides, each at least once, until the time is over and all that began has ended. */
export async function wreakHavoc(surroundings: Surroundings, random: Random, seconds: number): Promise<Set<string>> {
  const happened = new Set<string>();
  const underWay = new Set<Promise<void>>();
  let serversBusy: Promise<void> = Promise.resolve();
  // Every fault once in an order of its own, then at random.
  const planned = shuffled(names, random);
  for (const endMs = performance.now() + seconds * 1_000; planned.length > 0 || performance.now() < endMs;) {
    const name = planned.shift() ?? random.oneOf(names);
    happened.add(name);
    const isOfServers = ofServers.has(name);
    if (isOfServers) await serversBusy;
    const fault = faults[name](surroundings, random).catch((error: unknown) => {
      surroundings.say(`(${name}: ${error instanceof Error ? error.message : String(error)})`);
    });
    const settled = fault.finally(() => underWay.delete(settled));
    underWay.add(settled);
    if (isOfServers) serversBusy = settled;
    await pause(random.between(300, 1_500));
  }
  await Promise.all(underWay);
  return happened;
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.between(0, rest.length - 1), 1)[0]).filter((item) => item !== undefined);
}

async function holdOpen(url: string, statements: string, openMs: number): Promise<void> {
  const pool = createPool({ url, applicationName: 'chaos bystander', max: 1, onConnectionError: () => undefined });
  try {
    await withTransaction(pool, async (client) => {
      for (const statement of statements.split('; ')) await client.query(statement);
      await pause(openMs);
    });
  } finally {
    await pool.end();
  }
}

/** Writes beside the events until nothing more goes: any file that cannot grow takes the whole broker down. */
async function fillTopic(kafka: Kafka, limitKib: number): Promise<void> {
  const messageKib = 512;
  const producer = kafka.producer({ retry: { retries: 1 } });
  try {
    await producer.connect();
    const value = Buffer.alloc(messageKib * 1024);
    for (let sent = 0; sent <= limitKib; sent += messageKib) {
      await producer.send({ topic: FILLER_TOPIC, messages: [{ value }] });
    }
  } catch {
    // The broker is going down, as it should.
  } finally {
    await producer.disconnect().catch(() => undefined);
  }
}
