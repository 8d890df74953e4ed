import { isMacro } from './expand-macros.js';
import { lexSql } from './lex-sql.js';

/** What is chosen of a variable. */
export type Selection =
  | { one: string }
  /** Of a variable that takes many; may be none. */
  | { several: readonly string[] }
  /** All: every option, or `allValue` as it stands, which Grafana puts in without any quoting. */
  | { all: readonly string[]; allValue?: string };

export type Selections = Readonly<Record<string, Selection>>;

/**
 * SQL with its variables replaced as Grafana replaces `${name:sqlstring}`. Throws for every other format, for `$name`
 * and `[[name]]`, for a variable inside quotes, for an unknown one, and for built-ins of the browser (`$__from`).
 */
export function interpolate(sql: string, selections: Selections): string {
  return lexSql(sql)
    .map(({ kind, text }) => {
      if (kind === 'variable') return replaced(text, selections);
      if (kind === 'macro') refuseInside(text.slice(text.indexOf('(')), 'a macro', selections);
      if (kind === 'string' || kind === 'quoted' || kind === 'dollar') refuseInside(text, 'quotes', selections);
      return text;
    })
    .join('');
}

/** The list that stands for a selection: quoted literals with commas between, nothing at all for none. */
function sqlString(selection: Selection): string {
  if ('one' in selection) return literal(selection.one);
  if ('several' in selection) return selection.several.map(literal).join(',');
  return selection.allValue ?? selection.all.map(literal).join(',');
}

/** Grafana doubles the quote, but puts a backslash before a double quote: such a value finds nothing. */
const literal = (value: string): string => `'${value.replaceAll("'", "''").replaceAll('"', '\\"')}'`;

function replaced(text: string, selections: Selections): string {
  const name = /^\$\{(\w+):sqlstring\}$/.exec(text)?.[1];
  if (name === undefined) {
    if (/^\$\w+$/.test(text) && isMacro(text.slice(1))) return text;
    throw new Error(`${text} is not safe in SQL: write \${name:sqlstring}`);
  }
  const selection = Object.hasOwn(selections, name) ? selections[name] : undefined;
  if (!selection) throw new Error(`Nothing is known of the variable ${name}`);
  return sqlString(selection);
}

function refuseInside(text: string, what: string, selections: Selections): void {
  const found = /\$\{\w|\[\[\w+(?::\w+)?\]\]/.exec(text) ?? variablesWithoutBraces(text, selections);
  if (found) throw new Error(`A variable stands inside ${what}: ${text}`);
}

/** A dollar sign in a text is no variable unless there is one of that name. */
const variablesWithoutBraces = (text: string, selections: Selections): string | undefined =>
  [...text.matchAll(/\$(\w+)/g)].map(([, name = '']) => name).find((name) => Object.hasOwn(selections, name));

/** Names of the variables a text asks for, in any format, wherever they stand. Built-ins are left out. */
export function variablesOf(text: string): string[] {
  const found = text.matchAll(/\$\{(\w+)[^}]*\}|\[\[(\w+)(?::\w+)?\]\]|\$(\w+)/g);
  const names = [...found].map(([, braced, bracketed, bare]) => braced ?? bracketed ?? bare ?? '');
  return [...new Set(names.filter((name) => !name.startsWith('__') && !/^\d/.test(name)))];
}
