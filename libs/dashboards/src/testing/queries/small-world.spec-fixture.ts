import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import pg from 'pg';
import type { AlertFile } from '../../sql/alert-file.js';

/** Nothing but the logins and groups that a migrated database has. */
class MakeRolesOnly1795800000001 {
  async up(): Promise<void> {}
  async down(): Promise<void> {}
}

const postgres = { uid: 'pg-readmodel', type: 'grafana-postgresql-datasource' };

/** A world of one table with portals, one with moves, and one that Grafana may not read. */
export async function createSmallWorld(): Promise<TestDatabase> {
  const database = await createTestDatabase({ migrations: [MakeRolesOnly1795800000001] });
  await asOwner(
    database,
    `CREATE SCHEMA small;
     CREATE TYPE small.mood AS ENUM ('well', 'ill');
     CREATE TABLE small.portal (
       portal_id uuid PRIMARY KEY, name text NOT NULL, age_seconds float8 NOT NULL, mood small.mood NOT NULL DEFAULT 'well',
       settings jsonb NOT NULL DEFAULT '{}', feeds text[] NOT NULL DEFAULT '{}', is_active boolean NOT NULL DEFAULT true);
     CREATE TABLE small.move (portal_id uuid NOT NULL, moved_at timestamptz NOT NULL, stage text NOT NULL);
     ALTER TABLE small.move SET (autovacuum_enabled = false);
     CREATE INDEX ON small.move (portal_id, moved_at);
     CREATE TABLE small.secret (text text);
     GRANT USAGE ON SCHEMA small TO funnelwatch_read;
     GRANT SELECT ON small.portal, small.move TO funnelwatch_read;
     ANALYZE small.portal, small.move`,
  );
  return database;
}

export const NOW = new Date('2026-06-01T12:00:00Z');
const MOVES = 20_000;

/** Three portals, and a move every ten minutes before now, the most of them of the first portal. */
export const seedSmallWorld = (database: TestDatabase, isAnalysed = true): Promise<void> =>
  asOwner(
    database,
    `INSERT INTO small.portal (portal_id, name, age_seconds) VALUES
       ('018f0000-0000-7000-8000-000000000001', 'Звезда', 10), ('018f0000-0000-7000-8000-000000000002', 'O''Neil', 0),
       ('018f0000-0000-7000-8000-000000000003', 'Third', 600);
     INSERT INTO small.move
       SELECT ('018f0000-0000-7000-8000-00000000000' || CASE WHEN n % 100 = 0 THEN 2 ELSE 1 END)::uuid,
              '${NOW.toISOString()}'::timestamptz - n * interval '10 minutes', 'stage ' || n % 3
         FROM generate_series(1, ${MOVES}) n;
     ${isAnalysed ? 'ANALYZE small.portal, small.move' : ''}`,
  );

async function asOwner(database: TestDatabase, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export const optionsOfPortals = `SELECT name AS __text, portal_id::text AS __value FROM small.portal ORDER BY name LIMIT 100`;

export interface SmallVariable {
  name: string;
  query: string;
  type?: 'query' | 'custom' | 'constant';
  multi?: boolean;
  includeAll?: boolean;
}

export const portals: SmallVariable = { name: 'portal', query: optionsOfPortals, multi: true, includeAll: true };
export const onePortal: SmallVariable = { name: 'portal', query: optionsOfPortals };

export interface SmallQuery {
  rawSql: string;
  format?: 'table' | 'time_series';
}

/** A dashboard of one panel a query. */
export const smallDashboard = (
  queries: readonly SmallQuery[],
  variables: readonly SmallVariable[] = [],
  annotation?: string,
): Dashboard =>
  ({
    uid: 'small',
    schemaVersion: 41,
    panels: queries.map(({ rawSql, format = 'table' }, at) => ({
      id: at + 1,
      type: 'table',
      title: `Panel ${at + 1}`,
      datasource: postgres,
      targets: [{ refId: 'A', format, rawSql }],
    })),
    templating: { list: variables.map((variable) => ({ type: 'query', datasource: postgres, ...variable })) },
    annotations: {
      list: annotation
        ? [
            {
              name: 'Changes',
              enable: true,
              datasource: postgres,
              target: { refId: 'Anno', format: 'table', rawSql: annotation },
            },
          ]
        : [],
    },
  }) as unknown as Dashboard;

export const smallAlert = (rawSql: string): AlertFile => ({
  apiVersion: 1,
  groups: [
    {
      name: 'small',
      folder: 'Small',
      interval: '60s',
      rules: [
        {
          uid: 'small',
          title: 'Small',
          condition: 'C',
          data: [
            { refId: 'A', datasourceUid: 'pg-readmodel', model: { refId: 'A', format: 'table', rawSql } },
            { refId: 'C', datasourceUid: '__expr__', model: { refId: 'C', type: 'threshold' } },
          ],
        },
      ],
    },
  ],
});
