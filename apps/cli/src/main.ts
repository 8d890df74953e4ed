import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { runCli } from './run-cli.js';

const description = await readFile(new URL('../package.json', import.meta.url), 'utf8');

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  now: () => new Date(),
  version: (JSON.parse(description) as { version: string }).version,
  out: (line) => process.stdout.write(line),
  error: (line) => process.stderr.write(line),
  readInput: () => text(process.stdin),
});
