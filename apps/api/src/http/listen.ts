import type { AddressInfo, Server } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Rejection } from '@funnelwatch/kernel';

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
  const { port } = (application.getHttpServer() as Server).address() as AddressInfo;
  return `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${port}`;
}
