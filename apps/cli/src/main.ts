import { text } from 'node:stream/consumers';
import { runCli } from './run-cli.js';

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  out: (line) => process.stdout.write(line),
  error: (line) => process.stderr.write(line),
  readInput: () => text(process.stdin),
});
