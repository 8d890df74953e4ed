import { ApiProblem } from '../api/problem.js';

export type Cell = string | number | boolean | null;

const MOST_BYTES = 2_000_000;
const MOST_COLUMNS = 26;
const MOST_ROWS = 1000;

/**
 * Rows of the first sheet of a workbook. Throws an ApiProblem SHEET_UNREADABLE for what is no workbook,
 * SHEET_TOO_LARGE for one of which a part would be left out.
 */
export async function cellsOf(file: File): Promise<Cell[][]> {
  if (file.size > MOST_BYTES) throw unreadable();
  const { default: readExcelFile } = await import('read-excel-file/browser');
  const sheets = await readExcelFile(file).catch((error: unknown) => {
    throw unreadable(error);
  });
  const rows = sheets[0]?.data ?? [];
  const cut = [...rows.slice(MOST_ROWS), ...rows.map((row) => row.slice(MOST_COLUMNS))];
  // A part would pass for the whole; formats without a value are no loss.
  if (cut.flat().some((value) => value !== null)) throw new ApiProblem(400, 'SHEET_TOO_LARGE', '', null, []);
  return rows.slice(0, MOST_ROWS).map((row) => row.slice(0, MOST_COLUMNS).map(cellOf));
}

/** A day stands as its date: spreadsheets know no zones. */
function cellOf(value: unknown): Cell {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function unreadable(cause?: unknown): ApiProblem {
  const problem = new ApiProblem(400, 'SHEET_UNREADABLE', '', null, []);
  problem.cause = cause;
  return problem;
}
