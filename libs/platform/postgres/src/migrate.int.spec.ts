import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createEmptyDatabase } from './empty-database.spec-fixture.js';
import type { Pool } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPool } from './create-pool.js';
import { migrate, pendingMigrations } from './migrate.js';

class CreateThings1795700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE thing (id int PRIMARY KEY)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE thing');
  }
}

class AddThingName1795700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE thing ADD name text');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE thing DROP name');
  }
}

class BreakThings1795700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE thing ADD broken nonsense');
  }
  async down(): Promise<void> {}
}

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let pool: Pool;

beforeEach(async () => {
  database = await createEmptyDatabase();
  pool = createPool({ url: database.url, applicationName: 'migrate-spec' });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

test('pending migrations run once and in order', async () => {
  const migrations = [AddThingName1795700000002, CreateThings1795700000001];
  expect(await pendingMigrations({ url: database.url, migrations })).toHaveLength(2);
  const first = await migrate({ url: database.url, migrations });
  expect(first.applied).toEqual(['CreateThings1795700000001', 'AddThingName1795700000002']);
  expect(await migrate({ url: database.url, migrations })).toEqual({ applied: [] });
  expect(await pendingMigrations({ url: database.url, migrations })).toEqual([]);
});

test('processes that start together take turns', async () => {
  const migrations = [CreateThings1795700000001, AddThingName1795700000002];
  const reports = await Promise.all([1, 2, 3].map(() => migrate({ url: database.url, migrations })));
  expect(reports.flatMap((report) => report.applied)).toHaveLength(2);
});

test('a database with migrations unknown to the program is refused', async () => {
  await migrate({ url: database.url, migrations: [CreateThings1795700000001, AddThingName1795700000002] });
  await expect(migrate({ url: database.url, migrations: [CreateThings1795700000001] })).rejects.toMatchObject({
    code: 'DATABASE_NEWER_THAN_PROGRAM',
    details: { unknownMigrations: 'AddThingName1795700000002' },
  });
});

test('a migration that fails leaves nothing of the run behind', async () => {
  const migrations = [CreateThings1795700000001, BreakThings1795700000003];
  await expect(migrate({ url: database.url, migrations })).rejects.toThrow('nonsense');
  const { rows } = await pool.query(`SELECT to_regclass('thing') AS thing`);
  expect(rows).toEqual([{ thing: null }]);
});
