import { eventIdOf, PostgresEventLog, TimeTravel } from '@funnelwatch/event-log';
import { funnelReadModel } from '@funnelwatch/funnel';
import { createPool, inScope, type PortalScope } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import type { Login } from '@funnelwatch/roles';
import { createTestDatabase } from '@funnelwatch/testing';
import type { Pool } from './connection.js';
import { insertionOf, portals, readRelations, type Relation, speaksOf } from './two-portals.spec-fixture.js';

const { a, b } = portals;
const logins: Login[] = ['ingest', 'projector', 'curator', 'api', 'operator', 'grafana'];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface WalledDatabase {
  url: string;
  owner: Pool;
  pools: Record<Login, Pool>;
  relations: Relation[];
  /** For each relation with portals that may be asked, whose rows came: a, b, both or nobody's. */
  seenBy(pool: Pick<Pool, 'query'>, scope?: PortalScope): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** A database with rows of two portals in every table, of which dashboards may see the first. */
export async function walledDatabase(): Promise<WalledDatabase> {
  const database = await createTestDatabase({ migrations: productMigrations });
  const owner = createPool({ url: database.url, applicationName: 'walls-spec' });
  const pools = Object.fromEntries(
    logins.map((login) => [
      login,
      createPool({ url: database.urlAs(login), applicationName: login, max: 2, scoped: login === 'api' }),
    ]),
  ) as Record<Login, Pool>;
  await owner.query('TRUNCATE registry.reader_role');
  await owner.query(`INSERT INTO registry.reader_role VALUES ('funnelwatch_grafana', $1), ('elsewhere', $2)`, [
    a.portalId,
    b.portalId,
  ]);
  const log = new PostgresEventLog(owner);
  for (const portal of [a, b]) {
    await log.append(portal, [{ streamId: 'deal:1', expected: 'none', events: [newEvent(portal.mark)] }]);
  }
  await log.close();
  // Tables that are made while the product works: a snapshot of each portal, another generation.
  const model = funnelReadModel({ sealedTexts: { openMany: () => Promise.resolve([]) } });
  const travel = new TimeTravel({ pool: pools.api, model, logger: silent });
  await inScope([a.portalId], () => travel.open(a, 1, 30_000));
  await inScope([b.portalId], () => travel.open(b, 2, 30_000));
  await travel.close();
  await owner.query(`SELECT log.create_generation('funnel', 'funnel_v1', NULL)`);
  await owner.query(`INSERT INTO identity.account (id, email, name)
                     VALUES (gen_random_uuid(), 'one@example.com', 'One'), (gen_random_uuid(), 'two@example.com', 'Two')`);
  const relations = await readRelations(owner);
  // Others refer to portals.
  const isRegistry = ({ name }: Relation) => Number(name === 'registry.portal');
  for (const { name, kind, hasPortal } of relations.toSorted((left, right) => isRegistry(right) - isRegistry(left))) {
    if (kind !== 'table' || !hasPortal || name === 'registry.reader_role') continue;
    for (const portal of [a, b]) await owner.query(await insertionOf(owner, name, portal));
  }
  return {
    url: database.url,
    owner,
    pools,
    relations,
    async seenBy(pool, scope) {
      const seen: Record<string, string> = {};
      for (const { name } of relations.filter(({ hasPortal }) => hasPortal)) {
        const rows = await rowsSeen(pool, name, scope);
        if (!rows) continue;
        const whose = [a, b].filter((portal) => speaksOf(portal, rows));
        seen[name] = whose.map(({ mark }) => mark.slice(-1)).join('');
      }
      return seen;
    },
    async close() {
      await Promise.all(Object.values(pools).map((pool) => pool.end()));
      await owner.end();
      await database.drop();
    },
  };
}

/** Rows of a relation that a login is given, null when it may not ask. */
export async function rowsSeen(
  pool: Pick<Pool, 'query'>,
  name: string,
  scope: PortalScope = [],
): Promise<unknown[] | null> {
  try {
    return (await inScope(scope, () => pool.query<Record<string, unknown>>(`SELECT to_jsonb(t) AS row FROM ${name} t`)))
      .rows;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '42501') return null;
    throw error;
  }
}

/** Whose rows came from anywhere. */
export const everywhere = (seen: Record<string, string>): string[] => [...new Set(Object.values(seen))];

export const newEvent = (identity: string, streamId = 'deal:1') => ({
  eventId: eventIdOf(new Date('2026-03-02T09:00:00Z'), identity),
  streamId,
  type: 'DealChanged',
  schemaVersion: 1,
  occurredAt: '2026-03-02T09:00:00.000Z',
  actor: 'unknown' as const,
  provenance: 'observed' as const,
  data: {},
});
