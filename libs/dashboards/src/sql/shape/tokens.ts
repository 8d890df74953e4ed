import { lexSql, type PieceKind } from '../lex-sql.js';

export interface Token {
  kind: PieceKind;
  /** A word in lower case, a quoted name without its quotes, everything else as written. */
  text: string;
  /** How many parentheses are open around it; an opening one and its closing one count as outside. */
  depth: number;
}

/** The tokens of SQL whose macros and variables are replaced. */
export function tokensOf(sql: string): Token[] {
  let depth = 0;
  const tokens: Token[] = [];
  for (const { kind, text } of lexSql(sql)) {
    if (kind === 'space' || kind === 'comment') continue;
    if (kind === 'symbol' && (text === ')' || text === ']')) depth -= 1;
    tokens.push({
      kind,
      text: kind === 'word' ? text.toLowerCase() : kind === 'quoted' ? unquoted(text) : text,
      depth,
    });
    if (kind === 'symbol' && (text === '(' || text === '[')) depth += 1;
  }
  return tokens;
}

const unquoted = (name: string): string => name.slice(1, -1).replaceAll('""', '"');

export const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text);

export const isSymbol = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'symbol' && token.text === text;

export const isName = (token: Token | undefined): token is Token =>
  token !== undefined && (token.kind === 'quoted' || token.kind === 'word');

/** Parts between commas that stand at `depth`. */
export function splitAtCommas(tokens: readonly Token[], depth: number): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isSymbol(token, ',') && token.depth === depth) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

const clauseWords = [
  'from',
  'where',
  'group',
  'having',
  'window',
  'order',
  'limit',
  'offset',
  'fetch',
  'for',
  'union',
  'intersect',
  'except',
];

/** Whether the next clause of a query begins there; `WITHIN GROUP` begins none. */
export const beginsClause = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at], ...clauseWords) && (!isWord(tokens[at], 'group') || isWord(tokens[at + 1], 'by'));
