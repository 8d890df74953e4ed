import { type EventLog, verifyLog } from '@funnelwatch/event-log';
import type { Kafka } from '@funnelwatch/kafka';
import type { Pool } from 'pg';
import { fold, type StreamState } from './read-model.js';
import { portals, type Written, type WrittenEvent } from './writers.js';

export interface Findings {
  events: number;
  problems: string[];
}

interface Surroundings {
  pool: Pool;
  log: EventLog;
  kafka: Kafka;
  topic: string;
  written: Written;
}

const PAGE = 5_000;

/** Compares what was acknowledged with the log, the read models with a fold by one thread, and the topic with the log. */
export async function judge({ pool, log, kafka, topic, written }: Surroundings): Promise<Findings> {
  const problems: string[] = [];
  const { isIntact, buckets } = await verifyLog(pool, { from: 1 });
  if (!isIntact)
    problems.push(`the log is damaged: ${JSON.stringify(buckets.filter(({ damageCount }) => damageCount))}`);
  const stored = new Map<string, { version: number; position: number; times: number }>();
  const folded = new Map<string, StreamState>();
  const heads = new Map<number, number>();
  let events = 0;
  for (const { bucket } of portals) {
    for (let after = 0; ;) {
      const page = await log.readBucket(bucket, after, PAGE);
      for (const event of page) {
        events += 1;
        const known = stored.get(keyOf(event));
        const times = (known?.times ?? 0) + 1;
        stored.set(keyOf(event), { version: event.version, position: event.position, times });
        const stream = `${bucket} ${event.portalId} ${event.streamId}`;
        folded.set(stream, fold(folded.get(stream), event));
      }
      const last = page.at(-1);
      if (!last) break;
      after = last.position;
    }
    heads.set(bucket, await log.head(bucket));
  }
  problems.push(...judgeWritten(written, stored));
  for (const table of ['by_log', 'by_kafka']) problems.push(...(await judgeReadModel(pool, table, folded)));
  problems.push(...(await judgeTopic(kafka, topic, heads)));
  return { events, problems };
}

const keyOf = ({ portalId, eventId }: { portalId: string; eventId: string }): string => `${portalId} ${eventId}`;
const keyOfWritten = ({ portal, eventId }: WrittenEvent): string => keyOf({ portalId: portal.portalId, eventId });

function judgeWritten(
  written: Written,
  stored: ReadonlyMap<string, { version: number; position: number; times: number }>,
): string[] {
  const lost = written.acknowledged.filter((event) => !stored.has(keyOfWritten(event)));
  const doubled = [...stored.values()].filter(({ times }) => times > 1);
  const risen = written.rolledBack.filter((event) => stored.has(keyOfWritten(event)));
  const last = new Map<string, { version: number; position: number }>();
  let disordered = 0;
  for (const event of [...written.acknowledged].sort((a, b) => a.number - b.number)) {
    const place = stored.get(keyOfWritten(event));
    if (!place) continue;
    const stream = `${event.portal.portalId} ${event.streamId}`;
    const previous = last.get(stream);
    if (previous && (previous.version >= place.version || previous.position >= place.position)) disordered += 1;
    last.set(stream, place);
  }
  return [
    ...(lost.length > 0 ? [`${lost.length} acknowledged events are not in the log`] : []),
    ...(doubled.length > 0 ? [`${doubled.length} events are in the log twice`] : []),
    ...(risen.length > 0 ? [`${risen.length} events that were rolled back are in the log`] : []),
    ...(disordered > 0 ? [`${disordered} events are out of the order of their stream`] : []),
  ];
}

async function judgeReadModel(pool: Pool, table: string, folded: ReadonlyMap<string, StreamState>): Promise<string[]> {
  const { rows } = await pool.query<{ stream: string; events: number; chain: number; last: number }>(
    `SELECT bucket || ' ' || portal_id || ' ' || stream_id AS stream, events, chain, last_position AS last FROM ${table}`,
  );
  const wrong = rows.filter(({ stream, events, chain, last }) => {
    const right = folded.get(stream);
    return right?.events !== events || right.chain !== chain || right.lastPosition !== last;
  });
  const problems = wrong.slice(0, 3).map((row) => `${table} differs: ${JSON.stringify([row, folded.get(row.stream)])}`);
  if (rows.length !== folded.size) problems.push(`${table} has ${rows.length} streams instead of ${folded.size}`);
  return problems;
}

/** Every partition, its repetitions aside, must be the bucket without a hole and in order. */
async function judgeTopic(kafka: Kafka, topic: string, heads: ReadonlyMap<number, number>): Promise<string[]> {
  const reached = new Map<number, number>();
  const problems: string[] = [];
  const consumer = kafka.consumer({ groupId: `oracle ${process.pid}` });
  const admin = kafka.admin();
  await Promise.all([consumer.connect(), admin.connect()]);
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const left = new Set(ends.filter(({ high }) => high !== '0').map(({ partition }) => partition));
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The topic could not be read to its end: ${[...left].join()}`)),
      60_000,
    );
    void consumer.run({
      eachMessage: ({ partition, message }) => {
        const position = Number(message.headers?.['ce_position']?.toString());
        const known = reached.get(partition) ?? 0;
        if (position > known + 1) problems.push(`partition ${partition} goes on with ${position} after ${known}`);
        if (position === known + 1) reached.set(partition, position);
        const end = ends.find((offset) => offset.partition === partition)?.high ?? '0';
        if (BigInt(message.offset) + 1n >= BigInt(end)) left.delete(partition);
        if (left.size === 0) {
          clearTimeout(timer);
          resolve();
        }
        return Promise.resolve();
      },
    });
  });
  await consumer.disconnect();
  for (const [bucket, head] of heads) {
    if ((reached.get(bucket) ?? 0) !== head)
      problems.push(`partition ${bucket} ends at ${reached.get(bucket)}, not ${head}`);
  }
  return problems.slice(0, 5);
}
