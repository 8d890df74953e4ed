import type { JsonValue } from '@funnelwatch/kernel';
import type { FieldTypes, PortalRow } from './observation.js';
import { dateOf, flagOf, rawOf, type ScalarReader, textOf, timeOf } from './scalars.js';

/** Where a field of the portal goes. */
type Destination =
  | { to: 'fields'; name: string; read: ScalarReader }
  | { to: 'personal'; name: string; read: ScalarReader }
  | { to: 'extra'; read: ScalarReader }
  | { to: 'nowhere' };

/** Portal's field name → destination, for one kind. */
export type FieldMap = Readonly<Record<string, Destination>>;

export const field = (name: string, read: ScalarReader): Destination => ({ to: 'fields', name, read });
export const personal = (name: string, read: ScalarReader = textOf): Destination => ({ to: 'personal', name, read });
/** Kept under the portal's own name, in clear: codes and figures that are nobody's data. */
export const extra = (read: ScalarReader = rawOf): Destination => ({ to: 'extra', read });
/** Already said by another field of the same row. */
export const repeated: Destination = { to: 'nowhere' };

/** User field types whose values are figures, dates and ids of lists: they hold no free text. */
const clearFieldTypes: Readonly<Record<string, ScalarReader>> = {
  enumeration: rawOf,
  integer: rawOf,
  double: rawOf,
  boolean: flagOf,
  date: eachOf(dateOf),
  datetime: eachOf(timeOf),
  money: rawOf,
  employee: rawOf,
  crm_status: rawOf,
  crm: rawOf,
  iblock_section: rawOf,
  iblock_element: rawOf,
  resourcebooking: rawOf,
};

function eachOf(read: ScalarReader): ScalarReader {
  return (value) => (Array.isArray(value) ? value.map(read) : read(value));
}

const isUserField = (name: string): boolean => name.startsWith('UF_') || name.startsWith('uf');
const isParentLink = (name: string): boolean => /^(PARENT_ID_|parentId)\d+$/.test(name);

export interface MappedRow {
  fields: Record<string, JsonValue>;
  extra: Record<string, JsonValue>;
  personal: Record<string, JsonValue>;
}

/**
 * Sorts every field of a row into canonical, own and personal ones. Canonical fields are always there, null when the
 * row lacks them. A name nobody knows, or a user field of an unknown type, is treated as personal.
 */
export function mapRow(map: FieldMap, row: PortalRow, types: FieldTypes): MappedRow {
  const mapped: MappedRow = { fields: {}, extra: {}, personal: {} };
  for (const [name, destination] of entriesOf(map)) place(mapped, name, destination, row[name]);
  for (const [name, value] of Object.entries(row)) {
    if (!Object.hasOwn(map, name)) place(mapped, name, unmappedDestination(name, types), value);
  }
  return mapped;
}

const entriesByMap = new WeakMap<FieldMap, [string, Destination][]>();

function entriesOf(map: FieldMap): [string, Destination][] {
  let entries = entriesByMap.get(map);
  if (!entries) entriesByMap.set(map, (entries = Object.entries(map)));
  return entries;
}

function place(mapped: MappedRow, name: string, destination: Destination, value: unknown): void {
  if (destination.to === 'nowhere') return;
  const read = destination.read(value);
  if (destination.to === 'fields') mapped.fields[destination.name] = read;
  else if (read === null) return;
  else if (destination.to === 'extra') mapped.extra[name] = read;
  else mapped.personal[destination.name] = read;
}

function unmappedDestination(name: string, types: FieldTypes): Destination {
  if (isParentLink(name)) return { to: 'extra', read: rawOf };
  const type = isUserField(name) ? types.get(name) : undefined;
  const read = type === undefined ? undefined : clearFieldTypes[type];
  return read ? { to: 'extra', read } : { to: 'personal', name, read: rawOf };
}
