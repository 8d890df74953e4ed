import { createServer } from 'node:net';
import { Rejection } from '@funnelwatch/kernel';

/** A port of the loopback interface that nobody listens on now. */
export function findFreePort(): Promise<number> {
  return listenOnce(0);
}

/** Refuses with `PORT_TAKEN` when somebody listens on the port already. */
export async function refuseTakenPort(port: number): Promise<void> {
  if (port === 0) return;
  await listenOnce(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') {
      throw new Rejection(
        'PORT_TAKEN',
        `Port ${port} of this machine is taken. Stop the program that listens on it, or choose another one with --port.`,
        { cause: error },
      );
    }
    throw error;
  });
}

/** True when nobody listens on the port of the loopback interface. */
export function isPortFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const found = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}
