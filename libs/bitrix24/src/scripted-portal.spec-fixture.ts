import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

export type Reply = (response: ServerResponse, request: ReceivedRequest) => void;

/** A server that gives prepared replies one after another, for faults that a portal shows only now and then. */
export async function startScriptedPortal(replies: Reply[]): Promise<{
  webhookUrl: string;
  requests: ReceivedRequest[];
  close(): Promise<void>;
}> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>;
      const received = { path: request.url ?? '', headers: request.headers, body };
      requests.push(received);
      const reply = replies[Math.min(requests.length, replies.length) - 1];
      reply?.(response, received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    webhookUrl: `http://127.0.0.1:${port}/rest/1/s3cret/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const time = {
  date_start: '2026-09-21T10:00:00+03:00',
  date_finish: '2026-09-21T10:00:00+03:00',
  duration: 0.1,
};

export const ok =
  (result: unknown): Reply =>
  (response) =>
    json(200, { result, time })(response, blank);

export const failed = (status: number, error: string, error_description = ''): Reply =>
  json(status, { error, error_description });

export const json =
  (status: number, body: unknown): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

export const page =
  (status: number, headers: Record<string, string> = {}): Reply =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end('<html><body>Sorry</body></html>');
  };

/** Cuts the connection without an answer. */
export const cut: Reply = (response) => void response.socket?.destroy();

/** Never answers. */
export const silence: Reply = () => undefined;

const blank: ReceivedRequest = { path: '', headers: {}, body: {} };
