import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureMigrations } from '@funnelwatch/capture';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import { PortalRegistry, portalsMigrations } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase } from '@funnelwatch/testing';
import { AppProcess } from './app-process.js';

export interface StackPortal {
  portalId: string;
  controlUrl: string;
  simulator: AppProcess;
}

export interface StackOptions {
  /** One simulated portal per entry: arguments of `portal-sim`. */
  portals: string[][];
  ingest?: Record<string, string>;
}

/** The product as separate processes over one database, reading any number of simulated portals. */
export interface Stack {
  portals: StackPortal[];
  databaseUrl: string;
  apiUrl: string;
  apps: Record<'ingest' | 'projector' | 'api', AppProcess>;
  stop(): Promise<void>;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const database = await createTestDatabase({
    migrations: [...eventLogMigrations, ...portalsMigrations, ...captureMigrations, ...funnelMigrations],
  });
  const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-e2e-'));
  const masterKey = randomBytes(32);
  const keyFile = join(folder, 'master.key');
  await writeFile(keyFile, masterKey.toString('base64'), { mode: 0o600 });
  const started: AppProcess[] = [];
  const start = async (app: string, args: string[], environment: Record<string, string> = {}) => {
    const process = await AppProcess.start({ app, arguments: args, environment });
    started.push(process);
    return process;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((process) => process.stop()));
    await rm(folder, { recursive: true, force: true });
    await database.drop();
  };
  try {
    const simulators = await Promise.all(options.portals.map((args) => start('portal-sim', args)));
    const portals = await register(database.url, masterKey, simulators);
    const environment = { DATABASE_URL: database.url, FUNNELWATCH_KEY_FILE: keyFile, HOST: '127.0.0.1', PORT: '0' };
    const [ingest, projector, api] = await Promise.all([
      start('ingest', [], { ...environment, POLL_MS: '500', RECONCILE_MS: '1500', LIMITS: 'off', ...options.ingest }),
      start('projector', [], environment),
      // A fixed port: a killed API comes back at the same address.
      start('api', [], { ...environment, PORT: String(await freePort()) }),
    ]);
    return {
      portals,
      databaseUrl: database.url,
      apiUrl: String(api.ready['url']),
      apps: { ingest, projector, api },
      stop,
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function register(databaseUrl: string, masterKey: Buffer, simulators: AppProcess[]): Promise<StackPortal[]> {
  const pool = createPool({ url: databaseUrl, applicationName: 'e2e', max: 1 });
  try {
    const registry = new PortalRegistry(pool, masterKey);
    const portals: StackPortal[] = [];
    for (const simulator of simulators) {
      const { portalId } = await registry.register({ webhookUrl: String(simulator.ready['webhookUrl']) });
      portals.push({ portalId, controlUrl: String(simulator.ready['controlUrl']), simulator });
    }
    return portals;
  } finally {
    await pool.end();
  }
}
