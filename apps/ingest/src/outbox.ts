import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog, KeyRing } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { Gauge, type Logger, onShutdown, type Registry } from '@funnelwatch/observability';
import type { PortalRegistry } from '@funnelwatch/portals';
import { outboxStatus, runOutbox } from '@funnelwatch/write-back';
import type { Pool } from 'pg';
import { tellCase } from './tell-case.js';
import type { PortalClients } from './portal-clients.js';

interface OutboxSurroundings {
  pool: Pool;
  log: EventLog;
  keyRing: KeyRing;
  portals: PortalRegistry;
  /** Writing takes its requests from the same budgets as reading. */
  clients: PortalClients;
  logger: Logger;
  registry: Registry;
}

/** A request that is on its way when the program stops is waited for that long; what comes of a longer one is found out later. */
const PATIENCE_MS = 4000;

/** Writes what is due into the portals until the program ends. */
export function startOutbox({ pool, log, keyRing, portals, clients, logger, registry }: OutboxSurroundings): void {
  measureOutbox(registry, pool);
  const stopping = new AbortController();
  const running = runOutbox({
    pool,
    keyRing,
    portals: async () => (await portals.list()).filter(({ status }) => status === 'active'),
    openClient: ({ portalId }) => clients.open(portalId),
    clock: systemClock,
    logger,
    onOutcome: (client, message, outcome) => tellCase(log, client, message, outcome),
    signal: stopping.signal,
  });
  onShutdown(async () => {
    stopping.abort(new Error('Ingest is stopping'));
    await Promise.race([running, delay(PATIENCE_MS, undefined, { ref: false })]);
  });
}

function measureOutbox(registry: Registry, pool: Pool): void {
  const labelNames = ['portal', 'channel', 'state'];
  const messages = new Gauge({
    name: 'funnelwatch_outbox_messages',
    help: 'Messages of the outbox by state.',
    labelNames,
    registers: [registry],
  });
  const overdue = new Gauge({
    name: 'funnelwatch_outbox_overdue_seconds',
    help: 'How long the oldest message that is due has been waiting.',
    labelNames,
    registers: [registry],
  });
  // One reading fills both: the registry collects them in the order of their registration.
  const collect = async (): Promise<void> => {
    messages.reset();
    overdue.reset();
    for (const count of await outboxStatus(pool, systemClock.now())) {
      const labels = { portal: count.portalId, channel: count.channel, state: count.state };
      messages.set(labels, count.messages);
      overdue.set(labels, count.overdueSeconds);
    }
  };
  Object.assign(messages, { collect });
}
