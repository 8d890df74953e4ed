import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDatabaseUrl } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

export interface Connection {
  databaseUrl: string;
  /** Where the console answers; null when nobody told. */
  consoleUrl: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

const connectionFile = z.object({ databaseUrl: z.string(), address: z.string().nullable().default(null) });

/**
 * The database to show: what the command line names, else the environment, else what a running `npm start` wrote into its data
 * folder.
 *
 * @throws Rejection CONNECTION_NOT_TOLD
 */
export async function findConnection(
  { data, databaseUrl }: { data: string | null; databaseUrl: string | null },
  environment: Environment,
): Promise<Connection> {
  const settings = withDatabaseUrl({ ...environment }) as Environment;
  const consoleUrl = settings['PUBLIC_URL'] || null;
  const told = databaseUrl ?? (data === null ? settings['DATABASE_URL'] : undefined);
  if (told) return { databaseUrl: told, consoleUrl };
  return ofDataFolder(data ?? (environment['FUNNELWATCH_DATA'] || 'data'));
}

async function ofDataFolder(folder: string): Promise<Connection> {
  const path = join(folder, 'connection.json');
  try {
    const { databaseUrl, address } = connectionFile.parse(JSON.parse(await readFile(path, 'utf8')));
    return { databaseUrl, consoleUrl: address };
  } catch (error) {
    throw new Rejection(
      'CONNECTION_NOT_TOLD',
      `No running Funnelwatch was found: there is no ${path}. Start it (npm start), name its data folder with --data, or a database with --database or DATABASE_URL.`,
      { cause: error },
    );
  }
}
