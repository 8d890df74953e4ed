import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMasterKey, withDatabaseUrl } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { z } from 'zod';

export type Pool = ReturnType<typeof createPool>;

export interface ConnectionOptions {
  databaseUrl?: string;
  keyFile?: string;
  data?: string;
}

export interface Connection {
  databaseUrl: string;
  /** Null where only the database was named, or the key itself. */
  keyFile: string | null;
  /** Where the console is; null when nobody told. */
  address: string | null;
  /** The master key in base64, where the environment holds it. */
  key: string | null;
}

const connectionFile = z.object({
  databaseUrl: z.string(),
  keyFile: z.string(),
  address: z.string().nullable().default(null),
});

/**
 * Where the data lives: options first, then the environment, then what a running `npm start` wrote into its data
 * folder. Throws `Rejection` CONNECTION_NOT_TOLD.
 */
export async function findConnection(
  options: ConnectionOptions,
  environment: Record<string, string | undefined>,
): Promise<Connection> {
  const settings = withDatabaseUrl(environment) as Record<string, string | undefined>;
  const databaseUrl = options.databaseUrl ?? settings['DATABASE_URL'];
  const address = settings['PUBLIC_URL'] ?? null;
  if (databaseUrl) {
    if (options.keyFile) return { databaseUrl, keyFile: options.keyFile, key: null, address };
    const { FUNNELWATCH_KEY_FILE: keyFile, FUNNELWATCH_KEY: key } = settings;
    return { databaseUrl, keyFile: keyFile ? keyFile : null, key: key ? key : null, address };
  }
  const path = join(options.data ?? (environment['FUNNELWATCH_DATA'] || 'data'), 'connection.json');
  try {
    return { ...connectionFile.parse(JSON.parse(await readFile(path, 'utf8'))), key: null };
  } catch (error) {
    throw new Rejection(
      'CONNECTION_NOT_TOLD',
      `It is not known which database to use: there is no ${path}. Start Funnelwatch (npm start), or set DATABASE_URL and FUNNELWATCH_KEY_FILE.`,
      { cause: error },
    );
  }
}

/**
 * The master key of this connection. Throws `Rejection` CONNECTION_NOT_TOLD, KEY_FILE_MISSING, KEY_FILE_INVALID,
 * KEY_INVALID or KEY_TOLD_TWICE.
 */
export async function keyOf({ keyFile, key }: Connection): Promise<Buffer> {
  if (keyFile !== null || key !== null) {
    return readMasterKey({ FUNNELWATCH_KEY_FILE: keyFile ?? undefined, FUNNELWATCH_KEY: key ?? undefined });
  }
  throw new Rejection(
    'CONNECTION_NOT_TOLD',
    'The master key is not told. Set FUNNELWATCH_KEY_FILE or FUNNELWATCH_KEY, or give --key-file.',
  );
}

/** Runs `work` with a pool that is closed afterwards; failures of the database become sentences. */
export async function withPool<Result>(
  connection: Connection,
  work: (pool: Pool) => Promise<Result>,
  max = 2,
): Promise<Result> {
  let pool: Pool | null = null;
  try {
    pool = createPool({ url: connection.databaseUrl, applicationName: 'funnelwatch-cli', max, statementTimeoutMs: 0 });
    return await work(pool);
  } catch (error) {
    throw databaseRejection(error) ?? error;
  } finally {
    await pool?.end();
  }
}

/** A failure of the database as a `Rejection`; null for any other error. */
export function databaseRejection(error: unknown): Rejection | null {
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENOENT':
    case '57P03':
      return new Rejection(
        'DATABASE_UNREACHABLE',
        'The database does not answer. Start Funnelwatch (npm start), or check DATABASE_URL.',
        { cause: error },
      );
    case '28P01':
    case '28000':
    case '3D000':
      return new Rejection('DATABASE_LOGIN_REFUSED', 'The database refuses this login. Check DATABASE_URL.', {
        cause: error,
      });
    case '42P01':
    case '3F000':
    case '42883':
      return new Rejection('DATABASE_NOT_PREPARED', 'The database is not prepared yet. Run: funnelwatch migrate', {
        cause: error,
      });
    default:
      return null;
  }
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if (error instanceof Rejection) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : null;
}
