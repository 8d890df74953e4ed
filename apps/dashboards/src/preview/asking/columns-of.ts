import type { ShownColumn } from '@funnelwatch/dashboards/display';

interface AnsweredField {
  name: string;
  dataTypeID: number;
}

const BOOLEAN = 16;
const NUMBERS = new Set([20, 21, 23, 700, 701, 1700]);
const TIMES = new Set([1082, 1114, 1184]);

/** The columns of an answer of which every value is text as PostgreSQL writes it, by the types that its data source in Grafana knows. */
export function columnsOf(
  fields: readonly AnsweredField[],
  rows: readonly (readonly (string | null)[])[],
): ShownColumn[] {
  return fields.map(({ name, dataTypeID }, at) => {
    const type = typeOf(dataTypeID);
    return { name, type, values: rows.map((row) => valueOf(row[at] ?? null, type)) };
  });
}

function typeOf(oid: number): ShownColumn['type'] {
  if (NUMBERS.has(oid)) return 'number';
  if (TIMES.has(oid)) return 'time';
  return oid === BOOLEAN ? 'boolean' : 'string';
}

function valueOf(text: string | null, type: ShownColumn['type']): unknown {
  if (text === null) return null;
  if (type === 'number') return Number(text);
  if (type === 'boolean') return text === 't';
  return type === 'time' ? instantOf(text) : text;
}

/** Sessions are in UTC: an offset is written as `+00`, a date and a time without a zone have none. */
function instantOf(text: string): number {
  const written = text.replace(' ', 'T').replace(/\+00$/, '');
  return Date.parse(written.includes('T') ? `${written}Z` : `${written}T00:00:00Z`);
}
