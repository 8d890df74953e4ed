import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export interface SimulatedPortal {
  webhookUrl: string;
  tlsWebhookUrl: string;
  /** PEM text of the authority that signed the certificate of `tlsWebhookUrl`. */
  ca: string;
  controlUrl: string;
  close(): Promise<void>;
}

interface ReadyMessage {
  type: 'ready';
  webhookUrl: string;
  tlsWebhookUrl: string;
  caPath: string;
  controlUrl: string;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts the portal simulator as a process of its own, from its sources. */
export async function startSimulatedPortal(...flags: string[]): Promise<SimulatedPortal> {
  const child = fork(`${root}apps/portal-sim/src/main.ts`, ['--log-level', 'error', ...flags], {
    cwd: root,
    execPath: `${root}node_modules/.bin/node`,
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: { PATH: process.env.PATH, SWC_NODE_PROJECT: 'apps/portal-sim/tsconfig.json' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { webhookUrl, tlsWebhookUrl, caPath, controlUrl } = await ready(child);
  return {
    webhookUrl,
    tlsWebhookUrl,
    controlUrl,
    ca: await readFile(caPath, 'utf8'),
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function ready(child: ChildProcess): Promise<ReadyMessage> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if ((message as { type?: string }).type === 'ready') resolve(message as ReadyMessage);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The simulator ended with code ${code}`)));
  });
}
