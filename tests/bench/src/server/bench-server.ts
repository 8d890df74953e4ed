import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import { createPool, migrate, type MigrationClass } from '@funnelwatch/postgres';
import { type RunningPostgresServer, startPostgresServer } from '@funnelwatch/testing/postgres-server';
import type { Pool } from 'pg';

/** One durable PostgreSQL server, with a database for the product and one for each peer. */
export class BenchServer {
  private readonly closers: (() => Promise<unknown>)[] = [];

  private constructor(
    private readonly folder: string,
    private readonly server: RunningPostgresServer,
    private readonly administrator: Pool,
  ) {}

  static async start(): Promise<BenchServer> {
    const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-bench-'));
    const server = await startPostgresServer({ folder });
    const administrator = createPool({ url: server.url, applicationName: 'bench', max: 1, statementTimeoutMs: 0 });
    return new BenchServer(folder, server, administrator);
  }

  /** A new empty database; its address. */
  async database(name: string): Promise<string> {
    await this.administrator.query(`CREATE DATABASE ${name}`);
    const url = new URL(this.server.url);
    url.pathname = `/${name}`;
    return url.href;
  }

  /** A new database of the product, and a pool as the product's programs have it; the funnel's tables unless told. */
  async productDatabase(
    name: string,
    migrations: readonly MigrationClass[] = [...eventLogMigrations, ...funnelMigrations],
  ): Promise<{ url: string; pool: Pool }> {
    const url = await this.database(name);
    await migrate({ url, migrations });
    return { url, pool: this.pool(url) };
  }

  pool(url: string): Pool {
    const pool = createPool({ url, applicationName: 'bench', statementTimeoutMs: 0 });
    this.beforeStop(() => pool.end());
    return pool;
  }

  /** What uses the server is closed first, the latest first. */
  beforeStop(close: () => Promise<unknown>): void {
    this.closers.unshift(close);
  }

  /** Writes out what is dirty, so that the next measurement does not. */
  async settle(): Promise<void> {
    await this.administrator.query('CHECKPOINT');
  }

  async stop(): Promise<void> {
    for (const close of this.closers) await close();
    await this.administrator.end();
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
