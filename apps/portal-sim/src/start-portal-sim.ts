import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';
import {
  type CompanyParameters,
  defaultCompany,
  generate,
  type GeneratedCompany,
  largeCompany,
  randomCompany,
  tinyCompany,
} from '@funnelwatch/portal-generator';
import { type ClockBase, PortalClock } from './clock/portal-clock.js';
import { ControlRoutes } from './control/control-routes.js';
import { defaultHorizonsDays, truthAt } from './control/truth.js';
import { Faults } from './faults/faults.js';
import { OperatingTime } from './limits/operating-time.js';
import { RequestBuckets } from './limits/request-bucket.js';
import { Journal } from './portal/journal.js';
import { Portal } from './portal/portal.js';
import {
  newMemberId,
  newWebhookCode,
  type PortalIdentity,
  readIdentity,
  writeIdentity,
} from './portal/portal-identity.js';
import { defaultSettings } from './portal/portal-settings.js';
import { portalScopes, type Webhook } from './portal/webhooks.js';
import { certificatesIn } from './server/certificates.js';
import { Counters } from './server/counters.js';
import { Dispatcher } from './server/dispatcher.js';
import { RestServer } from './server/rest-server.js';

export interface PortalSimOptions {
  host?: string;
  /** 0 (the default) takes a free port. */
  port?: number;
  tlsPort?: number;
  company?: 'default' | 'tiny' | 'random' | 'large';
  seed?: number;
  deals?: number;
  /** Months of history of a tiny company. */
  months?: number;
  /** Where the history ends, ISO 8601; now for the default and the large company, in its own time for a tiny or random one. */
  anchor?: string;
  /** Portal time does not go beyond this instant, ISO 8601. */
  until?: string;
  /** Portal seconds per second; wall time when absent. */
  speed?: number;
  /** `full`: the history is there at the start. `none`: the company is configured, its history begins at the start. */
  history?: 'full' | 'none';
  limits?: boolean;
  operatingCostSeconds?: number;
  batchAccounting?: 'nested' | 'outer';
  /** The same folder makes the same portal again, with what clients wrote to it. */
  stateDir?: string;
  /** Where the planted figures and breaches are written as JSON, as they stand at the start. */
  truthFile?: string;
  /** Called with failures of the simulator itself. */
  onProblem?: (error: unknown) => void;
}

export interface PortalSim {
  webhookUrl: string;
  tlsWebhookUrl: string;
  /** Certificate of the authority behind `tlsWebhookUrl`, for NODE_EXTRA_CA_CERTS. */
  caPath: string;
  /** Address of the control interface, without a slash at its end. */
  controlUrl: string;
  /** What clients asked for since the start or the last reset. */
  counters(): { httpRequests: number; refusedRequests: number; sentBytes: number };
  close(): Promise<void>;
}

/** Starts a simulated portal over HTTP and HTTPS and returns its addresses. */
export async function startPortalSim(options: PortalSimOptions = {}): Promise<PortalSim> {
  const wall = () => Date.now();
  const temporary = options.stateDir === undefined ? mkdtempSync(join(tmpdir(), 'funnelwatch-portal-')) : null;
  const folder = options.stateDir ?? (temporary as string);
  mkdirSync(folder, { recursive: true });
  const identity = readIdentity(folder) ?? newIdentity(options, wall());
  writeIdentity(folder, identity);
  const company = generate(companyOf(identity));
  const clock = new PortalClock(identity.clock, wall);
  const settings = {
    ...defaultSettings,
    limits: options.limits ?? true,
    operatingCostSeconds: options.operatingCostSeconds ?? defaultSettings.operatingCostSeconds,
    batchAccounting: options.batchAccounting ?? defaultSettings.batchAccounting,
  };
  const portal = new Portal(company, clock, new Journal(join(folder, 'journal.jsonl')), settings, identity.memberId);
  portal.catchUp();

  const webhooks: Webhook[] = [
    { userId: 1, code: identity.code, scopes: [...portalScopes], sees: 'all', isRevoked: false },
  ];
  const faults = new Faults();
  const counters = new Counters();
  const operating = new OperatingTime();
  const dispatcher = new Dispatcher({ settings, operating, faults, counters, wall });
  const rest = new RestServer({ portal, dispatcher, faults, buckets: new RequestBuckets(), counters, webhooks, wall });
  const control = new ControlRoutes({
    portal,
    company,
    clock,
    counters,
    faults,
    webhooks,
    endAtMs: company.parameters.endAt,
    newCode: newWebhookCode,
    clockChanged: () => writeIdentity(folder, { ...identity, clock: clock.state }),
  });

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://portal');
    const handled = url.pathname.startsWith('/_sim/')
      ? control.handle(request, response, url)
      : url.pathname.startsWith('/rest/')
        ? rest.handle(request, response, url)
        : Promise.resolve(void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>404 Not Found</h1>'));
    handled.catch((error: unknown) => {
      options.onProblem?.(error);
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ error: 'INTERNAL_SERVER_ERROR', error_description: 'Internal server error' }));
    });
  };
  const { caPath, cert, key } = await certificatesIn(folder, wall());
  const servers = [createServer(listener), createTlsServer({ cert, key }, listener)] as const;
  for (const server of servers) server.keepAliveTimeout = 65_000;
  const host = options.host ?? '127.0.0.1';
  const close = async () => {
    await Promise.all(servers.map((server) => closeServer(server)));
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  };
  try {
    const port = await listen(servers[0], host, options.port ?? 0);
    const tlsPort = await listen(servers[1], host, options.tlsPort ?? 0);
    if (options.truthFile !== undefined) writeTruthFile(options.truthFile, portal, company);
    return {
      webhookUrl: `http://${host}:${port}/rest/1/${identity.code}/`,
      tlsWebhookUrl: `https://${host}:${tlsPort}/rest/1/${identity.code}/`,
      caPath,
      controlUrl: `http://${host}:${port}/_sim`,
      counters: () => ({
        httpRequests: counters.httpRequests,
        refusedRequests: counters.refusedRequests,
        sentBytes: counters.sentBytes,
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function writeTruthFile(path: string, portal: Portal, company: GeneratedCompany): void {
  const nowMs = portal.catchUp();
  const truth = truthAt(portal, company, { nowMs, asOfMs: nowMs, horizonsDays: defaultHorizonsDays });
  writeFileSync(path, `${JSON.stringify({ truth, breaches: company.breaches }, null, 1)}\n`);
}

function newIdentity(options: PortalSimOptions, wallMs: number): PortalIdentity {
  const company = options.company ?? 'default';
  const untilMs = options.until === undefined ? null : Date.parse(options.until);
  const anchorMs =
    options.anchor === undefined
      ? livesInItsOwnTime(company)
        ? null
        : (untilMs ?? wallMs)
      : Date.parse(options.anchor);
  const identity = {
    memberId: newMemberId(),
    code: newWebhookCode(),
    company,
    seed: options.seed ?? 1,
    deals: options.deals ?? null,
    months: options.months ?? null,
    history: options.history ?? 'full',
    anchorMs: anchorMs === null ? null : Math.floor(anchorMs / 1000) * 1000,
    clock: { portalMs: wallMs, wallMs, speed: 1, stopAtMs: null },
  };
  return { ...identity, clock: firstClock(options, companyOf(identity), untilMs, wallMs) };
}

/** Wall time in a demo; otherwise the script's own time, which may run fast and ends at `until`. */
function firstClock(
  options: PortalSimOptions,
  company: CompanyParameters,
  untilMs: number | null,
  wallMs: number,
): ClockBase {
  // Without a wish for more, the time of such a company ends with its history.
  const stopAtMs = untilMs ?? (livesInItsOwnTime(options.company) ? company.endAt : null);
  if (options.history === 'none') return { portalMs: company.startAt, wallMs, speed: options.speed ?? 1, stopAtMs };
  if (options.speed === undefined && stopAtMs === null) return { portalMs: wallMs, wallMs, speed: 1, stopAtMs: null };
  const portalMs = Math.min(company.endAt, stopAtMs ?? company.endAt);
  return {
    portalMs: options.speed === undefined ? (stopAtMs ?? portalMs) : portalMs,
    wallMs,
    speed: options.speed ?? 1,
    stopAtMs,
  };
}

/** Whether a company has dates of its own, wherever wall time is. */
function livesInItsOwnTime(company: PortalSimOptions['company']): boolean {
  return company === 'tiny' || company === 'random';
}

function companyOf(
  identity: Pick<PortalIdentity, 'company' | 'seed' | 'deals' | 'months' | 'anchorMs'>,
): CompanyParameters {
  const { company, seed, anchorMs } = identity;
  const deals = identity.deals === null ? {} : { deals: identity.deals };
  if (company === 'tiny') {
    const months = identity.months ?? 1;
    const ending = tinyCompany(seed, { ...deals, months });
    if (anchorMs === null) return ending;
    return tinyCompany(seed, { ...deals, months, startAt: anchorMs - (ending.endAt - ending.startAt) });
  }
  if (company === 'random') return randomCompany(seed);
  const anchorAt = anchorMs ?? Date.now();
  if (company === 'large') return largeCompany({ deals: identity.deals ?? 10_000, anchorAt, seed });
  return defaultCompany({ anchorAt, seed });
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') {
        reject(error);
        return;
      }
      const sentence = `Port ${port} on ${host} is taken by another program. Stop it, or name a free port (0 takes any).`;
      reject(new Rejection('PORT_TAKEN', sentence, { cause: error, details: { port } }));
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.removeListener('error', refuse);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function closeServer(server: Server & { closeAllConnections(): void }): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) {
      resolve();
      return;
    }
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
