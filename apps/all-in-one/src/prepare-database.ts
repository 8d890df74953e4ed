import { migrate } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { applyRoles, ensureLogins, type Login, loginNameOf } from '@funnelwatch/roles';

/** The programs that log in as themselves. */
export const logins = ['ingest', 'projector', 'curator', 'api', 'operator'] as const satisfies readonly Login[];

/**
 * Brings the schema up to this program's version and makes roles and logins. Throws `DATABASE_NEWER_THAN_PROGRAM` when
 * it is ahead already. Returns the address of the database for each program.
 */
export async function prepareDatabase(
  databaseUrl: string,
  passwords: Record<string, string>,
): Promise<Record<(typeof logins)[number], string>> {
  await migrate({ url: databaseUrl, migrations: productMigrations });
  await applyRoles({ url: databaseUrl });
  await ensureLogins({ url: databaseUrl, passwords });
  const urlOf = (login: Login): string => {
    const url = new URL(databaseUrl);
    url.username = loginNameOf(login);
    url.password = encodeURIComponent(passwords[login] ?? '');
    return url.href;
  };
  return {
    ingest: urlOf('ingest'),
    projector: urlOf('projector'),
    curator: urlOf('curator'),
    api: urlOf('api'),
    operator: urlOf('operator'),
  };
}
