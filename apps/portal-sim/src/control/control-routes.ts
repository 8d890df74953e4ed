import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GeneratedCompany } from '@funnelwatch/portal-generator';
import { z } from 'zod';
import type { PortalClock } from '../clock/portal-clock.js';
import type { Faults } from '../faults/faults.js';
import type { Portal } from '../portal/portal.js';
import { portalScopes, type Webhook } from '../portal/webhooks.js';
import type { Counters } from '../server/counters.js';
import { readBody } from '../server/rest-server.js';
import {
  clockSchema,
  faultSchema,
  horizonsSchema,
  instant,
  operationSchema,
  settingsSchema,
  webhookChangeSchema,
  webhookSchema,
} from './control-schemas.js';
import { defaultHorizonsDays, truthAt } from './truth.js';

interface Dependencies {
  portal: Portal;
  company: GeneratedCompany;
  clock: PortalClock;
  counters: Counters;
  faults: Faults;
  webhooks: Webhook[];
  /** Portal time at which the script's history ends. */
  endAtMs: number;
  /** A code for a new webhook. */
  newCode: () => string;
  /** Called after the clock was changed, so that it can be remembered. */
  clockChanged: () => void;
}

/** `/_sim/…`: what tests may ask of the simulated portal and do to it. Requests come from loopback only. */
export class ControlRoutes {
  private lastFault = 0;

  constructor(private readonly dependencies: Dependencies) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const body = await readBody(request);
    try {
      if (!isLoopback(request.socket.remoteAddress))
        throw new ControlProblem(403, 'The control interface answers loopback only.');
      const given: unknown = body.byteLength === 0 ? {} : JSON.parse(body.toString('utf8'));
      const result = this.route(`${request.method ?? 'GET'} ${url.pathname.replace(/\/$/, '')}`, url, given);
      send(response, 200, result);
    } catch (error) {
      if (error instanceof ControlProblem) send(response, error.status, { error: error.message });
      else if (error instanceof z.ZodError) send(response, 400, { error: z.prettifyError(error) });
      else if (error instanceof SyntaxError) send(response, 400, { error: 'The body is not JSON.' });
      else throw error;
    }
  }

  private route(route: string, url: URL, given: unknown): unknown {
    const { portal, company, counters, faults, webhooks } = this.dependencies;
    switch (route) {
      case 'GET /_sim/truth': {
        const nowMs = portal.catchUp();
        const asOf = url.searchParams.get('asOf');
        const horizons = url.searchParams.get('horizonsDays');
        return truthAt(portal, company, {
          nowMs,
          asOfMs: asOf === null ? nowMs : instant.parse(asOf),
          horizonsDays: horizons === null ? defaultHorizonsDays : horizonsSchema.parse(horizons.split(',')),
        });
      }
      case 'GET /_sim/breaches':
        return { breaches: company.breaches };
      case 'GET /_sim/counters':
        return counters.snapshot();
      case 'DELETE /_sim/counters':
        counters.reset();
        return counters.snapshot();
      case 'GET /_sim/clock':
        return this.clockState();
      case 'POST /_sim/clock':
        return this.changeClock(given);
      case 'GET /_sim/faults':
        return { faults: faults.rules };
      case 'POST /_sim/faults':
        return this.addFaults(given);
      case 'DELETE /_sim/faults':
        if (url.searchParams.has('id')) faults.remove(url.searchParams.get('id') ?? '');
        else faults.clear();
        return { faults: faults.rules };
      case 'GET /_sim/settings':
        return portal.settings;
      case 'POST /_sim/settings':
        Object.assign(portal.settings, settingsSchema.parse(given));
        portal.model.historyMode = portal.settings.historyMode;
        return portal.settings;
      case 'GET /_sim/webhooks':
        return { webhooks };
      case 'POST /_sim/webhooks':
        return this.addWebhook(given);
      case 'PATCH /_sim/webhooks':
        return this.changeWebhook(given);
      case 'POST /_sim/operations':
        return this.operate(given);
      case 'GET /_sim/written':
        return { comments: portal.model.comments, notifications: portal.model.notifications.shown };
      default:
        throw new ControlProblem(404, `There is no control route "${route}".`);
    }
  }

  private clockState(): Record<string, unknown> {
    const { portal, clock, endAtMs } = this.dependencies;
    const nowMs = portal.catchUp();
    const { speed, stopAtMs } = clock.state;
    return {
      now: new Date(nowMs).toISOString(),
      nowMs,
      speed,
      stopAt: stopAtMs === null ? null : new Date(stopAtMs).toISOString(),
      endAt: new Date(endAtMs).toISOString(),
      hasEnded: nowMs >= endAtMs,
      stands: speed === 0 || (stopAtMs !== null && nowMs >= stopAtMs),
      appliedOperations: portal.appliedOperations,
      nextAt: portal.nextAtMs === null ? null : new Date(portal.nextAtMs).toISOString(),
    };
  }

  private changeClock(given: unknown): Record<string, unknown> {
    const { clock, endAtMs, clockChanged } = this.dependencies;
    const change = clockSchema.parse(given);
    if (change.speed !== undefined || change.pauseAt !== undefined) {
      clock.run(
        change.speed ?? clock.state.speed,
        change.pauseAt ?? (change.speed === undefined ? clock.state.stopAtMs : null),
      );
    }
    if (change.advanceTo !== undefined) clock.jumpTo(change.advanceTo);
    if (change.advanceToEnd) clock.jumpTo(endAtMs);
    clockChanged();
    return this.clockState();
  }

  private addFaults(given: unknown): Record<string, unknown> {
    const { faults } = this.dependencies;
    const list = z
      .union([
        z.object({ faults: z.array(faultSchema) }).transform((body) => body.faults),
        faultSchema.transform((one) => [one]),
      ])
      .parse(given);
    for (const { id, count, ...rule } of list) {
      faults.add({ ...rule, id: id ?? `fault-${++this.lastFault}`, remaining: count });
    }
    return { faults: faults.rules };
  }

  private addWebhook(given: unknown): Record<string, unknown> {
    const { portal, webhooks, newCode } = this.dependencies;
    const { userId, scopes, sees } = webhookSchema.parse(given);
    portal.catchUp();
    if (!portal.model.users.has(userId)) throw new ControlProblem(404, `The portal has no user ${userId}.`);
    const webhook: Webhook = {
      userId,
      code: newCode(),
      scopes: scopes ?? [...portalScopes],
      sees: sees ?? (userId === 1 ? 'all' : 'own'),
      isRevoked: false,
    };
    webhooks.push(webhook);
    return { ...webhook, path: `/rest/${userId}/${webhook.code}/` };
  }

  private changeWebhook(given: unknown): Record<string, unknown> {
    const { code, ...change } = webhookChangeSchema.parse(given);
    const webhook = this.dependencies.webhooks.find((candidate) => candidate.code === code);
    if (!webhook) throw new ControlProblem(404, 'There is no webhook with this code.');
    return { ...Object.assign(webhook, change) };
  }

  private operate(given: unknown): Record<string, unknown> {
    const { portal } = this.dependencies;
    const shape = z.object({ by: z.string().default('1'), operations: z.array(operationSchema) });
    const single = operationSchema.transform((operation) => ({ by: '1', operations: [operation] }));
    const { by, operations } = z.union([shape, single]).parse(given);
    const nowMs = portal.catchUp();
    const at = Math.floor(nowMs / 1000) * 1000;
    for (const operation of operations) {
      if (operation.op !== 'add' || !(operation.entity in portal.model.tables)) continue;
      const table = portal.model.tables[operation.entity as keyof typeof portal.model.tables];
      if (table.get(Number(operation.id))) {
        throw new ControlProblem(409, `There is a ${operation.entity} ${operation.id} already.`);
      }
    }
    for (const operation of operations) portal.operate({ ...operation, at, by });
    return { at: new Date(at).toISOString(), applied: operations.length };
  }
}

class ControlProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': text.byteLength });
  response.end(text);
}
