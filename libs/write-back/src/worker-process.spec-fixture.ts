import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { KeyRing, PostgresKeyStore } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { openClient, quick } from './outbox.spec-fixture.js';
import type { PortalToWrite } from './run-outbox/outbox-options.js';
import { runOutbox } from './run-outbox/run-outbox.js';

export interface WorkerSettings {
  databaseUrl: string;
  /** In base64. */
  masterKey: string;
  webhookUrl: string;
  portal: PortalToWrite;
  leaseMs: number;
}

const program = fileURLToPath(import.meta.url);
const project = fileURLToPath(new URL('../tsconfig.json', import.meta.url));

/** Starts a worker in a process of its own, to be killed. */
export function startWorker(settings: WorkerSettings): { child: ChildProcess; ended: Promise<NodeJS.Signals | null> } {
  const child = fork(program, [], {
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: { ...process.env, NODE_OPTIONS: '', SWC_NODE_PROJECT: project, OUTBOX_WORKER: JSON.stringify(settings) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return { child, ended: new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal))) };
}

const told = process.env.OUTBOX_WORKER;
if (told !== undefined && process.argv[1] === program) {
  const { databaseUrl, masterKey, webhookUrl, portal, leaseMs } = JSON.parse(told) as WorkerSettings;
  const pool = createPool({ url: databaseUrl, applicationName: 'outbox-worker', max: 4 });
  const quiet = () => undefined;
  await runOutbox({
    ...quick,
    leaseMs,
    pool,
    keyRing: new KeyRing({ masterKey: Buffer.from(masterKey, 'base64'), store: new PostgresKeyStore(pool) }),
    portals: () => Promise.resolve([portal]),
    // A request may take as long as it likes: the process is killed within one.
    openClient: () => Promise.resolve(openClient(webhookUrl, 30_000)),
    clock: systemClock,
    logger: { info: quiet, warn: quiet, error: quiet },
    signal: new AbortController().signal,
  });
}
