import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { exitOnConfigurationProblem, parseConfig, readMasterKey } from '@funnelwatch/config';
import { KeyRing, PostgresKeyStore, refuseOtherMasterKey, WakeUpListener } from '@funnelwatch/event-log';
import { funnelReadModel } from '@funnelwatch/funnel';
import { Rejection } from '@funnelwatch/kernel';
import {
  createLogger,
  createMetrics,
  DatabasePools,
  onShutdown,
  reportReady,
  serveOperations,
} from '@funnelwatch/observability';
import { motivationReadModel } from '@funnelwatch/motivation';
import { planReadModel } from '@funnelwatch/plan';
import { createPool, refuseUnpreparedDatabase } from '@funnelwatch/postgres';
import { openFeed, readinessOf, ReadModelMetrics } from '@funnelwatch/read-model-worker';
import { NestFactory } from '@nestjs/core';
import { configSchema } from './config.js';
import { ProjectorModule } from './projector.module.js';
import { migrations } from './migrations.js';

const { config, masterKey } = await exitOnConfigurationProblem(async () => {
  const settings = parseConfig(configSchema, process.env, { program: 'projector' });
  return { config: settings, masterKey: await readMasterKey(settings) };
});
const logger = createLogger({ app: 'projector', level: config.LOG_LEVEL });

try {
  await refuseUnpreparedDatabase({ url: config.DATABASE_URL, migrations });
  const applicationName = 'funnelwatch-projector';
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName,
    // What serves, what is built and what was retired work side by side.
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
  const registry = createMetrics({ app: 'projector' });
  new DatabasePools(registry).watch(pool);
  const holder = `projector ${process.pid} ${randomUUID()}`;
  const readModels = [
    funnelReadModel({
      // Names are opened by the keys as they are stored now: an erasure that was committed counts at once.
      sealedTexts: new KeyRing({ masterKey, store: new PostgresKeyStore(pool), cacheMaxAgeMs: 0 }),
    }),
    planReadModel(),
    motivationReadModel(),
  ];
  const models = [];
  for (const model of readModels) {
    // One waits at a feed, so each has its own.
    const feed = await openFeed(config, { pool, listener, logger, registry, holder, clientId: applicationName });
    onShutdown(() => feed.close());
    models.push({ model, feed });
  }
  const names = readModels.map(({ name }) => name);
  const metrics = new ReadModelMetrics(registry, pool, names, logger);
  const application = await NestFactory.createApplicationContext(
    ProjectorModule.of({
      models,
      listener,
      holder: `${holder} beside`,
      pool,
      logger,
      metrics,
      batchSize: config.BATCH_SIZE,
    }),
    { logger: false, abortOnError: false },
  );
  onShutdown(() => application.close());
  const operations = await serveOperations({
    host: config.HOST,
    port: config.PORT,
    registry,
    ready: () => readinessOf(pool, ...names),
  });
  onShutdown(() => operations.close());
  reportReady({ port: operations.port }, logger);
} catch (error) {
  const isExpected = error instanceof Rejection;
  if (isExpected) process.stderr.write(`${error.message}\n`);
  logger.fatal(isExpected ? { code: error.code } : { err: error }, 'the projector cannot start');
  process.exit(1);
}
