import { loginNameOf, roleOf } from '../privileges.js';
import { productLogins } from './reader-name.js';
import { withReaderSession } from './reader-session.js';

export interface Reader {
  login: string;
  /** False for a login that was taken out of the server, or switched off, and whose portals are still noted. */
  canLogIn: boolean;
  portals: 'all' | { portalId: string; name: string | null }[];
}

/**
 * Everybody who reads through the walls, by name: logins in the group of readers, and names that portals are noted for.
 * Of the programs only the one of dashboards, where it is. Throws `Rejection` READERS_NOT_ALLOWED.
 */
export async function listReaders(url: string): Promise<Reader[]> {
  return withReaderSession(url, async (client) => {
    const { rows } = await client.query<Reader>(
      `SELECT name AS login, coalesce(rolcanlogin, false) AS "canLogIn",
              CASE WHEN EXISTS (SELECT FROM registry.reader_role WHERE role_name = name AND portal_id IS NULL) THEN '"all"'
                   ELSE coalesce((SELECT jsonb_agg(jsonb_build_object('portalId', seen.portal_id, 'name', portal.name)
                                                   ORDER BY portal.name, seen.portal_id)
                                    FROM registry.reader_role seen LEFT JOIN registry.portal USING (portal_id)
                                   WHERE role_name = known.name), '[]') END AS portals
         FROM (SELECT member.rolname AS name FROM pg_auth_members JOIN pg_roles member ON member.oid = member
                WHERE roleid = to_regrole($1) AND member.rolname <> ALL ($2::name[])
               UNION SELECT role_name FROM registry.reader_role) known
         LEFT JOIN pg_roles ON rolname = name
        WHERE name <> $3 OR rolname IS NOT NULL
        ORDER BY name`,
      [roleOf('read'), productLogins, loginNameOf('grafana')],
    );
    return rows;
  });
}
