import { readFileSync } from 'node:fs';
import { Rejection } from '@funnelwatch/kernel';

/**
 * Containers get the database's password as a file and its address in parts. When DATABASE_URL is absent and
 * DATABASE_HOST is there, DATABASE_URL is put together from DATABASE_HOST, DATABASE_PORT, DATABASE_NAME,
 * DATABASE_USER and DATABASE_PASSWORD_FILE. Throws `Rejection` DATABASE_PASSWORD_FILE_UNREADABLE.
 */
export function withDatabaseUrl(source: Record<string, unknown>): Record<string, unknown> {
  const host = textOf(source['DATABASE_HOST']);
  if (source['DATABASE_URL'] || host === '') return source;
  const url = new URL(`postgres://${host}`);
  url.port = textOf(source['DATABASE_PORT']);
  url.username = encodeURIComponent(textOf(source['DATABASE_USER']) || 'funnelwatch');
  url.pathname = `/${encodeURIComponent(textOf(source['DATABASE_NAME']) || 'funnelwatch')}`;
  const passwordFile = textOf(source['DATABASE_PASSWORD_FILE']);
  if (passwordFile !== '') url.password = encodeURIComponent(readPassword(passwordFile));
  return { ...source, DATABASE_URL: url.href };
}

function readPassword(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new Rejection(
      'DATABASE_PASSWORD_FILE_UNREADABLE',
      `The file of the database's password, ${path}, cannot be read. Check DATABASE_PASSWORD_FILE and the file's rights.`,
      { cause: error },
    );
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
