import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { exitOnConfigurationProblem, parseConfig, readMasterKey } from '@funnelwatch/config';
import { curationReadModel, drawKeyOf } from '@funnelwatch/curation';
import { PostgresEventLog, refuseOtherMasterKey, WakeUpListener } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import {
  appendMetrics,
  createLogger,
  createMetrics,
  DatabasePools,
  onShutdown,
  reportReady,
  serveOperations,
} from '@funnelwatch/observability';
import { PortalRegistry } from '@funnelwatch/portals';
import { createPool, refuseUnpreparedDatabase } from '@funnelwatch/postgres';
import { openFeed, readinessOf } from '@funnelwatch/read-model-worker';
import { NestFactory } from '@nestjs/core';
import { configSchema } from './config.js';
import { CuratorMetrics } from './curator-metrics.js';
import { CuratorModule } from './curator.module.js';
import { migrations } from './migrations.js';

const { config, masterKey } = await exitOnConfigurationProblem(async () => {
  const settings = parseConfig(configSchema, process.env, { program: 'curator' });
  return { config: settings, masterKey: await readMasterKey(settings) };
});
const logger = createLogger({ app: 'curator', level: config.LOG_LEVEL });
const readModel = curationReadModel().name;

try {
  await refuseUnpreparedDatabase({ url: config.DATABASE_URL, migrations });
  const applicationName = 'funnelwatch-curator';
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName,
    max: 12,
    // A process paused in the middle of a batch holds its bucket no longer than its lease.
    idleInTransactionTimeoutMs: 10_000,
    onConnectionError: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
  });
  onShutdown(() => pool.end());
  await refuseOtherMasterKey(pool, masterKey);
  const listener = new WakeUpListener({ url: config.DATABASE_URL, applicationName });
  onShutdown(() => listener.close());
  await listener.start();
  const registry = createMetrics({ app: 'curator' });
  new DatabasePools(registry).watch(pool);
  const log = new PostgresEventLog(pool, { onAppended: appendMetrics(registry) });
  onShutdown(() => log.close());
  const portals = new PortalRegistry(pool, masterKey);
  const metrics = new CuratorMetrics({ registry, pool, readModel, portals, logger });
  const holder = `curator ${process.pid} ${randomUUID()}`;
  const feed = await openFeed(config, { pool, listener, logger, registry, holder, clientId: applicationName });
  onShutdown(() => feed.close());
  const application = await NestFactory.createApplicationContext(
    CuratorModule.of({
      feed,
      listener,
      holder: `${holder} beside`,
      pool,
      log,
      registry: portals,
      logger,
      metrics,
      batchSize: config.BATCH_SIZE,
      chunkSize: config.CHUNK_SIZE,
      latenessMs: config.LATENESS_MS,
      drawKey: drawKeyOf(masterKey),
    }),
    { logger: false, abortOnError: false },
  );
  onShutdown(() => application.close());
  const operations = await serveOperations({
    host: config.HOST,
    port: config.PORT,
    registry,
    ready: () => readinessOf(pool, readModel),
  });
  onShutdown(() => operations.close());
  reportReady({ port: operations.port }, logger);
} catch (error) {
  const isExpected = error instanceof Rejection;
  if (isExpected) process.stderr.write(`${error.message}\n`);
  logger.fatal(isExpected ? { code: error.code } : { err: error }, 'the curator cannot start');
  process.exit(1);
}
