import { randomUUID } from 'node:crypto';
import { otherMasterKey } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { parseWebhookUrl } from '@funnelwatch/bitrix24';
import { inScope, withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { decryptCredentials, encryptCredentials } from './credential-box.js';
import { opensCredentials } from './master-key/stored-credentials.js';
import { PORTAL_COLUMNS, portalOf, type PortalRow, type PortalStatus, type RegisteredPortal } from './portal-row.js';
import { refuseWrongHours, type WorkingHours } from './working-hours.js';

export type ConnectionState =
  { state: 'connecting' | 'connected' } | { state: 'failed'; code: string; message: string };

export interface Registration {
  webhookUrl: string;
  name?: string;
  /** IANA zone, default Europe/Moscow. */
  zone?: string;
}

/** What a person may change of a portal; what is left out stays. */
export interface PortalSettings {
  name?: string;
  zone?: string;
  language?: 'ru' | 'en';
  workingHours?: WorkingHours;
}

/** Serialises registrations, so that two at once neither share a host nor overfill a bucket. */
const REGISTRATION_LOCK = 7_958_100;

/**
 * The portals this installation knows, with their webhooks encrypted under the master key. Plain SQL through `pg`:
 * every method is one statement or one short transaction.
 */
export class PortalRegistry {
  constructor(
    private readonly pool: Pool,
    private readonly masterKey: Buffer,
    private readonly bucketCount = 16,
  ) {
    if (masterKey.length !== 32) throw new Rejection('KEY_FILE_INVALID', 'The master key must be 32 bytes long.');
  }

  /**
   * Adds a portal to the bucket with the fewest portals, where it stays for ever. A host that is known already keeps
   * its id, bucket and history; its webhook is replaced and a paused or removed portal becomes active again.
   * Throws `Rejection` WEBHOOK_URL_INVALID, ZONE_INVALID, or KEY_FILE_OTHER when this master key opens nothing here.
   */
  async register(registration: Registration): Promise<RegisteredPortal> {
    const address = webhookAddress(registration.webhookUrl);
    const zone = registration.zone ?? null;
    if (zone !== null) refuseUnknownZone(zone);
    return withTransaction(this.pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [REGISTRATION_LOCK]);
      await this.refuseOtherKey(client);
      const known = await client.query<{ portal_id: string }>(
        'SELECT portal_id FROM registry.portal WHERE host = $1 FOR UPDATE',
        [address.host],
      );
      const portalId = known.rows[0]?.portal_id;
      if (portalId !== undefined) {
        const { rows } = await client.query<PortalRow>(
          `UPDATE registry.portal
              SET origin = $2, credentials = $3, name = coalesce($4, name), zone = coalesce($5, zone), status = 'active',
                  settings_version = settings_version + 1,
                  connection_state = 'connecting', connection_code = NULL, connection_message = NULL,
                  connection_at = clock_timestamp()
            WHERE portal_id = $1
        RETURNING ${PORTAL_COLUMNS}`,
          [portalId, address.origin, this.encrypt(portalId, address.webhookUrl), registration.name ?? null, zone],
        );
        return portalOf(rows[0]);
      }
      const newId = randomUUID();
      const { rows } = await client.query<PortalRow>(
        `INSERT INTO registry.portal (portal_id, bucket, host, origin, name, zone, credentials)
         VALUES ($1, $2, $3, $4, $5, coalesce($6, 'Europe/Moscow'), $7)
      RETURNING ${PORTAL_COLUMNS}`,
        [
          newId,
          await this.leastLoadedBucket(client),
          address.host,
          address.origin,
          registration.name ?? address.host,
          zone,
          this.encrypt(newId, address.webhookUrl),
        ],
      );
      return portalOf(rows[0]);
    });
  }

  /** Portals in the order of their registration; removed ones are left out. */
  async list(): Promise<RegisteredPortal[]> {
    const { rows } = await this.pool.query<PortalRow>(
      `SELECT ${PORTAL_COLUMNS} FROM registry.portal WHERE status <> 'removed' ORDER BY created_at, portal_id`,
    );
    return rows.map(portalOf);
  }

  async get(portalId: string): Promise<RegisteredPortal | null> {
    const { rows } = await this.pool.query<PortalRow>(
      `SELECT ${PORTAL_COLUMNS} FROM registry.portal WHERE portal_id = $1 AND status <> 'removed'`,
      [portalId],
    );
    return rows[0] ? portalOf(rows[0]) : null;
  }

  /** Where the history of a portal stands, also that of a removed one; null for a portal that never was. */
  async locate(portalId: string): Promise<{ portalId: string; bucket: number } | null> {
    const { rows } = await this.pool.query<{ portalId: string; bucket: number }>(
      'SELECT portal_id AS "portalId", bucket FROM registry.portal WHERE portal_id = $1',
      [portalId],
    );
    return rows[0] ?? null;
  }

  /** The webhook address in clear. Throws `Rejection` PORTAL_UNKNOWN or CREDENTIALS_UNREADABLE. */
  async webhookOf(portalId: string): Promise<string> {
    const { rows } = await this.pool.query<{ credentials: Buffer }>(
      `SELECT credentials FROM registry.portal WHERE portal_id = $1 AND status <> 'removed'`,
      [portalId],
    );
    if (!rows[0]) throw portalUnknown(portalId);
    return decryptCredentials(this.masterKey, portalId, rows[0].credentials);
  }

  /**
   * Gives a known portal another webhook: a rotated code, or a renamed host after a person confirmed it. Id, bucket
   * and history stay. Throws `Rejection` WEBHOOK_URL_INVALID, PORTAL_UNKNOWN, HOST_TAKEN or KEY_FILE_OTHER.
   */
  async replaceWebhook(portalId: string, webhookUrl: string): Promise<RegisteredPortal> {
    const address = webhookAddress(webhookUrl);
    await inScope('all', () => this.refuseOtherKey(this.pool));
    try {
      const { rows } = await this.pool.query<PortalRow>(
        `UPDATE registry.portal
            SET host = $2, origin = $3, credentials = $4, connection_state = 'connecting', connection_code = NULL,
                connection_message = NULL, connection_at = clock_timestamp()
          WHERE portal_id = $1 AND status <> 'removed'
      RETURNING ${PORTAL_COLUMNS}`,
        [portalId, address.host, address.origin, this.encrypt(portalId, address.webhookUrl)],
      );
      if (!rows[0]) throw portalUnknown(portalId);
      return portalOf(rows[0]);
    } catch (error) {
      // The other portal may be one that the caller cannot see.
      if (!isHostTaken(error)) throw error;
      throw new Rejection('HOST_TAKEN', `Another portal with the host ${address.host} is connected already.`, {
        cause: error,
      });
    }
  }

  /** What the console shows about the connection. The message must hold no secret. */
  async setConnection(portalId: string, connection: ConnectionState): Promise<void> {
    const failure = connection.state === 'failed' ? connection : null;
    await this.pool.query(
      `UPDATE registry.portal
          SET connection_state = $2, connection_code = $3, connection_message = $4, connection_at = clock_timestamp()
        WHERE portal_id = $1
          AND (connection_state, connection_code, connection_message) IS DISTINCT FROM ($2, $3, $4)`,
      [portalId, connection.state, failure?.code ?? null, failure?.message ?? null],
    );
  }

  /** Keeps what the portal tells about itself; null leaves a value as it is. */
  async describe(portalId: string, known: { currency?: string | null; language?: string | null }): Promise<void> {
    await this.pool.query(
      `UPDATE registry.portal SET currency = coalesce($2, currency), language = coalesce($3, language)
        WHERE portal_id = $1
          AND (currency, language) IS DISTINCT FROM (coalesce($2, currency), coalesce($3, language))`,
      [portalId, known.currency ?? null, known.language ?? null],
    );
  }

  /**
   * Changes what a person sets. `version` is the `settingsVersion` the person saw: when somebody else has changed the
   * settings since, nothing is changed. Throws `Rejection` PORTAL_UNKNOWN, PORTAL_CHANGED, ZONE_INVALID
   * or WORKING_HOURS_INVALID.
   */
  async changeSettings(portalId: string, version: number, settings: PortalSettings): Promise<RegisteredPortal> {
    const { name, zone, language, workingHours } = settings;
    if (zone !== undefined) refuseUnknownZone(zone);
    if (workingHours !== undefined) refuseWrongHours(workingHours);
    const { rows } = await this.pool.query<PortalRow>(
      `UPDATE registry.portal
          SET name = coalesce($3, name), zone = coalesce($4, zone), language = coalesce($5, language),
              working_hours = coalesce($6::jsonb, working_hours), settings_version = settings_version + 1
        WHERE portal_id = $1 AND settings_version = $2 AND status <> 'removed'
    RETURNING ${PORTAL_COLUMNS}`,
      [
        ...[portalId, version, name ?? null, zone ?? null, language ?? null],
        workingHours === undefined ? null : JSON.stringify(workingHours),
      ],
    );
    if (rows[0]) return portalOf(rows[0]);
    if (!(await this.get(portalId))) throw portalUnknown(portalId);
    throw new Rejection(
      'PORTAL_CHANGED',
      'Somebody else has changed this portal meanwhile. Look at what stands there now and change it again.',
    );
  }

  /** Starts or pauses the capture of a portal. Throws `Rejection` PORTAL_UNKNOWN. */
  async setStatus(portalId: string, status: Exclude<PortalStatus, 'removed'>): Promise<RegisteredPortal> {
    const { rows } = await this.pool.query<PortalRow>(
      `UPDATE registry.portal SET status = $2 WHERE portal_id = $1 AND status <> 'removed' RETURNING ${PORTAL_COLUMNS}`,
      [portalId, status],
    );
    if (!rows[0]) throw portalUnknown(portalId);
    return portalOf(rows[0]);
  }

  /**
   * Takes a portal out of every list and forgets its webhook. Its history stays in the log: the same host, connected
   * again, carries on with it. Throws `Rejection` PORTAL_UNKNOWN.
   */
  async remove(portalId: string): Promise<void> {
    const { rowCount } = await this.pool.query(
      `UPDATE registry.portal
          SET status = 'removed', credentials = '', connection_state = 'connecting', connection_code = NULL,
              connection_message = NULL, connection_at = clock_timestamp()
        WHERE portal_id = $1 AND status <> 'removed'`,
      [portalId],
    );
    if (!rowCount) throw portalUnknown(portalId);
  }

  private encrypt(portalId: string, webhookUrl: string): Buffer {
    return encryptCredentials(this.masterKey, portalId, webhookUrl);
  }

  /**
   * A valid key of another installation would encrypt the new webhook and leave everything sealed before unreadable.
   */
  private async refuseOtherKey(client: Pool | PoolClient): Promise<void> {
    if ((await opensCredentials(client, this.masterKey)) === false) throw otherMasterKey();
  }

  private async leastLoadedBucket(client: PoolClient): Promise<number> {
    const { rows } = await client.query<{ bucket: number }>(
      `SELECT bucket
         FROM generate_series(0, $1::int - 1) AS bucket
         LEFT JOIN registry.portal USING (bucket)
        GROUP BY bucket
        ORDER BY count(portal_id), bucket
        LIMIT 1`,
      [this.bucketCount],
    );
    return rows[0]?.bucket ?? 0;
  }
}

function webhookAddress(webhookUrl: string): { webhookUrl: string; origin: string; host: string } {
  const { origin, userId, code } = parseWebhookUrl(webhookUrl);
  return { webhookUrl: `${origin}/rest/${userId}/${code}/`, origin, host: new URL(origin).host };
}

function refuseUnknownZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch (cause) {
    throw new Rejection('ZONE_INVALID', `"${zone.slice(0, 60)}" is not a time zone. Write one such as Europe/Moscow.`, {
      cause,
    });
  }
}

const isHostTaken = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'portal_host_key';

function portalUnknown(portalId: string): Rejection {
  return new Rejection('PORTAL_UNKNOWN', 'No portal with this id is connected.', { details: { portalId } });
}
