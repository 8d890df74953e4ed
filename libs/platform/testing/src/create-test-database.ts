import { createHash, randomUUID } from 'node:crypto';
import { migrate, type MigrationClass } from '@funnelwatch/postgres';
import { applyRoles, ensureLogins, type Login, loginNameOf, roleOf } from '@funnelwatch/roles';
import pg from 'pg';

export interface TestDatabase {
  /** As the owner of the server, who may do everything. */
  url: string;
  /** As the login of a program, with the rights it has in production. */
  urlAs(login: Login): string;
  /**
   * Drops the database. Fails when the spec left a connection open, naming the applications, after having closed
   * those connections: a spec that leaks connections hides a program that does.
   */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** The database is a copy of a template on which these ran once per run. */
  migrations?: readonly MigrationClass[];
}

const logins: Login[] = ['ingest', 'projector', 'curator', 'api', 'operator', 'grafana'];
const passwords = Object.fromEntries(logins.map((login) => [login, 'not-asked-for']));
const CLOSING_GRACE_MS = 2_000;
const TEMPLATE_LOCK = 7_312_009_002;

/** A database of the spec's own on the run's server (see jest/start-postgres.mjs), empty unless told otherwise. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const name = `spec_${randomUUID().replaceAll('-', '')}`;
  const template = await templateFor(options.migrations ?? []);
  await asAdministrator(async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
    // The rights that a copy does not take over.
    if (template !== 'template0') {
      await client.query(`GRANT CREATE ON DATABASE ${name} TO ${roleOf('migrate')}`);
      await client.query(`REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
    }
  });
  return { url: urlOf(name), urlAs: (login) => urlOf(name, login), drop: () => dropDatabase(name) };
}

function serverUrl(): string {
  const url = process.env['FUNNELWATCH_TEST_POSTGRES_URL'];
  if (!url) throw new Error('No test server: run this spec through jest.int.mjs');
  return url;
}

function urlOf(database: string, login?: Login): string {
  const url = new URL(serverUrl());
  // The server trusts everybody on the loopback interface.
  if (login !== undefined) url.username = loginNameOf(login);
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdministrator<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** One template per set of migrations; the workers of a run make it in turn under an advisory lock. */
async function templateFor(migrations: readonly MigrationClass[]): Promise<string> {
  if (migrations.length === 0) return 'template0';
  const names = migrations.map((migration) => migration.name).join(',');
  const template = `template_${createHash('sha256').update(names).digest('hex').slice(0, 24)}`;
  await asAdministrator(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const existing = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [template]);
    if (existing.rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS ${template}`);
    await client.query(`CREATE DATABASE ${template} TEMPLATE template0 STRATEGY file_copy`);
    await migrate({ url: urlOf(template), migrations });
    await applyRoles({ url: urlOf(template) });
    await ensureLogins({ url: urlOf(template), passwords });
    await waitForNoConnections(client, template);
    await client.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  });
  return template;
}

async function dropDatabase(name: string): Promise<void> {
  const left = await asAdministrator(async (client) => {
    const open = await waitForNoConnections(client, name);
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    return open;
  });
  if (left.length > 0) throw new Error(`The spec left connections open: ${left.join(', ')}`);
}

async function waitForNoConnections(client: pg.Client, name: string): Promise<string[]> {
  const deadline = Date.now() + CLOSING_GRACE_MS;
  for (;;) {
    const { rows } = await client.query<{ application: string }>(
      `SELECT coalesce(nullif(application_name, ''), 'unnamed') AS application
         FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() >= deadline) return rows.map((row) => row.application);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
