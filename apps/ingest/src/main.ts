import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { exitOnConfigurationProblem, parseConfig, readMasterKey } from '@funnelwatch/config';
import { KeyRing, PostgresEventLog, PostgresKeyStore } from '@funnelwatch/event-log';
import { Rejection, systemClock } from '@funnelwatch/kernel';
import {
  appendMetrics,
  createLogger,
  createMetrics,
  DatabasePools,
  onShutdown,
  reportReady,
  serveOperations,
} from '@funnelwatch/observability';
import { PortalRegistry, refuseOtherKey } from '@funnelwatch/portals';
import { createPool, refuseUnpreparedDatabase } from '@funnelwatch/postgres';
import { NestFactory } from '@nestjs/core';
import { configSchema } from './config.js';
import { IngestMetrics } from './ingest-metrics.js';
import { IngestModule } from './ingest.module.js';
import { startOutbox } from './outbox.js';
import { PortalClients } from './portal-clients.js';
import { PortalWatch } from './portal-watch.service.js';
import { startRelay } from './relay.js';
import { migrations } from './migrations.js';

const { config, masterKey } = await exitOnConfigurationProblem(async () => {
  const settings = parseConfig(configSchema, process.env, { program: 'ingest' });
  return { config: settings, masterKey: await readMasterKey(settings) };
});
const logger = createLogger({ app: 'ingest', level: config.LOG_LEVEL });

try {
  await refuseUnpreparedDatabase({ url: config.DATABASE_URL, migrations });
  const registry = createMetrics({ app: 'ingest' });
  const pools = new DatabasePools(registry);
  const poolOf = (applicationName: string, max: number) => {
    const pool = createPool({
      url: config.DATABASE_URL,
      applicationName,
      max,
      onConnectionError: (error) => logger.warn({ reason: error.message }, 'A database connection was lost'),
    });
    onShutdown(() => pool.end());
    pools.watch(pool);
    return pool;
  };
  const pool = poolOf('funnelwatch-ingest', 10);
  await refuseOtherKey(pool, masterKey);
  // Keys are stored while a transaction of capture is open: on the same pool many portals could wait for each other.
  const keyPool = poolOf('funnelwatch-ingest-keys', 3);
  const log = new PostgresEventLog(pool, { onAppended: appendMetrics(registry) });
  onShutdown(() => log.close());
  const portals = new PortalRegistry(pool, masterKey);
  const certificateAuthority = config.FUNNELWATCH_PORTAL_CA
    ? await readFile(config.FUNNELWATCH_PORTAL_CA, 'utf8')
    : undefined;
  if (config.INGEST_ROLE === 'relay' && !config.KAFKA_BROKERS) {
    throw new Rejection('BROKERS_NOT_TOLD', 'INGEST_ROLE=relay needs KAFKA_BROKERS.');
  }
  if (config.INGEST_ROLE !== 'capture' && config.KAFKA_BROKERS) {
    await startRelay(config, config.KAFKA_BROKERS, { pool: poolOf('funnelwatch-relay', 6), logger, registry });
  }
  const keyRing = new KeyRing({ masterKey, store: new PostgresKeyStore(keyPool) });
  const clients = new PortalClients(portals, new IngestMetrics(registry, pool, logger), {
    limits: config.LIMITS,
    certificateAuthority,
    privateHosts: config.PORTAL_PRIVATE_HOSTS,
  });
  const application = await NestFactory.createApplicationContext(
    IngestModule.of({
      isCapturing: config.INGEST_ROLE !== 'relay',
      registry: portals,
      clients,
      capture: {
        pool,
        log,
        keyRing,
        clock: systemClock,
        logger,
        periods: { pollMs: config.POLL_MS, reconcileMs: config.RECONCILE_MS, overlapMs: config.OVERLAP_MS },
        holder: `ingest ${process.pid} ${randomUUID()}`,
        batchCommands: config.BATCH_COMMANDS,
        backfillOnly: config.BACKFILL_ONLY === 'on',
      },
      mostLagEvents: config.MAX_LAG_EVENTS,
      logger,
    }),
    { logger: false, abortOnError: false },
  );
  onShutdown(() => application.close());
  if (config.INGEST_ROLE !== 'relay') {
    startOutbox({ pool: poolOf('funnelwatch-outbox', 4), log, keyRing, portals, clients, logger, registry });
  }
  const watch = application.get(PortalWatch);
  const operations = await serveOperations({
    host: config.HOST,
    port: config.PORT,
    registry,
    ready: async () => {
      await pool.query('SELECT 1');
      return { ready: true, checks: { portals: watch.portals } };
    },
  });
  onShutdown(() => operations.close());
  reportReady({ port: operations.port }, logger);
} catch (error) {
  const isExpected = error instanceof Rejection;
  if (isExpected) process.stderr.write(`${error.message}\n`);
  logger.fatal(isExpected ? { code: error.code } : { err: error }, 'Ingest cannot start');
  process.exit(1);
}
