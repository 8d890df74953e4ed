import type { WorkingHours } from './working-hours.js';

export type PortalStatus = 'active' | 'paused' | 'removed';

export interface RegisteredPortal {
  portalId: string;
  bucket: number;
  host: string;
  /** Scheme and host, `https://example.bitrix24.ru`. */
  origin: string;
  memberId: string | null;
  name: string;
  /** IANA zone in which days and months of this portal are counted. */
  zone: string;
  /** Base currency as the portal tells, null until it was asked. */
  currency: string | null;
  language: string;
  workingHours: WorkingHours;
  /** Grows with every change of the settings by a person. */
  settingsVersion: number;
  status: PortalStatus;
  connectionState: 'connecting' | 'connected' | 'failed';
  connectionCode: string | null;
  /** One sentence for a person, null while all is well. */
  connectionMessage: string | null;
  connectionAt: string;
  createdAt: string;
}

export interface PortalRow {
  portal_id: string;
  bucket: number;
  host: string;
  origin: string;
  member_id: string | null;
  name: string;
  zone: string;
  currency: string | null;
  language: string;
  working_hours: WorkingHours;
  settings_version: number;
  status: PortalStatus;
  connection_state: RegisteredPortal['connectionState'];
  connection_code: string | null;
  connection_message: string | null;
  connection_at: Date;
  created_at: Date;
}

/** Everything but the credentials. */
export const PORTAL_COLUMNS = `portal_id, bucket, host, origin, member_id, name, zone, currency, language, working_hours,
  settings_version, status, connection_state, connection_code, connection_message, connection_at, created_at`;

export function portalOf(row: PortalRow | undefined): RegisteredPortal {
  if (!row) throw new Error('A portal row was expected');
  return {
    portalId: row.portal_id,
    bucket: row.bucket,
    host: row.host,
    origin: row.origin,
    memberId: row.member_id,
    name: row.name,
    zone: row.zone,
    currency: row.currency,
    language: row.language,
    workingHours: row.working_hours,
    settingsVersion: row.settings_version,
    status: row.status,
    connectionState: row.connection_state,
    connectionCode: row.connection_code,
    connectionMessage: row.connection_message,
    connectionAt: row.connection_at.toISOString(),
    createdAt: row.created_at.toISOString(),
  };
}
