import { Rejection } from '@funnelwatch/kernel';
import { groupNames, type Login, loginGroups, loginNameOf, roleOf } from '../privileges.js';

const NAME = /^[a-z_][a-z0-9_]{0,62}$/;
/** PostgreSQL keeps these words for itself. */
const RESERVED = /^(pg_.*|public|none)$/;

/** The logins of the programs. */
export const productLogins: readonly string[] = (Object.keys(loginGroups) as Login[]).map(loginNameOf);

const products = new Set([...productLogins, ...groupNames.map(roleOf)]);

/** Throws `READER_NAME_INVALID` or `READER_NAME_RESERVED` for what cannot be the login of a reader. */
export function refuseWrongName(login: string): void {
  if (!NAME.test(login) || RESERVED.test(login)) {
    throw new Rejection(
      'READER_NAME_INVALID',
      'The login of a reader begins with a small Latin letter or _ and has up to 63 small Latin letters, digits and _; pg_…, public and none are taken.',
    );
  }
  if (products.has(login)) {
    throw new Rejection(
      'READER_NAME_RESERVED',
      `${login} is a login or a role of Funnelwatch itself. Take another name.`,
    );
  }
}
