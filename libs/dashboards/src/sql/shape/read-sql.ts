import { type OutputColumn, outputColumnsOf } from './columns.js';
import { relationsOf } from './relations.js';
import { beginsClause, isSymbol, isWord, type Token, tokensOf } from './tokens.js';

/** What can be said of a query without a database. */
export interface SqlShape {
  /** False for anything but one SELECT, with or without WITH. */
  isOneSelect: boolean;
  columns: OutputColumn[];
  relations: string[];
  functions: string[];
  hasStar: boolean;
  /** Rows at most; undefined where the text sets no number. */
  limit?: number;
  /** Whether it is one row by its nature: nothing is read, or everything is aggregated without groups. */
  isOneRow: boolean;
  /** Whether the outermost query is in ascending order of its column `time`. */
  isInOrderOfTime: boolean;
}

/** Reads SQL whose macros and variables are replaced. Never throws; what it cannot read, it does not name. */
export function readSql(sql: string): SqlShape {
  const tokens = withoutLastSemicolon(tokensOf(sql));
  const columns = outputColumnsOf(tokens);
  const limit = limitOf(tokens);
  return {
    isOneSelect: isOneSelect(tokens),
    columns,
    ...relationsOf(tokens),
    hasStar: tokens.some((_token, at) => isStar(tokens, at)),
    ...(limit === undefined ? {} : { limit }),
    isOneRow: isOneRow(tokens, columns),
    isInOrderOfTime: isInOrderOfTime(tokens, columns),
  };
}

const withoutLastSemicolon = (tokens: Token[]): Token[] =>
  isSymbol(tokens.at(-1), ';') ? tokens.slice(0, -1) : tokens;

function isOneSelect(tokens: readonly Token[]): boolean {
  if (!isWord(tokens[0], 'select', 'with') || tokens.some((token) => isSymbol(token, ';'))) return false;
  return !tokens.some((token, at) => {
    if (isWord(token, 'into')) return true;
    const opens = isSymbol(tokens[at - 1], '(') || isWord(tokens[at - 1], 'for');
    return opens && isWord(token, 'insert', 'update', 'delete', 'merge', 'share');
  });
}

function isStar(tokens: readonly Token[], at: number): boolean {
  if (!isSymbol(tokens[at], '*')) return false;
  const before = tokens[at - 1];
  if (isSymbol(before, '(')) return false;
  const isFirst = isWord(before, 'select', 'distinct', 'all') || isSymbol(before, ',') || isSymbol(before, '.');
  const after = tokens[at + 1];
  return isFirst || after === undefined || isSymbol(after, ',') || isWord(after, 'from');
}

function limitOf(tokens: readonly Token[]): number | undefined {
  const at = tokens.findLastIndex((token) => token.depth === 0 && isWord(token, 'limit', 'first', 'next'));
  const [word, number] = [tokens[at], tokens[at + 1]];
  if (isWord(word, 'first', 'next') && !isWord(tokens[at - 1], 'fetch')) return undefined;
  return number?.kind === 'number' ? Number(number.text) : undefined;
}

function isOneRow(tokens: readonly Token[], columns: readonly OutputColumn[]): boolean {
  const outer = tokens.filter((token) => token.depth === 0);
  const isGrouped = outer.some((token, at) => isWord(token, 'group') && isWord(outer[at + 1], 'by'));
  if (isGrouped || outer.some((token) => isWord(token, 'union', 'over', 'intersect', 'except'))) return false;
  if (!outer.some((token) => isWord(token, 'from'))) return columns.length > 0;
  return columns.length > 0 && columns.every((column) => column.hasAggregate);
}

function isInOrderOfTime(tokens: readonly Token[], columns: readonly OutputColumn[]): boolean {
  const at = tokens.findLastIndex((token) => token.depth === 0 && isWord(token, 'order'));
  if (at === -1 || !isWord(tokens[at + 1], 'by')) return false;
  const rest = tokens.slice(at + 2);
  const end = rest.findIndex(
    (token, index) => token.depth === 0 && (isSymbol(token, ',') || beginsClause(rest, index)),
  );
  const key = rest.slice(0, end === -1 ? undefined : end);
  if (key.some((token) => isWord(token, 'desc'))) return false;
  const [first] = key;
  if (first?.kind === 'number') return columns[Number(first.text) - 1]?.name === 'time';
  return key.filter((token) => !isWord(token, 'asc')).length === 1 && first?.text === 'time';
}
