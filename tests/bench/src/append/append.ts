import { randomUUID } from 'node:crypto';
import { type EventLog, PostgresEventLog, type PortalAddress } from '@funnelwatch/event-log';
import { compare, rateOf } from '../compare.js';
import { dealChanged } from '../deal-events.js';
import { emmettMessage, type EmmettStore, openEmmett } from '../peers/emmett.js';
import { ratioRow, type Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';
import { asClients } from './clients.js';
import { RawTable } from './raw-table.js';

const BUCKETS = 16;
const EVENTS_OF_BATCH = 100;

/** Appends against Emmett's event store, and batches against a bare insert, on one server with fsync on. */
export async function measureAppend(): Promise<Row[]> {
  const server = await BenchServer.start();
  try {
    const { pool } = await server.productDatabase('product');
    const log = new PostgresEventLog(pool);
    server.beforeStop(() => log.close());
    const emmett = await openEmmett(await server.database('emmett'));
    server.beforeStop(() => emmett.close());
    const raw = await RawTable.create(pool);
    const between = (): Promise<void> => server.settle();
    const portals = Array.from({ length: 50 }, (_, number) => portalOf(number % BUCKETS));
    const onePortal = portalOf(3);
    const sequential = await compare({
      between,
      product: () => rateOf(80, () => asClients(1, 80, () => appendOne(log, onePortal))),
      peer: () => rateOf(80, () => asClients(1, 80, () => emmettOne(emmett))),
    });
    const manyPortals = await compare({
      between,
      product: () => rateOf(1200, () => asClients(50, 1200, (client) => appendOne(log, portals[client] ?? onePortal))),
      peer: () => rateOf(240, () => asClients(50, 240, () => emmettOne(emmett))),
    });
    const singlePortal = await compare({
      between,
      product: () => rateOf(1200, () => asClients(50, 1200, () => appendOne(log, onePortal))),
      peer: () => rateOf(240, () => asClients(50, 240, () => emmettOne(emmett))),
    });
    const batches = async (writers: number, count: number) =>
      compare({
        between,
        product: () =>
          rateOf(count * EVENTS_OF_BATCH, () =>
            asClients(writers, count, (client) => appendBatch(log, portals[client] ?? onePortal)),
          ),
        peer: () => rateOf(count * EVENTS_OF_BATCH, () => asClients(writers, count, () => emmettBatch(emmett))),
      });
    const oneWriter = await batches(1, 12);
    const fourWriters = await batches(4, 32);
    const againstRaw = await compare({
      between,
      product: () => rateOf(12 * EVENTS_OF_BATCH, () => asClients(1, 12, () => appendBatch(log, onePortal))),
      peer: () => rateOf(12 * EVENTS_OF_BATCH, () => asClients(1, 12, () => raw.insert(EVENTS_OF_BATCH))),
    });
    return [
      ratioRow('append, one after another, Emmett', 'events/s', sequential, { least: 1.4 }),
      ratioRow('append, 50 clients, 50 portals, Emmett', 'events/s', manyPortals, { least: 5 }),
      ratioRow('append, 50 clients, one portal, Emmett', 'events/s', singlePortal, { least: 5 }),
      ratioRow('append of 100, one writer, Emmett', 'events/s', oneWriter, { least: 1.2 }),
      ratioRow('append of 100, four writers, Emmett', 'events/s', fourWriters, { least: 1 }),
      ratioRow('append of 100, bare insert of the same rows', 'events/s', againstRaw, { least: 0.7 }),
    ];
  } finally {
    await server.stop();
  }
}

const portalOf = (bucket: number): PortalAddress => ({ portalId: randomUUID(), bucket });

const DEALS = 500;
let serial = 0;
const nextDeal = (): number => (serial += 1) % DEALS;

function appendOne(log: EventLog, portal: PortalAddress): Promise<unknown> {
  const streamId = `deal:${nextDeal()}`;
  return log.append(portal, [{ streamId, expected: 'any', events: [dealChanged(streamId)] }]);
}

function appendBatch(log: EventLog, portal: PortalAddress): Promise<unknown> {
  const streamId = `deal:${nextDeal()}`;
  const events = Array.from({ length: EVENTS_OF_BATCH }, () => dealChanged(streamId));
  return log.append(portal, [{ streamId, expected: 'any', events }]);
}

const emmettOne = ({ store }: EmmettStore): Promise<unknown> =>
  store.appendToStream(`deal-${nextDeal()}`, [emmettMessage()]);

const emmettBatch = ({ store }: EmmettStore): Promise<unknown> =>
  store.appendToStream(`deal-${nextDeal()}`, Array.from({ length: EVENTS_OF_BATCH }, emmettMessage));
