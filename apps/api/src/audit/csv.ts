/** Cells a spreadsheet would take for a formula. */
const formula = /^[\s]*[=+\-@\t\r]/;

/**
 * One line of RFC 4180 with its line break. A cell that a spreadsheet would run as a formula begins with an apostrophe;
 * null is an empty cell.
 */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => quoted(cell ?? '')).join(',')}\r\n`;
}

function quoted(cell: string): string {
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
