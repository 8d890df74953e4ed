import { randomInt } from 'node:crypto';
import { whatBrokerLacks } from '@funnelwatch/testing/broker';
import { runChaos } from './run-chaos.js';

/** `npm run chaos`: one run, or several when CHAOS_RUNS says so; the exit code tells whether anything was wrong. */
const lacking = await whatBrokerLacks();
if (lacking !== null) {
  process.stderr.write(`${lacking}.\n`);
  process.exit(2);
}
const seconds = Number(process.env['CHAOS_SECONDS'] ?? 60);
const first = Number(process.env['CHAOS_SEED'] ?? randomInt(1_000_000));
const runs = Number(process.env['CHAOS_RUNS'] ?? 1);
for (let seed = first; seed < first + runs; seed += 1) {
  process.stdout.write(`seed ${seed}, ${seconds} s\n`);
  const startedMs = performance.now();
  const say = (text: string): void =>
    void process.stdout.write(`  ${((performance.now() - startedMs) / 1_000).toFixed(1).padStart(6)} s  ${text}\n`);
  const { problems, events, restarts } = await runChaos({ seed, seconds, say });
  if (problems.length === 0) {
    process.stdout.write(`  nothing lost, doubled or out of order: ${events} events, ${restarts} restarts\n`);
    continue;
  }
  process.exitCode = 1;
  process.stdout.write(`  WRONG:\n${problems.map((problem) => `    ${problem}\n`).join('')}`);
  process.stdout.write(`  Repeat it: CHAOS_SEED=${seed} CHAOS_SECONDS=${seconds} npm run chaos\n`);
}
