import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultRule, Faults } from '../faults/faults.js';
import type { RequestBuckets } from '../limits/request-bucket.js';
import type { Portal } from '../portal/portal.js';
import type { Webhook } from '../portal/webhooks.js';
import { decodeForm, mapOf, mergeParameters, nestFields, type Parameters } from '../protocol/parameters.js';
import { RestError, systemError } from '../protocol/rest-error.js';
import type { Counters } from './counters.js';
import { type Dispatcher, methodOf, normalisedMethod } from './dispatcher.js';

const maxBodyBytes = 32 * 1024 * 1024;

interface Dependencies {
  portal: Portal;
  dispatcher: Dispatcher;
  faults: Faults;
  buckets: RequestBuckets;
  counters: Counters;
  webhooks: Webhook[];
  /** Wall time in milliseconds. */
  wall: () => number;
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Answers `/rest/…` as the portal does. */
export class RestServer {
  constructor(private readonly dependencies: Dependencies) {}

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { faults, counters } = this.dependencies;
    const body = await readBody(request);
    counters.httpRequests++;
    const parameters = await decodeParameters(request, url, body);
    const path = url.pathname
      .slice('/rest/'.length)
      .split('/')
      .filter((part) => part !== '');
    const method = normalisedMethod(path.at(-1) ?? '');
    const fault = faults.forRequest(method, commandsOf(method, parameters));
    if (fault && (await this.spoil(fault, request, response))) return;
    const answer = fault?.kind === 'error' ? this.errorOf(fault) : this.answer(path, method, parameters, request);
    if (fault?.kind === 'reset-after') {
      request.socket.destroy();
      return;
    }
    await this.send(response, answer, fault?.kind === 'slow' ? (fault.delayMs ?? 1000) : 0);
  }

  private answer(path: string[], method: string, parameters: Parameters, request: IncomingMessage): Answer {
    const { portal, dispatcher, buckets, counters, wall } = this.dependencies;
    const { settings } = portal;
    try {
      const key = `${portal.memberId} ${request.socket.remoteAddress ?? ''}`;
      const limits = {
        perSecond: settings.requestsPerSecond,
        burst: settings.requestBurst,
        countsRefused: settings.countsRefused,
      };
      if (settings.limits && !buckets.admit(key, limits, wall())) {
        counters.refusedRequests++;
        throw systemError('QUERY_LIMIT_EXCEEDED', settings.statusProfile);
      }
      if (settings.subscription === 'lapsed') throw systemError('ACCESS_DENIED', settings.statusProfile);
      const webhook = this.webhookOf(path);
      const nowMs = portal.catchUp();
      const context = portal.contextFor(webhook, request.headers.host ?? '', nowMs);
      return { status: 200, body: dispatcher.run(method, parameters, context) };
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      return { status: error.status, body: error.body() };
    }
  }

  /** `/rest/{user}/{code}/{method}`; every other form needs a token, and there is none. */
  private webhookOf(path: string[]): Webhook {
    const { portal, webhooks } = this.dependencies;
    const [userId = '', code = ''] = path;
    const known =
      path.length === 3 ? webhooks.find((webhook) => webhook.code === code && !webhook.isRevoked) : undefined;
    if (!known) throw systemError('NO_AUTH_FOUND', portal.settings.statusProfile);
    if (String(known.userId) !== userId) throw systemError('INVALID_CREDENTIALS', portal.settings.statusProfile);
    const owner = portal.model.users.get(known.userId);
    if (owner && owner.ACTIVE === false) throw systemError('NO_AUTH_FOUND', portal.settings.statusProfile);
    return known;
  }

  private errorOf(fault: FaultRule): Answer {
    const { settings } = this.dependencies.portal;
    const error = systemError(
      fault.code ?? 'INTERNAL_SERVER_ERROR',
      settings.statusProfile,
      fault.description,
      fault.status,
    );
    return { status: error.status, body: error.body() };
  }

  /** Answers without asking the portal; true when the response is finished. */
  private async spoil(fault: FaultRule, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    switch (fault.kind) {
      case 'html-502':
        sendHtml(response, 502, 'Bad Gateway');
        return true;
      case 'empty-503':
        response.writeHead(503).end();
        return true;
      case 'html-404':
        sendHtml(response, 404, 'Портал отключён');
        return true;
      case 'html-200':
        sendHtml(response, 200, 'Сервис перегружен');
        return true;
      case 'redirect':
        response.writeHead(302, { Location: `${fault.location ?? ''}${request.url ?? ''}` }).end();
        return true;
      case 'reset-before':
        request.socket.destroy();
        return true;
      case 'slow':
        await delay((fault.delayMs ?? 1000) / 2);
        return false;
      default:
        return false;
    }
  }

  private async send(response: ServerResponse, answer: Answer, slowMs: number): Promise<void> {
    const text = Buffer.from(JSON.stringify(answer.body));
    this.dependencies.counters.sentBytes += text.byteLength;
    response.writeHead(answer.status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': text.byteLength,
      'Access-Control-Allow-Origin': '*',
    });
    if (slowMs === 0) {
      response.end(text);
      return;
    }
    const half = Math.floor(text.byteLength / 2);
    response.write(text.subarray(0, half));
    await delay(slowMs / 2);
    response.end(text.subarray(half));
  }
}

function commandsOf(method: string, parameters: Parameters): string[] {
  if (method !== 'batch') return [];
  return Object.values(mapOf(parameters.cmd))
    .filter((command): command is string => typeof command === 'string')
    .map(methodOf);
}

function sendHtml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!DOCTYPE html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`);
}

/** The whole body; empty when it is larger than the front web server takes. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size <= maxBodyBytes) chunks.push(chunk);
  }
  return size > maxBodyBytes ? Buffer.alloc(0) : Buffer.concat(chunks);
}

/** Query and body in one bag. A JSON body that cannot be parsed counts as no parameters, as it does in a portal. */
async function decodeParameters(request: IncomingMessage, url: URL, body: Buffer): Promise<Parameters> {
  const query = decodeForm(url.search.slice(1));
  const type = request.headers['content-type'] ?? '';
  if (body.byteLength === 0) return query;
  if (type.includes('application/json')) {
    try {
      return mergeParameters(query, mapOf(JSON.parse(body.toString('utf8'))));
    } catch {
      return query;
    }
  }
  if (type.includes('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
      .formData()
      .catch(() => null);
    const fields = [...(form ?? [])].filter((field): field is [string, string] => typeof field[1] === 'string');
    return mergeParameters(query, nestFields(fields));
  }
  return mergeParameters(query, decodeForm(body.toString('utf8')));
}
