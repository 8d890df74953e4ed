import { randomUUID } from 'node:crypto';
import { rebuildPostgreSQLProjections } from '@event-driven-io/emmett-postgresql';
import { PostgresEventLog } from '@funnelwatch/event-log';
import { compare, rateOf } from '../compare.js';
import { dealChanged } from '../deal-events.js';
import { emmettDealSummary } from '../peers/emmett-deal-summary.js';
import { type DealChangedMessage, emmettMessage, openEmmett } from '../peers/emmett.js';
import { ratioRow, type Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';
import { RunningReadModel } from './running-read-model.js';

const EVENTS = Number(process.env['BENCH_REBUILD_EVENTS'] ?? '10000');
const EVENTS_OF_DEAL = 10;
const PORTALS = 8;

/**
 * A rebuild of one read model from the same events. The product builds a generation beside the one that serves, compares
 * every row with it and switches; Emmett empties its collection and fills it again, with its defaults.
 */
export async function measureRebuild(): Promise<Row[]> {
  const server = await BenchServer.start();
  try {
    const { pool, url } = await server.productDatabase('product');
    const log = new PostgresEventLog(pool);
    server.beforeStop(() => log.close());
    const emmettUrl = await server.database('emmett');
    const emmett = await openEmmett(emmettUrl);
    server.beforeStop(() => emmett.close());
    const deals = EVENTS / EVENTS_OF_DEAL;
    const portals = Array.from({ length: PORTALS }, (_, bucket) => ({ portalId: randomUUID(), bucket }));
    for (let deal = 0; deal < deals; deal += 1) {
      const streamId = `deal:${deal}`;
      const events = Array.from({ length: EVENTS_OF_DEAL }, () => dealChanged(streamId));
      const portal = portals[deal % PORTALS];
      if (portal) await log.append(portal, [{ streamId, expected: 'none', events }]);
      await emmett.store.appendToStream(`deal-${deal}`, Array.from({ length: EVENTS_OF_DEAL }, emmettMessage));
    }
    const readModel = await RunningReadModel.start(pool, url);
    server.beforeStop(() => readModel.stop());
    await readModel.caughtUp();
    const rebuilt = await compare({
      turns: 1,
      between: async () => {
        await readModel.dropRetired();
        await server.settle();
      },
      product: () => rateOf(EVENTS, () => readModel.rebuild()),
      peer: () =>
        rateOf(EVENTS, async () => {
          const consumer = rebuildPostgreSQLProjections<DealChangedMessage>({
            connectionString: emmettUrl,
            // Under a processor's name that was used before, version 0.42 empties the collection and reads nothing.
            projections: [{ projection: emmettDealSummary, processorId: `rebuild-${randomUUID()}` }],
          });
          await consumer.start();
          await consumer.close();
        }),
    });
    const { rows } = await pool.query<{ deals: number; changes: number }>(
      'SELECT count(*) AS deals, sum(changes) AS changes FROM read.deal_summary',
    );
    const peer = await server
      .pool(emmettUrl)
      .query<{ deals: number; changes: number }>(
        `SELECT count(*) AS deals, sum((data ->> 'changes')::int) AS changes FROM deal_summary`,
      );
    for (const [who, [sum]] of Object.entries({ product: rows, Emmett: peer.rows })) {
      if (Number(sum?.deals) !== deals || Number(sum?.changes) !== EVENTS)
        throw new Error(`The read model of ${who} is wrong: ${JSON.stringify(sum)}`);
    }
    return [ratioRow(`rebuild of ${EVENTS} events into ${deals} rows, Emmett`, 'events/s', rebuilt, { least: 50 })];
  } finally {
    await server.stop();
  }
}
