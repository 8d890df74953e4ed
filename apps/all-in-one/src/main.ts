import { Rejection } from '@funnelwatch/kernel';
import { parseArguments } from './arguments.js';
import { runEverything } from './run-everything.js';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  const everything = await runEverything(parseArguments(process.argv.slice(2), process.env), print);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void everything.stop().then(() => process.exit(0)));
  }
  process.once('disconnect', () => void everything.stop().then(() => process.exit(0)));
  process.send?.({ type: 'ready', ...everything.report });
} catch (error) {
  if (error instanceof Rejection) process.stderr.write(`${error.code}: ${error.message}\n`);
  else process.stderr.write(`UNEXPECTED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
