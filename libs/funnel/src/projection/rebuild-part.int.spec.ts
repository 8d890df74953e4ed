import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checksumsOf, rebuildPortal, verifyReadModel } from '@funnelwatch/event-log';
import { withTransaction } from '@funnelwatch/postgres';
import { CapturedWorld, day, funnelDatabase, type FunnelDatabase } from '../captured-world.spec-fixture.js';
import { funnelReadModel } from './funnel-projection.js';

let database: FunnelDatabase;
beforeAll(async () => {
  database = await funnelDatabase();
});
afterAll(() => database.close());

const model = funnelReadModel({
  sealedTexts: {
    openMany: (_portal, items) => Promise.resolve(items.map(({ text }) => JSON.parse(text) as Record<string, string>)),
  },
});

/** A portal with every kind of row, folded in small batches up to its end. */
async function projectedWorld(): Promise<CapturedWorld> {
  const world = CapturedWorld.in(database.pool);
  world.configure();
  world.appears(
    'user',
    '7',
    day(1),
    { active: true },
    { 'user:7': JSON.stringify({ name: 'Анна', lastName: 'Тест' }) },
  );
  world.deal('1', [
    ['NEW', day(1)],
    ['MEETING', day(3)],
    ['NEW', day(4)],
    ['WON', day(9)],
  ]);
  world.deal('2', [['C5:NEW', day(2)]]);
  world.changes('deal', '1', day(5), { ownerId: '12', amountKopecks: '700' }, { 'deal:1': '{"title":"Поставка"}' });
  world.changes('deal', '2', day(6), { ownerId: '7' });
  world.appears('contact', '5', day(2), { ownerId: '7' }, { 'contact:5': '{"name":"Пётр"}' });
  // Only this one ever stood here.
  world.moves('2', 'C5:LOSE', day(8));
  world.deal('3', [['NEW', day(7)]]);
  world.merges('deal', '3', '1', day(8));
  await world.project(3);
  await database.pool.query(
    `INSERT INTO log.checkpoint (projection, bucket, "position") SELECT 'funnel', bucket, "position" FROM log.counter
     ON CONFLICT (projection, bucket) DO UPDATE SET "position" = excluded."position"`,
  );
  return world;
}

const sums = () => withTransaction(database.pool, (client) => checksumsOf(client, 'funnel_v1'));
const damage = (table: string, change: string, id: string, world: CapturedWorld) =>
  database.pool.query(`UPDATE funnel_v1.${table} SET ${change} WHERE object_id = $1 AND portal_id = $2`, [
    id,
    world.portalId,
  ]);

test('the read models of one portal are made anew as they were, and verification tells when they are not', async () => {
  const other = await projectedWorld();
  const world = await projectedWorld();
  const { pool } = database;
  const before = await sums();
  expect(await verifyReadModel({ pool, model, batchSize: 4 })).toMatchObject({ isIntact: true, portals: [{}, {}] });
  await damage('funnel_object', 'amount_kopecks = 1', '1', world);
  await damage('stage_visit', 'left_at = NULL', '1', world);
  await damage('object_version', `owner_id = '99'`, '2', world);
  await pool.query('DELETE FROM funnel_v1.pipeline_stage WHERE portal_id = $1', [world.portalId]);
  const damaged = await verifyReadModel({ pool, model, portal: world });
  expect(damaged.portals[0]?.difference).toContain('pipeline_stage: 0 rows against 10');
  expect(damaged.portals[0]?.difference).toContain('stage_visit: other contents');
  expect(await verifyReadModel({ pool, model, portal: other })).toMatchObject({ isIntact: true });
  await rebuildPortal({ pool, model, portal: world, batchSize: 4 });
  expect(await sums()).toEqual(before);
});

test.each(['deal:1', 'deal:2', 'contact:5', 'user:7'])(
  'the read models of %s alone are made anew',
  async (streamId) => {
    const world = await projectedWorld();
    const { pool } = database;
    const before = await sums();
    const [kind, id] = streamId.split(':');
    for (const table of ['funnel_object', 'object_version', 'stage_move', 'stage_visit', 'record', 'record_title']) {
      await pool.query(`DELETE FROM funnel_v1.${table} WHERE portal_id = $1 AND kind = $2 AND object_id = $3`, [
        world.portalId,
        kind,
        id,
      ]);
    }
    if (kind === 'user')
      await pool.query(`UPDATE funnel_v1.person SET name = 'x' WHERE portal_id = $1`, [world.portalId]);
    if (streamId === 'deal:2') {
      await pool.query(`DELETE FROM funnel_v1.seen_stage WHERE portal_id = $1 AND stage_id LIKE 'C5:%'`, [
        world.portalId,
      ]);
    }
    expect(await sums()).not.toEqual(before);
    await rebuildPortal({ pool, model, portal: world, streamId });
    expect(await sums()).toEqual(before);
  },
);

test('a stream of configuration is not one whose rows can be told from others', async () => {
  const world = await projectedWorld();
  const rebuilding = rebuildPortal({ pool: database.pool, model, portal: world, streamId: 'pipelines:deal' });
  await expect(rebuilding).rejects.toMatchObject({ code: 'REBUILD_STREAM_NOT_SEPARABLE' });
});
