import { beginsClause, isName, isSymbol, isWord, splitAtCommas, type Token } from './tokens.js';

export interface OutputColumn {
  /** As PostgreSQL names it; `?column?` for an expression that it cannot name. */
  name: string;
  /** Set when the expression is a column and nothing else. */
  column?: string;
  /** The last cast of the expression, as written: `uuid`. */
  cast?: string;
  hasAggregate: boolean;
}

const aggregates = ['count', 'sum', 'max', 'min', 'avg', 'bool_or', 'bool_and', 'percentile_cont', 'percentile_disc'];
const typeWords = ['precision', 'varying', 'time', 'zone', 'with', 'without'];
const notAliases = ['end', 'null', 'true', 'false', 'unknown', ...typeWords];

/** Columns of the outermost SELECT, of the first one in a union; none when there is no such SELECT. */
export function outputColumnsOf(tokens: readonly Token[]): OutputColumn[] {
  const start = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'select'));
  if (start === -1) return [];
  const rest = tokens.slice(start + 1);
  const end = rest.findIndex((token, at) => token.depth === 0 && beginsClause(rest, at));
  const list = rest.slice(0, end === -1 ? undefined : end);
  return splitAtCommas(withoutDistinct(list), 0).map(readColumn);
}

function withoutDistinct(list: readonly Token[]): readonly Token[] {
  if (!isWord(list[0], 'distinct', 'all')) return list;
  if (!isWord(list[1], 'on')) return list.slice(1);
  const closing = list.findIndex((token) => isSymbol(token, ')') && token.depth === 0);
  return list.slice(closing + 1);
}

function readColumn(item: readonly Token[]): OutputColumn {
  const alias = aliasOf(item);
  const expression = alias === undefined ? item : item.slice(0, isWord(item.at(-2), 'as') ? -2 : -1);
  const castAt = expression.findLastIndex((token) => token.depth === 0 && isSymbol(token, '::'));
  const value = castAt === -1 ? expression : expression.slice(0, castAt);
  const column = columnOf(value);
  return {
    name: alias ?? nameOf(value),
    ...(column === undefined || castAt !== -1 ? {} : { column }),
    ...(castAt === -1
      ? {}
      : {
          cast: expression
            .slice(castAt + 1)
            .map((token) => token.text)
            .join(''),
        }),
    hasAggregate: hasAggregate(item),
  };
}

function aliasOf(item: readonly Token[]): string | undefined {
  const last = item.at(-1);
  const before = item.at(-2);
  if (!isName(last) || !before) return undefined;
  if (isWord(before, 'as')) return last.text;
  if (last.kind === 'word' && notAliases.includes(last.text)) return undefined;
  const follows = before.kind !== 'symbol' || before.text === ')' || before.text === ']';
  // `interval '1 day'` and the like end with no name; a word before a name ends an expression.
  return follows && !isWord(before, 'not', 'is', 'and', 'or', 'in', 'like') ? last.text : undefined;
}

function columnOf(value: readonly Token[]): string | undefined {
  const isDotted = value.every((token, at) => (at % 2 === 0 ? isName(token) : isSymbol(token, '.')));
  return isDotted && value.length % 2 === 1 ? value.at(-1)?.text : undefined;
}

function nameOf(value: readonly Token[]): string {
  const column = columnOf(value);
  if (column !== undefined) return column;
  const [first] = value;
  if (isWord(first, 'case')) return 'case';
  const opening = value.findIndex((token) => isSymbol(token, '('));
  return isName(first) && opening > 0 ? (value[opening - 1]?.text ?? '?column?') : '?column?';
}

/** Of its own: one inside a subquery says nothing about the rows around it. */
function hasAggregate(item: readonly Token[]): boolean {
  let inside = Infinity;
  return item.some((token, at) => {
    if (token.depth < inside) inside = Infinity;
    if (isSymbol(token, '(') && isWord(item[at + 1], 'select')) inside = Math.min(inside, token.depth + 1);
    return inside === Infinity && isWord(token, ...aggregates) && isSymbol(item[at + 1], '(');
  });
}
