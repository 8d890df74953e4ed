import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortalRegistry } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { AppProcess, type KillableProcess } from './app-process.js';
import { joinAsIntegrator } from './sign-in.js';
import { cliToEnd } from './start-command.js';
import { TestBroker } from './test-broker.js';
import { type Topology, topologyOfRun } from './topology.js';

export interface StackPortal {
  portalId: string;
  controlUrl: string;
  simulator: AppProcess;
}

export interface StackOptions {
  /** One simulated portal per entry: arguments of `portal-sim`. */
  portals: string[][];
  /** That of the run when left out. */
  topology?: Topology;
  ingest?: Record<string, string>;
  logLevel?: string;
}

const projectorsOf: Record<Topology, string[]> = {
  embedded: ['projector'],
  distributed: ['projector', 'projector-2'],
};

/** The product as separate processes over one database, reading any number of simulated portals. */
export interface Stack {
  portals: StackPortal[];
  database: TestDatabase;
  /** Holds `master.key`, `logs/` and, distributed, `kafka/`. */
  folder: string;
  masterKey: Buffer;
  apiUrl: string;
  /** Cookie of an integrator. */
  cookie: string;
  /** By name: `ingest`, `api`, `projector` and, distributed, `projector-2` and `kafka`. */
  processes: Record<string, KillableProcess>;
  stop(): Promise<void>;
}

/** An empty database of the present version. */
export const createProductDatabase = (): Promise<TestDatabase> => createTestDatabase({ migrations: productMigrations });

export async function startStack(options: StackOptions): Promise<Stack> {
  const topology = options.topology ?? topologyOfRun;
  const database = await createProductDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-e2e-'));
  const masterKey = randomBytes(32);
  const keyFile = join(folder, 'master.key');
  await writeFile(keyFile, masterKey.toString('base64'), { mode: 0o600 });
  await mkdir(join(folder, 'logs'));
  const started: KillableProcess[] = [];
  const start = async (app: string, args: string[], environment: Record<string, string> = {}) => {
    const logFile = join(folder, 'logs', `${app}.log`);
    const process = await AppProcess.start({ app, arguments: args, environment, logFile });
    started.push(process);
    return process;
  };
  let broker: TestBroker | null = null;
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((process) => process.stop()));
    await broker?.stop();
    await rm(folder, { recursive: true, force: true });
    await database.drop();
  };
  try {
    if (topology === 'distributed') broker = await TestBroker.start(join(folder, 'kafka'));
    const simulators = await Promise.all(options.portals.map((args) => start('portal-sim', args)));
    const portals = await register(database.url, masterKey, simulators);
    const environment = {
      ...{ FUNNELWATCH_KEY_FILE: keyFile, HOST: '127.0.0.1', PORT: '0' },
      PORTAL_PRIVATE_HOSTS: portals.map(({ simulator }) => new URL(String(simulator.ready['webhookUrl'])).host).join(),
      ...(broker ? { KAFKA_BROKERS: broker.addresses } : {}),
      ...(options.logLevel ? { LOG_LEVEL: options.logLevel } : {}),
    };
    if (broker) await createTopic({ ...environment, DATABASE_URL: database.url });
    const as = (login: Parameters<typeof database.urlAs>[0]) => ({
      ...environment,
      DATABASE_URL: database.urlAs(login),
    });
    const [ingest, api, ...projectors] = await Promise.all([
      start('ingest', [], { ...as('ingest'), POLL_MS: '500', RECONCILE_MS: '1500', LIMITS: 'off', ...options.ingest }),
      // A fixed port: a killed API comes back at the same address.
      start('api', [], { ...as('api'), PORT: String(await freePort()) }),
      ...projectorsOf[topology].map(() => start('projector', [], as('projector'))),
    ]);
    const named = projectorsOf[topology].map((name, index) => [name, projectors[index]] as const);
    const apiUrl = String(api.ready['url']);
    return {
      ...{ portals, database, folder, masterKey, apiUrl },
      cookie: await joinAsIntegrator(apiUrl, database.url),
      processes: {
        ...{ ingest, api },
        ...(Object.fromEntries(named) as Record<string, AppProcess>),
        ...(broker ? { kafka: broker } : {}),
      },
      stop,
    };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** As an operator does, after the database was migrated. */
async function createTopic(environment: Record<string, string>): Promise<void> {
  const ended = await cliToEnd(['migrate'], environment);
  if (ended.exitCode !== 0) throw new Error(`funnelwatch migrate: ${ended.errors}`);
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
