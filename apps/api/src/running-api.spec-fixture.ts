import { randomBytes } from 'node:crypto';
import { curationReadModel } from '@funnelwatch/curation';
import { motivationReadModel } from '@funnelwatch/motivation';
import { planReadModel } from '@funnelwatch/plan';
import {
  checkpointOf,
  KeyRing,
  PostgresEventLog,
  PostgresFeed,
  PostgresKeyStore,
  runProjection,
  TimeTravel,
} from '@funnelwatch/event-log';
import { funnelProjection, funnelReadModel, PostgresFunnelReader } from '@funnelwatch/funnel';
import { createAuth } from '@funnelwatch/identity';
import { type Clock, type StoredEvent, systemClock } from '@funnelwatch/kernel';
import { createLogger, createMetrics } from '@funnelwatch/observability';
import { PortalRegistry, type RegisteredPortal } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase } from '@funnelwatch/testing';
import type { Pool, PoolClient } from 'pg';
import type { DemoPortal } from './composition.tokens.js';
import { Staff } from './identity/staff.spec-fixture.js';
import { catalogue } from './catalogue.js';
import { closeApi, createApi } from './create-api.js';
import { listen } from './http/listen.js';
import { PortalProber } from './portals/portal-prober.js';

export interface RunningApi {
  url: string;
  pool: Pool;
  /** With the rights of the API: it sees rows within a scope only. */
  apiPool: Pool;
  log: PostgresEventLog;
  keyRing: KeyRing;
  masterKey: Buffer;
  registry: PortalRegistry;
  /** Makes people with roles. */
  staff: Staff;
  /** Of an integrator; `ask` sends it unless told otherwise. */
  cookie: string;
  /** Set the portal to offer demo accounts. */
  demo: DemoPortal;
  /** The log lines at level warn and above. */
  logged: string[];
  portal(webhookUrl: string): Promise<RegisteredPortal>;
  /** Waits until the read models have everything that the log has for the portal. */
  projected(portal: { bucket: number }): Promise<void>;
  stop(): Promise<void>;
}

const bucketCount = 16;

/** A moment after everything the fixtures tell. */
const now: Clock = { now: () => new Date('2026-04-10T09:00:00.000Z') };

/**
 * The API over a database of its own, with the projection running as the projector runs it; with cases, that of the
 * curator too.
 */
export async function startApi(options: { consoleFolder?: string; withCases?: boolean } = {}): Promise<RunningApi> {
  const database = await createTestDatabase({ migrations: productMigrations });
  const pool = createPool({ url: database.url, applicationName: 'api-spec', max: 10 });
  // With the rights the programs have; what specs arrange they arrange as the owner.
  const apiPool = createPool({ url: database.urlAs('api'), applicationName: 'api-spec-api', max: 10, scoped: true });
  const projectorPool = createPool({ url: database.urlAs('projector'), applicationName: 'api-spec-projector', max: 5 });
  const masterKey = randomBytes(32);
  const log = new PostgresEventLog(pool);
  const apiLog = new PostgresEventLog(apiPool);
  const keyRing = new KeyRing({ masterKey, store: new PostgresKeyStore(pool) });
  const registry = new PortalRegistry(pool, masterKey, bucketCount);
  const demo: DemoPortal = { portalId: null };
  const logged: string[] = [];
  const logger = createLogger({
    app: 'api',
    level: 'warn',
    destination: { write: (line: string) => void logged.push(line) },
  });
  const identityPool = createPool({
    url: database.urlAs('api'),
    applicationName: 'api-spec-identity',
    max: 5,
    searchPath: 'identity',
  });
  const travel = new TimeTravel({ pool: apiPool, model: funnelReadModel({ sealedTexts: keyRing }), catalogue, logger });
  const application = await createApi(
    {
      pool: apiPool,
      identityPool,
      masterKey,
      isSecure: false,
      demo,
      log: apiLog,
      keyRing: new KeyRing({ masterKey, store: new PostgresKeyStore(apiPool) }),
      registry: new PortalRegistry(apiPool, masterKey, bucketCount),
      reader: new PostgresFunnelReader(apiPool, now),
      travel,
      prober: new PortalProber({ privateHosts: ['127.0.0.1'] }),
      clock: systemClock,
      logger,
    },
    {
      metrics: createMetrics({ app: 'api' }),
      consoleFolder: options.consoleFolder ?? null,
      publicUrl: null,
      trustedProxies: [],
    },
  );
  const url = await listen(application, { HOST: '127.0.0.1', PORT: 0 });

  const ending = new AbortController();
  const projection = funnelProjection({
    sealedTexts: new KeyRing({ masterKey, store: new PostgresKeyStore(projectorPool) }),
  });
  const models = [planReadModel(), motivationReadModel(), ...(options.withCases ? [curationReadModel()] : [])];
  const projections = [
    projection,
    ...models.map((model) => ({
      name: model.name,
      apply: (client: PoolClient, { bucket, events }: { bucket: number; events: StoredEvent[] }) =>
        model.apply(client, { schema: `${model.name}_v1`, bucket, events }),
    })),
  ];
  const projecting = Promise.all(
    projections.map((one) =>
      runProjection({
        ...one,
        feed: new PostgresFeed({ pool: projectorPool, holder: 'api-spec', bucketCount }),
        pool: projectorPool,
        logger,
        signal: ending.signal,
        longestIdleMs: 20,
      }),
    ),
  );

  const staff = new Staff(pool, createAuth({ pool: identityPool, masterKey, isSecure: false }));
  return {
    url,
    pool,
    apiPool,
    demo,
    staff,
    cookie: (await staff.signedIn([{ role: 'integrator', portalId: null }])).cookie,
    log,
    keyRing,
    masterKey,
    registry,
    logged,
    portal: (webhookUrl) => registry.register({ webhookUrl, name: 'Ромашка' }),
    async projected({ bucket }) {
      const head = await log.head(bucket);
      for (const { name } of projections) {
        for (;;) {
          const checkpoint = await checkpointOf(pool, name, bucket);
          if ((checkpoint?.position ?? 0) >= head) break;
          if (checkpoint?.status === 'stopped') throw new Error(`The projection stopped: ${logged.join('')}`);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      }
    },
    async stop() {
      ending.abort();
      await projecting;
      await closeApi(application);
      await travel.close();
      await apiLog.close();
      await log.close();
      for (const one of [apiPool, identityPool, projectorPool, pool]) await one.end();
      await database.drop();
    },
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  // What the routes answer is checked by their schemas, not by the type.
  body: Record<string, unknown>;
}

/** As the integrator, unless `init` names another cookie (or an empty one). */
export async function ask(api: RunningApi, path: string, init?: RequestInit): Promise<Answer> {
  const headers = new Headers(init?.headers);
  if (!headers.has('cookie')) headers.set('cookie', api.cookie);
  const response = await fetch(`${api.url}${path}`, { ...init, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : parse(text) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}
