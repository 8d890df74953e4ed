import type { JsonValue } from '@funnelwatch/kernel';

export type CellValue = string | number | boolean | null;
/** Rows of a sheet, the first one first; short rows are filled with nothing. */
export type Cells = readonly (readonly CellValue[])[];

/** What is wrong with a cell: `cell` as spreadsheets name it, `expected` in a word that the reader translates. */
export interface CellError {
  cell: string;
  code: 'LABEL_UNKNOWN' | 'LABEL_TWICE' | 'LABEL_MISSING' | 'COLUMN_UNKNOWN' | 'VALUE_MISSING' | 'VALUE_INVALID';
  value: string;
  expected: string;
}

/** Makes a value of a cell; null where it is none. */
export interface CellReader {
  expected: string;
  read(value: Exclude<CellValue, null>): JsonValue;
  /** How the value is written in a cell. */
  write(value: JsonValue): CellValue;
}

interface SheetField {
  path: string;
  /** The first is written, all are read; compared without case. */
  labels: readonly [string, ...string[]];
  reader: CellReader;
  isRequired?: boolean;
  /** Values stand in this and all further columns. */
  isList?: boolean;
}

interface SheetTable {
  path: string;
  columns: readonly (Omit<SheetField, 'isList' | 'path'> & { name: string })[];
  isRequired?: boolean;
}

export interface SheetLayout {
  fields: readonly SheetField[];
  tables: readonly SheetTable[];
}

export interface ReadSheet {
  /** By path; tables are lists of objects. Nothing stands for what was left out. */
  values: Record<string, JsonValue>;
  errors: CellError[];
  /** Where a path stands: `salary.amount` → `B3`, `tiers.2.rate` → `B14`. */
  cellOf: ReadonlyMap<string, string>;
}

/** `0, 1` → `B1`. */
const cellName = (row: number, column: number): string => `${String.fromCharCode(65 + (column % 26))}${row + 1}`;

const isBlank = (value: CellValue | undefined): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
const plain = (value: CellValue | undefined): string => String(value ?? '').trim();
const isCalled = (labels: readonly string[], text: string): boolean =>
  labels.some((label) => label.toLowerCase() === text.toLowerCase());

/**
 * Reads a sheet of labelled values and tables. A table begins with a row whose first cell is the label of its first column and
 * ends with a blank row. Everything that is wrong is told, cell by cell; nothing is guessed.
 */
export function readSheet(cells: Cells, { fields, tables }: SheetLayout): ReadSheet {
  const values: Record<string, JsonValue> = {};
  const errors: CellError[] = [];
  const cellOf = new Map<string, string>();
  const fail = (row: number, column: number, code: CellError['code'], value: CellValue, expected = ''): void => {
    errors.push({ cell: cellName(row, column), code, value: plain(value).slice(0, 100), expected });
  };
  const valueAt = (row: number, column: number, path: string, field: Omit<SheetField, 'path'>): JsonValue => {
    const value = cells[row]?.[column] ?? null;
    cellOf.set(path, cellName(row, column));
    const { expected } = field.reader;
    if (isBlank(value) || value === null) {
      if (field.isRequired) fail(row, column, 'VALUE_MISSING', null, expected);
      return null;
    }
    const read = field.reader.read(value);
    if (read === null) fail(row, column, 'VALUE_INVALID', value, expected);
    return read;
  };
  const readTable = (table: SheetTable, first: number): number => {
    const header = cells[first] ?? [];
    const places = header.flatMap((text, column) => {
      if (isBlank(text)) return [];
      const found = table.columns.find(({ labels }) => isCalled(labels, plain(text)));
      if (!found) fail(first, column, 'COLUMN_UNKNOWN', text, table.columns.map(({ labels }) => labels[0]).join(', '));
      return found ? [{ ...found, column }] : [];
    });
    const rows: JsonValue[] = [];
    let row = first + 1;
    for (; row < cells.length && !isBlank(cells[row]?.[0]); row += 1) {
      const place = rows.length;
      const read = places.flatMap(({ name, column, ...field }): [string, JsonValue][] => {
        const value = valueAt(row, column, `${table.path}.${place}.${name}`, field);
        return value === null ? [] : [[name, value]];
      });
      rows.push(Object.fromEntries(read));
    }
    values[table.path] = rows;
    return row;
  };
  for (let row = 0; row < cells.length;) {
    const label = plain(cells[row]?.[0]);
    const table = tables.find(({ columns }) => columns[0] && isCalled(columns[0].labels, label));
    const field = fields.find(({ labels }) => isCalled(labels, label));
    if (label === '' || label.startsWith('#')) row += 1;
    else if (table) {
      if (table.path in values) fail(row, 0, 'LABEL_TWICE', label);
      cellOf.set(table.path, cellName(row, 0));
      row = readTable(table, row);
    } else {
      if (!field) fail(row, 0, 'LABEL_UNKNOWN', label);
      else if (cellOf.has(field.path)) fail(row, 0, 'LABEL_TWICE', label);
      else if (field.isList) {
        const filled = (cells[row] ?? []).flatMap((value, column) => (column > 0 && !isBlank(value) ? [column] : []));
        cellOf.set(field.path, cellName(row, 1));
        values[field.path] = filled.flatMap(
          (column, place) => valueAt(row, column, `${field.path}.${place}`, field) ?? [],
        );
      } else {
        const value = valueAt(row, 1, field.path, field);
        if (value !== null) values[field.path] = value;
      }
      row += 1;
    }
  }
  for (const { path, labels, isRequired } of fields)
    if (isRequired && !cellOf.has(path)) fail(cells.length, 0, 'LABEL_MISSING', null, labels[0]);
  for (const { path, columns, isRequired } of tables)
    if (isRequired && !(path in values)) fail(cells.length, 0, 'LABEL_MISSING', null, columns[0]?.labels[0] ?? '');
  return { values, errors, cellOf };
}

/** The same sheet written: what `readSheet` reads back. */
export function writeSheet(
  values: Readonly<Record<string, JsonValue>>,
  { fields, tables }: SheetLayout,
): CellValue[][] {
  const rows = fields.map(({ path, labels, reader, isList }): CellValue[] => {
    const value = values[path] ?? null;
    if (value === null) return [labels[0], null];
    return [labels[0], ...(isList && Array.isArray(value) ? value.map(reader.write) : [reader.write(value)])];
  });
  for (const { path, columns } of tables) {
    const all = (values[path] ?? []) as Record<string, JsonValue>[];
    rows.push(
      [],
      columns.map(({ labels }) => labels[0]),
    );
    for (const row of all)
      rows.push(columns.map(({ name, reader }) => (row[name] === undefined ? null : reader.write(row[name] ?? null))));
  }
  return rows;
}
