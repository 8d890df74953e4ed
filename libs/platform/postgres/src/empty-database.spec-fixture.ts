import { randomUUID } from 'node:crypto';
import pg from 'pg';

/**
 * An empty database on the run's server. The testing library offers more, but it builds on this library, so the specs
 * here make their own.
 */
export async function createEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env['FUNNELWATCH_TEST_POSTGRES_URL'];
  if (!server) throw new Error('No test server: run this spec through jest.int.mjs');
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await run(server, `CREATE DATABASE ${name} TEMPLATE template0 STRATEGY file_copy`);
  return { url: url.href, drop: () => run(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function run(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
