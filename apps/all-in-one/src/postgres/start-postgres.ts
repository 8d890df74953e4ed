import { fileURLToPath } from 'node:url';
import { Rejection } from '@funnelwatch/kernel';
import type { DataFolder } from '../data-folder/open-data-folder.js';
import { findFreePort } from '../free-port.js';
import { SupervisedProcess } from '../processes/supervised-process.js';

export interface RunningPostgres {
  databaseUrl: string;
  process: SupervisedProcess;
}

/**
 * Starts the embedded PostgreSQL on a free loopback port. Throws `DISK_FULL`, `DATA_FOLDER_UNREACHABLE` (root,
 * private parent folder), `DATABASE_VERSION` (the folder was
 * written by another PostgreSQL major) or `APP_FAILED_TO_START`.
 */
export async function startPostgres(
  folder: DataFolder,
  onRestart: (name: string, reason: string) => void,
): Promise<RunningPostgres> {
  const port = await findFreePort();
  try {
    const { process } = await SupervisedProcess.start(
      {
        name: 'postgres',
        entry: fileURLToPath(new URL('./postgres-host.js', import.meta.url)),
        message: { databaseFolder: folder.databaseFolder, port, password: folder.databasePassword },
        isDetached: true,
        startTimeoutMs: 60_000,
      },
      folder.logsFolder,
      onRestart,
    );
    const secret = encodeURIComponent(folder.databasePassword);
    return { databaseUrl: `postgres://funnelwatch:${secret}@127.0.0.1:${port}/postgres`, process };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/no space left on device/i.test(message)) {
      throw new Rejection('DISK_FULL', `The disk that holds ${folder.path} is full. Free some room and start again.`, {
        cause: error,
      });
    }
    if (/could not access directory .*: Permission denied/i.test(message)) {
      throw new Rejection(
        'DATA_FOLDER_UNREACHABLE',
        `PostgreSQL does not run as root; it runs as the user "postgres", who cannot enter ${folder.databaseFolder}. Choose a folder outside private ones with --data, or start Funnelwatch as another user.`,
        { cause: error },
      );
    }
    if (/database files are incompatible with server/i.test(message)) {
      throw new Rejection(
        'DATABASE_VERSION',
        `The database in ${folder.databaseFolder} belongs to another PostgreSQL version. Start the Funnelwatch that wrote it, or choose another folder with --data.`,
        { cause: error },
      );
    }
    throw error;
  }
}
