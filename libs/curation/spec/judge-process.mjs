/* global AbortController */
// A program that judges one portal until it is killed; started by specs, from the built library.
import { basePack, runJudge, starterRules } from '@funnelwatch/curation';
import { PostgresEventLog } from '@funnelwatch/event-log';
import { createPool } from '@funnelwatch/postgres';

const { databaseUrl, portal, now, chunkSize } = JSON.parse(process.env.JUDGE_SETTINGS);
const pool = createPool({ url: databaseUrl, applicationName: 'judge-process', max: 3 });
const quiet = { info: () => undefined, warn: () => undefined };
process.on('disconnect', () => process.exit(0));
await runJudge({
  pool,
  log: new PostgresEventLog(pool),
  clock: { now: () => new Date(now) },
  pack: basePack,
  starter: starterRules,
  latenessMs: 0,
  chunkSize,
  portals: async () => [portal],
  logger: quiet,
  signal: new AbortController().signal,
  wake: () => new Promise((resolve) => setTimeout(resolve, 5)),
  longestIdleMs: 5,
  onStep: (_portal, step) => {
    if (step.subjects > 0) process.send?.('judged');
  },
});
