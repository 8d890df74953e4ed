export type PieceKind =
  | 'space'
  | 'comment'
  /** `'text'`. */
  | 'string'
  /** `"identifier"`. */
  | 'quoted'
  /** `$tag$text$tag$`. */
  | 'dollar'
  /** `$name(…)`, up to the first closing parenthesis, as Grafana reads it. */
  | 'macro'
  /** `$name`, `${name}`, `${name:format}` and `[[name]]`. */
  | 'variable'
  | 'number'
  | 'word'
  | 'symbol';

/** A stretch of SQL; the pieces of a text, joined, are that text. */
export interface Piece {
  kind: PieceKind;
  text: string;
}

// In this order: a dollar quote begins as a macro does, a macro as a variable.
const patterns: readonly (readonly [PieceKind, RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*/y],
  ['string', /[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)/y],
  ['quoted', /"(?:[^"]|"")*(?:"|$)/y],
  ['dollar', /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$/y],
  ['macro', /\$\w+\([^)]*\)/y],
  ['variable', /\$\{[^}]*\}|\[\[\w+(?::\w+)?\]\]|\$[A-Za-z_]\w*/y],
  ['number', /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['symbol', /::|<=|>=|<>|!=|\|\||->>|->|=>|[\s\S]/y],
];

/** Cuts SQL as it is written in a dashboard, with its macros and variables, into pieces. Loses nothing, throws nothing. */
export function lexSql(sql: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < sql.length;) {
    const piece = pieceAt(sql, at);
    pieces.push(piece);
    at += piece.text.length;
  }
  return pieces;
}

function pieceAt(sql: string, at: number): Piece {
  if (sql.startsWith('/*', at)) return { kind: 'comment', text: sql.slice(at, endOfBlock(sql, at)) };
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found) return { kind, text: found[0] };
  }
  return { kind: 'symbol', text: sql.charAt(at) };
}

/** PostgreSQL nests block comments. */
function endOfBlock(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(sql); mark; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}

/** The text without its comments; what looks like one inside a string, a quoted name or a dollar quote stays. */
export const stripComments = (sql: string): string =>
  lexSql(sql)
    .filter((piece) => piece.kind !== 'comment')
    .map((piece) => piece.text)
    .join('');
