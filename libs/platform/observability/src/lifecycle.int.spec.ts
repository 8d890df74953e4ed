import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Starts the program, waits until it reports ready, stops it as told and waits for its end. */
async function run(
  behaviour: string,
  stop: (child: ChildProcess) => void,
): Promise<{ ready: unknown; code: number | null; out: string }> {
  const program = fileURLToPath(new URL('./stopping-program.spec-fixture.ts', import.meta.url));
  const child = fork(program, [behaviour], {
    cwd: root,
    execPath: `${root}node_modules/.bin/node`,
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: { PATH: process.env['PATH'], SWC_NODE_PROJECT: 'libs/platform/observability/tsconfig.json' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let out = '';
  child.stdout?.on('data', (piece: Buffer) => (out += piece.toString()));
  // Not 'close': it never comes once the channel was closed from this side.
  const outputEnd = new Promise((resolve) => child.stdout?.once('end', resolve));
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = await new Promise<unknown>((resolve) => child.once('message', resolve));
  stop(child);
  await outputEnd;
  return { ready, code: await exitCode, out };
}

test.each<[string, (child: ChildProcess) => void]>([
  ['SIGTERM', (child) => child.kill('SIGTERM')],
  ['SIGINT', (child) => child.kill('SIGINT')],
  ['the end of the parent', (child) => child.disconnect()],
])('%s closes everything, the last registered first', async (_title, stop) => {
  const { ready, code, out } = await run('works', stop);
  expect(ready).toEqual({ type: 'ready', port: 4711 });
  expect({ code, out }).toEqual({ code: 0, out: 'third second first ' });
});

test('a closer that fails keeps no other from running, and shows in the exit code', async () => {
  expect(await run('fails', (child) => child.kill('SIGTERM'))).toMatchObject({ code: 1, out: 'third second first ' });
});

test('a closer that hangs does not hold the program beyond ten seconds', async () => {
  const startedAtMs = Date.now();
  expect((await run('hangs', (child) => child.kill('SIGTERM'))).code).toBe(1);
  expect(Date.now() - startedAtMs).toBeLessThan(20_000);
});

test('a second Ctrl-C ends a program that hangs at once', async () => {
  const { code } = await run('hangs', (child) => {
    child.stdout?.on('data', () => child.kill('SIGINT'));
    child.kill('SIGINT');
  });
  expect(code).toBe(130);
});
