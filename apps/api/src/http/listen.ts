import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Rejection } from '@funnelwatch/kernel';

const longestRequestMs = 20_000;

/** Listens and returns the address to open. Port 0 takes a free one. Throws `Rejection` PORT_TAKEN. */
export async function listen(
  application: INestApplication,
  { HOST, PORT }: { HOST: string; PORT: number },
): Promise<string> {
  try {
    await application.listen(PORT, HOST);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Rejection(
      'PORT_TAKEN',
      `Port ${PORT} on ${HOST} is taken by another program. Stop it, or set PORT to a free port (0 takes any).`,
      { cause: error },
    );
  }
  const server = application.getHttpServer() as Server;
  // Whoever sends a request drop by drop holds a connection no longer than this; answers may take as long as they like.
  server.headersTimeout = longestRequestMs;
  server.requestTimeout = longestRequestMs;
  const { port } = server.address() as AddressInfo;
  return `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${port}`;
}
