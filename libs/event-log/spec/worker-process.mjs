/* global AbortController */
// A worker as a process of its own, for specs that kill and pause real processes. Runs the built library.
import { defaultEventTopic, KafkaFeed, PostgresFeed, runProjection } from '@funnelwatch/event-log';
import { createKafka } from '@funnelwatch/kafka';
import { createPool } from '@funnelwatch/postgres';

/** @type {{ databaseUrl: string, name: string, holder: string, bucketCount: number, leaseMs: number, renewEveryMs: number, batchSize: number, killAt?: { point: string, phase: string }, pauseAt?: string, kafka?: { brokers: string[], topic: string, sessionMs?: number }, idleInTransactionTimeoutMs?: number }} */
const settings = JSON.parse(process.env['WORKER_SETTINGS'] ?? '');
const { killAt } = settings;
let { pauseAt } = settings;
const pool = createPool({
  url: settings.databaseUrl,
  applicationName: 'worker-process',
  max: 4,
  idleInTransactionTimeoutMs: settings.idleInTransactionTimeoutMs ?? 60_000,
});
const wait = (timeMs) => new Promise((resolve) => setTimeout(resolve, timeMs));
const logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const { holder, bucketCount, leaseMs, kafka } = settings;
const feed = kafka
  ? new KafkaFeed({
      kafka: createKafka({ brokers: kafka.brokers, clientId: 'worker-process' }, logger),
      topic: { ...defaultEventTopic, name: kafka.topic, bucketCount },
      sessionMs: kafka.sessionMs,
      pool,
      holder,
      leaseMs,
      logger,
    })
  : new PostgresFeed({ pool, holder, bucketCount, leaseMs });
const stopping = new AbortController();

/** The situation without which the worker would never come to the point at which it is to be killed. */
const situations = {
  'rest after error': { failsAt: 'ask for heads' },
  'recover from drain': { failsAt: 'apply queued event' },
  recover: { failsAt: 'apply events' },
  'mark stopped': { lacksRights: true },
  'confirm head': { isBehind: true },
  'ask the log for its head': { isBehind: true },
  'mark running': { isBehind: true, wasStopped: true },
  'give buckets back': { isEnding: true },
};
const situation = situations[killAt?.point ?? ''] ?? {};

async function hooks(point, phase, bucket) {
  if (situation.wasStopped && point === 'claim checkpoint' && phase === 'before') {
    await pool.query(`UPDATE log.checkpoint SET status = 'stopped' WHERE projection = $1 AND bucket = $2`, [
      settings.name,
      bucket,
    ]);
  }
  if (point === killAt?.point && phase === killAt.phase) {
    process.kill(process.pid, 'SIGKILL');
    await wait(60_000);
  }
  if (point === pauseAt && phase === 'before') {
    pauseAt = undefined;
    process.send('paused', () => process.kill(process.pid, 'SIGSTOP'));
    // Stopped while this waits; goes on with the effect when the process is continued.
    await wait(200);
  }
  if (point === situation.failsAt && phase === 'before') {
    throw Object.assign(new Error('lost'), { code: 'ECONNRESET' });
  }
}

/** Counts every event; what was counted twice or left out shows in both tables. */
async function apply(client, { bucket, events }) {
  if (situation.lacksRights) throw Object.assign(new Error('refused'), { code: '42501' });
  if (events.some((event) => event.data['isPoison'])) {
    const { rows } = await client.query('SELECT "isHealed" FROM remedy');
    if (!rows[0]?.isHealed) throw new RangeError('poison');
  }
  for (const event of events) {
    await client.query(
      `INSERT INTO effect (event_id, times, portal_id, stream_id, version) VALUES ($1, 1, $2, $3, $4)
       ON CONFLICT (event_id) DO UPDATE SET times = effect.times + 1`,
      [event.eventId, event.portalId, event.streamId, event.version],
    );
  }
  await client.query('UPDATE total SET events = events + $2 WHERE bucket = $1', [bucket, events.length]);
}

process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => stopping.abort());
if (situation.isEnding) setTimeout(() => stopping.abort(), 100);

await runProjection({
  name: settings.name,
  feed: {
    assignments: (group) => feed.assignments(group),
    heads: (buckets) => (situation.isBehind ? Promise.resolve(new Map()) : feed.heads(buckets)),
    fetch: (bucket, after, limit) => feed.fetch(bucket, after, limit),
    wake: (timeoutMs) => feed.wake(timeoutMs),
    release: (group) => feed.release(group),
  },
  pool,
  logger,
  hooks,
  apply,
  batchSize: settings.batchSize,
  renewEveryMs: settings.renewEveryMs,
  lookForRetriesEveryMs: 30,
  longestIdleMs: 100,
  longestRestMs: 200,
  signal: stopping.signal,
});
feed.close();
await pool.end();
process.disconnect();
