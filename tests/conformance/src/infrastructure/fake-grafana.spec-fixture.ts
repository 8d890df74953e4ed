import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeUser {
  password: string;
  /** The organisation it is in. The administrator of the server is in all. */
  orgId: number;
  isGrafanaAdmin?: boolean;
}

export interface AskedQuery {
  user: string;
  orgId: number;
  rawSql: string;
  from: string;
  to: string;
}

/** Columns with rows, or what PostgreSQL says of a failure. */
export type QueryAnswer = { columns: string[]; rows: unknown[][] } | { error: string } | { frames: unknown };

interface Answer {
  status: number;
  body: unknown;
}

const message = (status: number, text: string): Answer => ({ status, body: { message: text } });
const denied = message(403, "You'll need additional permissions to perform this action. Permissions needed: orgs:read");

/**
 * As much of Grafana's HTTP API as the commands of infra/grafana use, with the statuses and messages of Grafana 13. What it
 * holds is changed by the specs.
 */
export class FakeGrafana {
  readonly users = new Map<string, FakeUser>([['admin', { password: 'of-the-admin', orgId: 1, isGrafanaAdmin: true }]]);
  organisations = [{ id: 1, name: 'Main Org.' }];
  /** What the next organisation is numbered. */
  nextOrg = 2;
  dashboards: { orgId: number; uid: string; folderTitle: string }[] = [];
  rules: { orgId: number; uid: string; provenance?: string }[] = [];
  /** Answers of the source of the read models. */
  answer: (query: AskedQuery) => QueryAnswer = () => ({ columns: ['a'], rows: [] });
  /** Organisations with Prometheus. */
  readonly withMetrics = new Set([1]);
  /** A Grafana that does not look who is in the organisation that is asked for. */
  isOpen = false;
  /** How often it is still not well when asked. */
  unhealthy = 0;
  /** Called before a request is answered; what it returns is the answer. */
  instead: (method: string, path: string) => Answer | 'html' | 'redirect' | null = () => null;
  readonly requests: string[] = [];
  readonly queries: AskedQuery[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FakeGrafana> {
    const server = createServer();
    const grafana = new FakeGrafana(server);
    server.on('request', (request, response) => void grafana.respond(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return grafana;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '' } = request;
    this.requests.push(`${method} ${url}`);
    const instead = this.instead(method, url);
    if (instead === 'redirect') return void response.writeHead(302, { location: '/grafana/login' }).end();
    if (instead === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html></html>');
    const text = Buffer.concat(chunks).toString();
    const answer = instead ?? this.route(request, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  private route(request: IncomingMessage, body: Record<string, unknown>): Answer {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://grafana');
    if (pathname === '/api/health') {
      this.unhealthy -= 1;
      return { status: this.unhealthy >= 0 ? 503 : 200, body: { database: this.unhealthy >= 0 ? 'failing' : 'ok' } };
    }
    const [login = '', ...rest] = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64')
      .toString()
      .split(':');
    const user = this.users.get(login);
    if (!user || user.password !== rest.join(':')) return message(401, 'Invalid username or password');
    const asked = Number(request.headers['x-grafana-org-id'] ?? user.orgId);
    const isMember = this.isOpen || user.isGrafanaAdmin === true || asked === user.orgId;
    // As Grafana does: somebody who is not in the organisation stays in their own.
    const orgId = isMember ? asked : user.orgId;
    switch (`${request.method} ${pathname}`) {
      case 'GET /api/orgs':
        return user.isGrafanaAdmin ? this.page(searchParams) : denied;
      case 'POST /api/orgs':
        return user.isGrafanaAdmin ? this.createOrganisation(body) : message(403, 'Access denied');
      case 'GET /api/user':
        return { status: 200, body: { login, orgId, isGrafanaAdmin: user.isGrafanaAdmin ?? false } };
      case 'GET /api/search':
        return { status: 200, body: this.dashboards.filter((dashboard) => dashboard.orgId === orgId) };
      case 'GET /api/v1/provisioning/alert-rules':
        return { status: 200, body: this.rules.filter((rule) => rule.orgId === orgId) };
      case 'POST /api/ds/query':
        return this.query(login, orgId, body);
      default:
        return message(404, 'Not found');
    }
  }

  private page(parameters: URLSearchParams): Answer {
    const size = Number(parameters.get('perpage'));
    const first = Number(parameters.get('page')) * size;
    return { status: 200, body: this.organisations.slice(first, first + size) };
  }

  private createOrganisation({ name }: Record<string, unknown>): Answer {
    if (typeof name !== 'string' || name === '') return message(400, 'bad request data');
    if (this.organisations.some((organisation) => organisation.name === name)) {
      return message(409, 'Organization name taken');
    }
    const orgId = this.nextOrg;
    this.nextOrg += 1;
    this.organisations.push({ id: orgId, name });
    return { status: 200, body: { orgId, message: 'Organization created' } };
  }

  private query(user: string, orgId: number, body: Record<string, unknown>): Answer {
    const { from, to, queries } = body as {
      from: string;
      to: string;
      queries: { refId: string; rawSql?: string; datasource: { uid: string } }[];
    };
    const [query] = queries;
    const isThere =
      query?.datasource.uid === 'pg-readmodel' || (query?.datasource.uid === 'prom' && this.withMetrics.has(orgId));
    if (!query || !isThere) return message(404, 'Data source not found');
    const asked = { user, orgId, rawSql: query.rawSql ?? '', from, to };
    this.queries.push(asked);
    const answer = this.answer(asked);
    if ('error' in answer) {
      return { status: 400, body: { results: { [query.refId]: { error: answer.error, status: 400, frames: [] } } } };
    }
    const frames = 'frames' in answer ? answer.frames : [frameOf(answer)];
    return { status: 200, body: { results: { [query.refId]: { status: 200, frames } } } };
  }
}

/** A frame as it is sent: fields, and the values of each column. */
const frameOf = ({ columns, rows }: { columns: string[]; rows: unknown[][] }): object => ({
  schema: { refId: 'A', fields: columns.map((name) => ({ name, type: 'string' })) },
  data: { values: columns.map((_, column) => rows.map((row) => row[column])) },
});
