import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { exitOnConfigurationProblem, parseConfig, readMasterKey } from '@funnelwatch/config';
import { KeyRing, PostgresEventLog, PostgresKeyStore, TimeTravel } from '@funnelwatch/event-log';
import { endDemoSessions } from '@funnelwatch/identity';
import { funnelReadModel, PostgresFunnelReader } from '@funnelwatch/funnel';
import { Rejection, systemClock } from '@funnelwatch/kernel';
import {
  appendMetrics,
  createLogger,
  createMetrics,
  DatabasePools,
  onShutdown,
  reportReady,
} from '@funnelwatch/observability';
import { PortalRegistry, refuseOtherKey } from '@funnelwatch/portals';
import { createPool, refuseUnpreparedDatabase } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { catalogue } from './catalogue.js';
import { configSchema, refuseOpenDemo } from './config.js';
import { closeApi, createApi } from './create-api.js';
import { listen } from './http/listen.js';
import { PortalProber } from './portals/portal-prober.js';
import { FiguresPublisher } from './publishing/figures-publisher.js';
import { PublisherLock } from './publishing/publisher-lock.js';
import { PublishingLoop } from './publishing/publishing-loop.js';

const { config, masterKey, portalCa } = await exitOnConfigurationProblem(async () => {
  const settings = parseConfig(configSchema, process.env, { program: 'api' });
  refuseOpenDemo(settings);
  const caFile = settings.FUNNELWATCH_PORTAL_CA;
  return {
    config: settings,
    masterKey: await readMasterKey(settings),
    portalCa: caFile === undefined ? undefined : await readFile(caFile, 'utf8'),
  };
});
const publicUrl = config.PUBLIC_URL === undefined ? null : new URL(config.PUBLIC_URL);
const logger = createLogger({ app: 'api', level: config.LOG_LEVEL });

try {
  await refuseUnpreparedDatabase({ url: config.DATABASE_URL, migrations: productMigrations });
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: 'funnelwatch-api',
    max: 10,
    statementTimeoutMs: 15_000,
    scoped: true,
    onConnectionError: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
  });
  onShutdown(() => pool.end());
  await refuseOtherKey(pool, masterKey);
  const identityPool = createPool({
    url: config.DATABASE_URL,
    applicationName: 'funnelwatch-api-identity',
    max: 5,
    searchPath: 'identity',
    statementTimeoutMs: 15_000,
    onConnectionError: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
  });
  onShutdown(() => identityPool.end());
  if (config.DEMO_PORTAL === undefined) await endDemoSessions(pool);
  const metrics = createMetrics({ app: 'api' });
  const log = new PostgresEventLog(pool, { onAppended: appendMetrics(metrics) });
  onShutdown(() => log.close());
  const keyRing = new KeyRing({ masterKey, store: new PostgresKeyStore(pool) });
  // Replaying prepares statements for each snapshot, which go with these connections.
  const travelPool = createPool({
    url: config.DATABASE_URL,
    applicationName: 'funnelwatch-api-travel',
    max: 4,
    scoped: true,
    onConnectionError: (error) => logger.warn({ reason: error.message }, 'a database connection was lost'),
  });
  onShutdown(() => travelPool.end());
  const pools = new DatabasePools(metrics);
  for (const one of [pool, identityPool, travelPool]) pools.watch(one);
  // By the keys as they are stored now: an erasure that was committed counts at once.
  const model = funnelReadModel({
    sealedTexts: new KeyRing({ masterKey, store: new PostgresKeyStore(travelPool), cacheMaxAgeMs: 0 }),
  });
  const travel = new TimeTravel({ pool: travelPool, model, catalogue, logger });
  onShutdown(() => travel.close());
  await travel.clear();
  const registry = new PortalRegistry(pool, masterKey);
  const application = await createApi(
    {
      pool,
      identityPool,
      masterKey,
      isSecure: publicUrl !== null,
      demo: { portalId: config.DEMO_PORTAL ?? null },
      log,
      keyRing,
      registry,
      reader: new PostgresFunnelReader(pool, systemClock),
      travel,
      prober: new PortalProber({ ca: portalCa, privateHosts: config.PORTAL_PRIVATE_HOSTS }),
      clock: systemClock,
      logger,
    },
    {
      metrics,
      consoleFolder: config.CONSOLE_DIR ?? null,
      publicUrl,
      trustedProxies: config.TRUSTED_PROXIES,
    },
  );
  onShutdown(() => closeApi(application));
  const publishing = new PublishingLoop({
    ...{ publisher: application.get(FiguresPublisher), lock: new PublisherLock(pool), registry, logger },
    everySeconds: config.PUBLISH_SECONDS,
  });
  onShutdown(() => publishing.stop());
  const url = await listen(application, config);
  publishing.start();
  reportReady({ url }, logger);
} catch (error) {
  const isExpected = error instanceof Rejection;
  if (isExpected) process.stderr.write(`${error.message}\n`);
  logger.fatal(isExpected ? { code: error.code } : { err: error }, 'the API cannot start');
  process.exit(1);
}
