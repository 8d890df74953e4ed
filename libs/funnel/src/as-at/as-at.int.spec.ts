import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TimeTravel } from '@funnelwatch/event-log';
import { withTransaction } from '@funnelwatch/postgres';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import {
  CapturedWorld,
  day,
  funnelDatabase,
  type FunnelDatabase,
  march,
  plainTexts,
  sales,
  wholesale,
} from '../captured-world.spec-fixture.js';
import { PostgresFunnelReader } from '../postgres-funnel-reader.js';
import { funnelProjection, funnelReadModel } from '../projection/funnel-projection.js';
import { funnelViewNames } from '../schema/funnel-tables.js';
import type { AsOf, FunnelScope } from '../scope.js';

/** The log, and an empty database in which the beginning of it is folded by the projection itself. */
let database: FunnelDatabase;
let cut: FunnelDatabase;
let travel: TimeTravel;

beforeAll(async () => {
  [database, cut] = await Promise.all([funnelDatabase(), funnelDatabase()]);
  const silent = () => undefined;
  travel = new TimeTravel({
    pool: database.pool,
    model: funnelReadModel({ sealedTexts: plainTexts }),
    logger: { info: silent, warn: silent, error: silent },
    batchSize: 7,
    keptInAll: 3,
    idleSeconds: 0,
  });
});
afterAll(async () => {
  await travel.close();
  await Promise.all([database.close(), cut.close()]);
});

const stageIds = [...sales.stages, ...wholesale.stages].map(({ stageId }) => stageId);
const change = fc.record({
  deal: fc.integer({ min: 1, max: 5 }),
  day: fc.integer({ min: 1, max: 40 }),
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...stageIds) },
    fc.constantFrom('owner', 'amount', 'deleted', 'merged', 'withdrawn', 'corrected', 'meaning', 'person'),
  ),
});

/** Facts as they become known, which is not the order in which they happened. */
function write(world: CapturedWorld, changes: readonly { deal: number; day: number; what: string }[]): void {
  const moves = new Map<string, string[]>();
  const seen = new Set<string>();
  world.configure();
  for (const { deal, day: number, what } of changes) {
    const id = String(deal);
    const at = day(number);
    if (!seen.has(id) && deal % 2 === 0) world.appears('deal', id, at, { ownerId: '7', amountKopecks: '100' });
    seen.add(id);
    const known = moves.get(id) ?? [];
    moves.set(id, known);
    switch (what) {
      case 'owner':
        world.changes('deal', id, at, { ownerId: String(number) });
        break;
      case 'amount':
        world.changes('deal', id, at, { amountKopecks: String(number * 100) });
        break;
      case 'deleted':
        world.deletes('deal', id, at);
        break;
      case 'merged':
        world.merges('deal', id, '99', at);
        break;
      case 'withdrawn':
        if (known[0]) world.withdraws(id, known[0], at);
        break;
      case 'corrected':
        if (known.at(-1)) world.corrects(id, known.at(-1)!, at, 1_000 + number);
        break;
      case 'meaning':
        world.fact('stage-meanings:deal:0', 'StageMeaningMapped', at, {
          pipelineId: 'deal:0',
          stageId: 'MEETING',
          meaning: number % 2 === 0 ? 'meeting' : null,
          validFrom: at,
        });
        break;
      case 'person':
        world.appears('user', id, at, { active: true, departmentIds: ['1'] }, { [`user:${id}`]: '{"name":"Анна"}' });
        break;
      default:
        known.push(world.moves(id, what, at));
    }
  }
}

/** Everything readers can see of one portal. */
async function allRows(client: PoolClient, views: string, portalId: string): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const view of funnelViewNames) {
    const { rows } = await client.query<{ row: unknown }>(
      `SELECT to_jsonb(t) AS row FROM ${views}.${view} t WHERE portal_id = $1 ORDER BY to_jsonb(t)::text`,
      [portalId],
    );
    tables[view] = rows.map(({ row }) => row);
  }
  return tables;
}

/** Folds the portal's events up to a position, one by one, in the other database. */
async function foldCut(world: CapturedWorld, position: number): Promise<void> {
  const projection = funnelProjection({ sealedTexts: plainTexts });
  const events = await world.log.readBucket(world.bucket, 0, 10_000, { portalId: world.portalId });
  await withTransaction(cut.pool, async (client) => {
    for (const view of funnelViewNames) await client.query(`TRUNCATE funnel_v1.${view}`);
    for (const event of events.filter((each) => each.position <= position)) {
      await projection.apply(client, { bucket: world.bucket, events: [event] });
    }
  });
}

/** The answer as the travelled reader gives it: the other one does not know that it looks at the past. */
const asAtOf = <Answer extends { asOf: AsOf }>(answer: Answer): Answer => ({
  ...answer,
  asOf: { ...answer.asOf, isAsAt: true },
});

test('as at any position the read models are those of the log cut there, whatever else is in it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 40 }),
      fc.array(change, { maxLength: 5 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }),
      async (changes, otherChanges, places) => {
        const world = CapturedWorld.in(database.pool);
        const other = CapturedWorld.in(database.pool);
        write(world, changes.slice(0, 20));
        await world.append();
        write(other, otherChanges);
        await other.append();
        write(world, changes.slice(20));
        await world.append();
        const [first = 0, last = 0] = await world.positions();
        for (const place of places) {
          const position = first + Math.round(place * (last - first));
          const asAt = await travel.open(world, position, 20_000);
          if (asAt.state !== 'ready') throw new Error('still preparing');
          await foldCut(world, asAt.position);
          const [shown, expected] = await Promise.all([
            withTransaction(database.pool, (client) => allRows(client, asAt.views, world.portalId)),
            withTransaction(cut.pool, (client) => allRows(client, 'read', world.portalId)),
          ]);
          expect(shown).toEqual(expected);

          // The same questions give the same answers, also about a moment of the past.
          const scope: FunnelScope = { ...world.scope, asAt };
          const reader = new PostgresFunnelReader(database.pool, { now: () => new Date(NaN) });
          const cutReader = new PostgresFunnelReader(cut.pool, { now: () => asAt.knownAt });
          for (const asOf of [undefined, new Date(day(15))]) {
            const question = { pipelineId: 'deal:0', ...(asOf && { asOf }) };
            const period = { ...question, period: march };
            const cohort = { ...period, definition: 'reached', horizonDays: 7 } as const;
            expect(await reader.now(scope, question)).toEqual(asAtOf(await cutReader.now(world.scope, question)));
            expect(await reader.flow(scope, period)).toEqual(asAtOf(await cutReader.flow(world.scope, period)));
            expect(await reader.cohort(scope, cohort)).toEqual(asAtOf(await cutReader.cohort(world.scope, cohort)));
            const figure = { ...question, view: 'now', figure: 'standing' } as const;
            expect(await reader.records(scope, figure)).toEqual(asAtOf(await cutReader.records(world.scope, figure)));
          }
        }
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);
