import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';

/** A held lock on a data folder. The operating system frees it with the process, even after `kill -9`. */
export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Takes the only lock of a data folder: a listening local socket named after the folder's real path.
 * Throws `DATA_FOLDER_IN_USE` while another process listens on it.
 */
export async function lockDataFolder(realPath: string): Promise<InstanceLock> {
  const name = `funnelwatch-${createHash('sha256').update(realPath).digest('hex').slice(0, 24)}`;
  const address = lockAddress(name);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const server = await listen(address);
    if (server) return { release: () => new Promise((done) => server.close(() => done())) };
    if (await answers(address)) break;
    // The socket of a killed process stays behind as a file that nobody answers.
    await unlink(address).catch(() => undefined);
  }
  throw new Rejection(
    'DATA_FOLDER_IN_USE',
    `Another Funnelwatch already works on the data folder ${realPath}. Stop it first, or choose another folder with --data.`,
  );
}

/**
 * Linux has socket names without files: they do not depend on TMPDIR, nobody can leave one behind, and the kernel frees
 * them. Elsewhere a killed process leaves a file that the next start removes.
 */
function lockAddress(name: string): string {
  switch (platform()) {
    case 'win32':
      return `\\\\.\\pipe\\${name}`;
    case 'linux':
      return `\0${name}`;
    default:
      return join('/tmp', `${name}.sock`);
  }
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
