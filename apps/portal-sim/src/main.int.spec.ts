import { describe, expect, it } from '@jest/globals';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function run(...args: string[]): ChildProcess {
  return fork(`${root}apps/portal-sim/src/main.ts`, args, {
    cwd: root,
    env: { ...process.env, SWC_NODE_PROJECT: `${root}apps/portal-sim/tsconfig.json` },
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

async function complaintOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  return `${String(code)}: ${text}`;
}

describe('the simulator as a program', () => {
  it('tells its parent where it is and ends with the channel', async () => {
    const child = run('--company', 'tiny', '--operations-port', '0');
    const [ready] = (await once(child, 'message')) as [Record<string, string>];
    expect(ready).toEqual({
      type: 'ready',
      webhookUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/rest\/1\/[0-9a-z]+\/$/),
      tlsWebhookUrl: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/rest\/1\/[0-9a-z]+\/$/),
      caPath: expect.any(String),
      controlUrl: expect.stringMatching(/\/_sim$/),
    });
    expect((await fetch(`${String(ready?.webhookUrl)}profile`)).status).toBe(200);
    const ended = once(child, 'exit');
    child.disconnect();
    expect((await ended)[0]).toBe(0);
  });

  it('says in a sentence why it cannot start', async () => {
    expect(await complaintOf(run('--company', 'huge'))).toMatch(/^2: portal-sim cannot start[\s\S]*company/);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      expect(await complaintOf(run('--company', 'tiny', '--port', String(port)))).toMatch(
        /^2: Port \d+ on 127\.0\.0\.1 is taken/,
      );
    } finally {
      server.close();
    }
  });
});
