import { execFile } from 'node:child_process';
import { test } from '@jest/globals';

export interface Ended {
  exitCode: number;
  output: string;
}

/** Runs promtool to its end. Rejects when there is none. */
export function promtool(...args: string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    execFile('promtool', args, { timeout: 120_000 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') return reject(new Error(error.message, { cause: error }));
      resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, output: `${stdout}${stderr}` });
    });
  });
}

const isThere = await promtool('--version').then(
  () => true,
  () => false,
);
// On a developer's machine the rest of the suite is of use without it; in CI nothing may be left out.
const mustRun = isThere || process.env['CI'] !== undefined;

/** A test that needs promtool. Without it the test is skipped with the reason, in CI it fails. */
export function testWithPromtool(title: string, work: () => Promise<void>): void {
  if (mustRun) test(title, work);
  else skip(`${title} — skipped: there is no promtool (apt-get install --no-install-recommends prometheus)`, work);
}

const { skip } = test;
