import type { CapturedFields, EntityKind } from '@funnelwatch/capture-contracts';
import type { JsonValue } from '@funnelwatch/kernel';

/** One object of the portal as a reply showed it, in canonical form. */
export interface Observation {
  kind: EntityKind;
  id: string;
  /** Canonical fields in clear. */
  fields: CapturedFields;
  /** The portal's own fields that are no text, under the portal's names. */
  extra: Record<string, JsonValue>;
  /** Personal data and free text, field → value, still in clear: it must go through the key ring. Empty ones are absent. */
  personal: Record<string, JsonValue>;
  /** When the object appeared in the CRM, null when the portal does not tell. */
  appearedAt: string | null;
  /** When it was changed last, null when the portal does not tell. */
  changedAt: string | null;
  createdBy: string | null;
  changedBy: string | null;
}

export type PortalRow = Record<string, unknown>;

/** User field name → USER_TYPE_ID of the portal. */
export type FieldTypes = ReadonlyMap<string, string>;

export const noFieldTypes: FieldTypes = new Map();
