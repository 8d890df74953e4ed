import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';
import type { Login } from '@funnelwatch/roles';

const logins: Login[] = ['ingest', 'projector', 'curator', 'api', 'operator', 'grafana'];

/**
 * Passwords of the programs' logins from a folder with one file each, `<login>_database_password`, as secrets are
 * mounted into containers. Logins without a file are left out. Throws `LOGIN_PASSWORDS_MISSING` when there is none.
 */
export async function readLoginPasswords(folder: string): Promise<Partial<Record<Login, string>>> {
  const passwords: Partial<Record<Login, string>> = {};
  for (const login of logins) {
    const text = await readFile(join(folder, `${login}_database_password`), 'utf8').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
        throw unreadable(folder, error);
      },
    );
    if (text !== null) passwords[login] = text.trim();
  }
  if (Object.keys(passwords).length === 0) throw unreadable(folder);
  return passwords;
}

const unreadable = (folder: string, cause?: unknown): Rejection =>
  new Rejection(
    'LOGIN_PASSWORDS_MISSING',
    `The folder ${folder} holds no readable password file. Expected are ${logins.map((login) => `${login}_database_password`).join(', ')}.`,
    { cause },
  );
