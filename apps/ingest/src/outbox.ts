import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog, KeyRing } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { fillOnScrape, gaugeOf, type Logger, onShutdown, type Registry } from '@funnelwatch/observability';
import type { PortalRegistry } from '@funnelwatch/portals';
import { type OutboxCount, outboxStatus, runOutbox } from '@funnelwatch/write-back';
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
  showOutbox(registry, pool, logger);
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

function showOutbox(registry: Registry, pool: Pool, logger: Logger): void {
  const messages = gaugeOf(registry, 'funnelwatch_outbox_messages');
  const overdue = gaugeOf(registry, 'funnelwatch_outbox_overdue_seconds');
  fillOnScrape<OutboxCount[]>(registry, {
    reading: 'outbox',
    gauges: [messages, overdue],
    logger,
    read: () => outboxStatus(pool, systemClock.now()),
    fill: (counts) => {
      for (const count of counts) {
        const labels = { portal: count.portalId, channel: count.channel, state: count.state };
        messages.set(labels, count.messages);
        overdue.set(labels, count.overdueSeconds);
      }
    },
  });
}
