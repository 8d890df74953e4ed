import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import type { SchemeState } from '../domain/scheme.js';

/** A scheme that was written once. */
export type KnownScheme = Exclude<SchemeState, { status: 'absent' }>;

/** Reads the motivation schemes of one portal. */
export class SchemeReader {
  constructor(private readonly pool: Pool) {}

  /** All schemes, in the order they were last decided upon, the latest first. */
  async schemes({ bucket, portalId }: PortalAddress): Promise<KnownScheme[]> {
    const { rows } = await this.pool.query<{ state: KnownScheme }>({
      name: 'motivation.schemes',
      text: `SELECT state FROM read.scheme WHERE bucket = $1 AND portal_id = $2 ORDER BY last_position DESC LIMIT 200`,
      values: [bucket, portalId],
    });
    return rows.map(({ state }) => state);
  }

  /** One scheme; null when there is none of the id. */
  async scheme({ bucket, portalId }: PortalAddress, schemeId: string): Promise<KnownScheme | null> {
    const { rows } = await this.pool.query<{ state: KnownScheme }>({
      name: 'motivation.scheme',
      text: 'SELECT state FROM read.scheme WHERE bucket = $1 AND portal_id = $2 AND scheme_id = $3',
      values: [bucket, portalId, schemeId],
    });
    return rows[0]?.state ?? null;
  }
}
