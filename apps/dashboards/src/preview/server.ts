import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DefinedDashboard, Language } from '@funnelwatch/dashboards';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { askDashboard } from './asking/ask-dashboard.js';
import { dashboardPage } from './page/dashboard-page.js';
import type { Surroundings } from './page/document.js';
import { indexPage, sentencePage } from './page/plain-pages.js';
import { styleSheet } from './page/style.js';
import type { ReadModels } from './read-models.js';
import { textsIn } from './texts.js';

export interface PreviewOptions {
  readModels: ReadModels;
  dashboards: readonly DefinedDashboard[];
  language: Language;
  /** Where links into the console lead; what the dashboards say unless given. */
  consoleUrl: string | null;
  clock: Clock;
  /** 0 for any that is free. */
  port: number;
}

export interface RunningPreview {
  /** `http://127.0.0.1:<port>`. */
  address: string;
  close(): Promise<void>;
}

interface Reply {
  status: number;
  type: 'text/html' | 'text/css' | 'text/plain';
  body: string;
}

/** Nothing but this server's stylesheet and pictures that stand in the page; a form leads here alone. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Serves the pages on the loopback interface, to whoever is on this machine.
 *
 * @throws Rejection PORT_TAKEN
 */
export async function startPreview(options: PreviewOptions): Promise<RunningPreview> {
  const { language, dashboards } = options;
  const surroundings = { language, texts: textsIn(language), dashboards };
  const style = styleSheet();
  const server = createServer((request, response) => {
    void answered(request, surroundings, style, options).then((reply) => send(response, request, reply));
  });
  await listening(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Rejection('PORT_TAKEN', `Something else answers on port ${port}. Give another one with --port.`, {
              cause: error,
            })
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });

const page = (body: string, status = 200): Reply => ({ status, type: 'text/html', body });

async function answered(
  request: IncomingMessage,
  surroundings: Surroundings,
  style: string,
  options: PreviewOptions,
): Promise<Reply> {
  // A name that leads here from elsewhere would let pages of others read these.
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(request.headers.host ?? '')) {
    return { status: 421, type: 'text/plain', body: 'Ask by 127.0.0.1 or localhost.\n' };
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, type: 'text/plain', body: 'There is nothing to change here.\n' };
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/style.css') return { status: 200, type: 'text/css', body: style };
  if (url.pathname === '/') return page(indexPage(surroundings));
  const dashboard = options.dashboards.find(({ uid }) => url.pathname === `/d/${uid}`);
  if (!dashboard) return page(sentencePage(surroundings, surroundings.texts.pageMissing), 404);
  try {
    const now = options.clock.now();
    return page(
      dashboardPage(await askDashboard({ ...options, dashboard, address: url.searchParams, now }), surroundings),
    );
  } catch {
    return page(sentencePage(surroundings, surroundings.texts.pageFailed), 503);
  }
}

function send(response: ServerResponse, { method }: IncomingMessage, { status, type, body }: Reply): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
  response.end(method === 'HEAD' ? undefined : body);
}
