import { canonicalJson, type JsonValue } from '@funnelwatch/kernel';
import type { CellReader, SheetLayout } from './cells.js';

/** What a sheet changes: by its label, with both values as they stand in cells. */
export interface SheetChange {
  label: string;
  before: string | null;
  after: string | null;
}

type Values = Readonly<Record<string, JsonValue>>;

/** What differs between two sheets of a layout; rows of tables by their place. All is new where nothing is known. */
export function changesBetween(before: Values | null, after: Values, { fields, tables }: SheetLayout): SheetChange[] {
  const text = (value: JsonValue | undefined, reader: CellReader): string | null => {
    if (value === null || value === undefined) return null;
    const written = Array.isArray(value) ? value.map((each) => reader.write(each)) : [reader.write(value)];
    return written.map(String).join(', ');
  };
  const told = (label: string, was: JsonValue | undefined, is: JsonValue | undefined, reader: CellReader) => {
    const same = canonicalJson({ value: was ?? null }) === canonicalJson({ value: is ?? null });
    return same ? [] : [{ label, before: text(was, reader), after: text(is, reader) }];
  };
  const rowsOf = (values: Values | null, path: string) => (values?.[path] ?? []) as Record<string, JsonValue>[];
  return [
    ...fields.flatMap(({ path, labels, reader }) => told(labels[0], before?.[path], after[path], reader)),
    ...tables.flatMap(({ path, columns }) => {
      const [was, is] = [rowsOf(before, path), rowsOf(after, path)];
      return Array.from({ length: Math.max(was.length, is.length) }, (_, place) =>
        columns.flatMap(({ name, labels, reader }) => {
          const label = `${columns[0]?.labels[0] ?? path} ${place + 1} · ${labels[0]}`;
          return told(label, was[place]?.[name], is[place]?.[name], reader);
        }),
      ).flat();
    }),
  ];
}
