import { beginsClause, isName, isSymbol, isWord, type Token } from './tokens.js';

export interface Relations {
  /** Tables and views in FROM and JOIN, as written in lower case: `grafana.portal`. Names of WITH are left out. */
  relations: string[];
  /** Functions in FROM and JOIN. */
  functions: string[];
}

/** Functions whose arguments are divided by the word FROM. */
const divided = ['extract', 'substring', 'trim', 'overlay', 'position'];

/** Whatever the text reads from, in subqueries too. */
export function relationsOf(tokens: readonly Token[]): Relations {
  const found: Relations = { relations: [], functions: [] };
  const openedBy: string[] = [];
  tokens.forEach((token, index) => {
    if (isSymbol(token, '(') || isSymbol(token, '[')) openedBy.push(tokens[index - 1]?.text ?? '');
    if (isSymbol(token, ')') || isSymbol(token, ']')) openedBy.pop();
    if (isWord(token, 'join')) readTargets(tokens, index + 1, token.depth, found);
    if (!isWord(token, 'from') || isWord(tokens[index - 1], 'distinct')) return;
    if (!divided.includes(openedBy.at(-1) ?? '')) readTargets(tokens, index + 1, token.depth, found);
  });
  const own = new Set(namesOfWith(tokens));
  return {
    relations: [...new Set(found.relations)].filter((name) => !own.has(name)),
    functions: [...new Set(found.functions)],
  };
}

/** The list after FROM, or the one target after JOIN, up to the next clause. */
function readTargets(tokens: readonly Token[], start: number, depth: number, found: Relations): void {
  let isExpected = true;
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (!token || token.depth < depth) return;
    if (token.depth > depth) continue;
    if (beginsClause(tokens, index) || isWord(token, 'join')) return;
    if (isSymbol(token, ',')) isExpected = true;
    else if (isExpected && !isWord(token, 'lateral', 'only')) {
      isExpected = false;
      index = readTarget(tokens, index, found);
    }
  }
}

/** Index of the last token that was read. */
function readTarget(tokens: readonly Token[], start: number, found: Relations): number {
  if (isSymbol(tokens[start], '(')) {
    // Joins in parentheses; a subquery finds its FROM by itself.
    if (!isWord(tokens[start + 1], 'select', 'with', 'values')) {
      readTargets(tokens, start + 1, (tokens[start]?.depth ?? 0) + 1, found);
    }
    return start;
  }
  const parts: string[] = [];
  let index = start;
  for (let token = tokens[index]; isName(token); token = tokens[index]) {
    parts.push(token.text);
    if (!isSymbol(tokens[index + 1], '.')) break;
    index += 2;
  }
  (isSymbol(tokens[index + 1], '(') ? found.functions : found.relations).push(parts.join('.'));
  return index;
}

/** Names that WITH gives, wherever it stands. */
function namesOfWith(tokens: readonly Token[]): string[] {
  const names: string[] = [];
  tokens.forEach((token, index) => {
    if (!isWord(token, 'with')) return;
    let at = isWord(tokens[index + 1], 'recursive') ? index + 2 : index + 1;
    for (let name = tokens[at]; isName(name) && name.depth === token.depth; name = tokens[at]) {
      const body = bodyOfWith(tokens, at + 1);
      if (body === undefined) return;
      names.push(name.text);
      const end = closingOf(tokens, body);
      if (!isSymbol(tokens[end + 1], ',')) return;
      at = end + 2;
    }
  });
  return names;
}

/** Where the parenthesis of the query opens, undefined when this is no WITH of queries (`WITH ORDINALITY`). */
function bodyOfWith(tokens: readonly Token[], start: number): number | undefined {
  let at = start;
  if (isSymbol(tokens[at], '(')) at = closingOf(tokens, at) + 1;
  if (!isWord(tokens[at], 'as')) return undefined;
  at += 1;
  while (isWord(tokens[at], 'not', 'materialized')) at += 1;
  return isSymbol(tokens[at], '(') ? at : undefined;
}

function closingOf(tokens: readonly Token[], opening: number): number {
  const depth = tokens[opening]?.depth ?? 0;
  const found = tokens.findIndex((token, index) => index > opening && token.depth === depth);
  return found === -1 ? tokens.length : found;
}
