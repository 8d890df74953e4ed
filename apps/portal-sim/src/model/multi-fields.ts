import { plainText } from './classic-value.js';
import type { MultiFieldName } from './field-definitions.js';
import type { MultiValue, PortalRecord } from './record-table.js';

interface WrittenValue {
  ID?: unknown;
  VALUE?: unknown;
  VALUE_TYPE?: unknown;
  DELETE?: unknown;
}

/**
 * Writes a multi-field as classic methods do: a value without an id is added, with an id it is changed, with an id and
 * an empty value (or DELETE) it is removed. Returns whether anything changed.
 */
export function writeMultiField(
  record: PortalRecord,
  name: MultiFieldName,
  raw: unknown,
  nextId: () => number,
): boolean {
  const written: unknown[] = Array.isArray(raw)
    ? raw
    : typeof raw === 'object' && raw !== null
      ? Object.values(raw)
      : typeof raw === 'string' && raw !== ''
        ? [{ VALUE: raw }]
        : [];
  let values = record.parts.multi?.[name] ?? [];
  let changed = false;
  for (const entry of written) {
    const { ID, VALUE, VALUE_TYPE, DELETE } = (
      typeof entry === 'string' ? { VALUE: entry } : (entry ?? {})
    ) as WrittenValue;
    const value = plainText(VALUE);
    const known = ID === undefined ? undefined : values.find((candidate) => candidate.ID === String(ID as string));
    if (known && (value === '' || DELETE === 'Y')) {
      values = values.filter((candidate) => candidate !== known);
      changed = true;
    } else if (known) {
      values = values.map((candidate) =>
        candidate === known ? multiValue(name, known.ID, value, VALUE_TYPE) : candidate,
      );
      changed = true;
    } else if (value !== '') {
      values = [...values, multiValue(name, String(nextId()), value, VALUE_TYPE)];
      changed = true;
    }
  }
  if (changed) record.parts.multi = { ...record.parts.multi, [name]: values };
  return changed;
}

function multiValue(name: MultiFieldName, id: string, value: string, valueType: unknown): MultiValue {
  return { ID: id, VALUE_TYPE: typeof valueType === 'string' ? valueType : 'WORK', VALUE: value, TYPE_ID: name };
}
