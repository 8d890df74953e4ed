import { Rejection } from '@funnelwatch/kernel';
import { parseArguments } from './arguments.js';
import { type Everything, runEverything } from './run-everything.js';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const start = new AbortController();
let everything: Everything | undefined;

async function leave(): Promise<void> {
  if (!everything) {
    // The start sees this at its next stage, stops what it has started and ends below.
    start.abort();
    return;
  }
  await everything.stop();
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave());
process.once('disconnect', () => void leave());

try {
  everything = await runEverything(parseArguments(process.argv.slice(2), process.env), print, start.signal);
  if (start.signal.aborted) await leave();
  process.send?.({ type: 'ready', ...everything.report });
} catch (error) {
  if (start.signal.aborted) process.exit(130);
  if (error instanceof Rejection) process.stderr.write(`${error.code}: ${error.message}\n`);
  else process.stderr.write(`UNEXPECTED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
