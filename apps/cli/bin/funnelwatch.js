#!/usr/bin/env node
// Runs under whatever Node starts it; the program itself needs the version pinned in this repository.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const pinned = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));

if (!existsSync(main)) {
  console.error('Funnelwatch is not built yet. Run: npm ci');
  process.exit(2);
}
if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await import(main);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`The pinned Node cannot be started: ${error.message}. Run: npm ci`);
    process.exit(2);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
} else {
  console.error(
    `Funnelwatch needs Node ${NEEDED_MAJOR}; this is ${process.versions.node}. Run npm ci, or install Node ${NEEDED_MAJOR}.`,
  );
  process.exit(2);
}
