/** Parameters of a call, nested as the client wrote them. */
export type Parameters = Record<string, unknown>;

/** Decodes `a[b][c]=v&d[]=w` with the nesting rules of PHP. */
export function decodeForm(text: string): Parameters {
  const bag = new Map<string, unknown>();
  if (text !== '') {
    for (const pair of text.split('&')) {
      if (pair === '') continue;
      const equals = pair.indexOf('=');
      const name = decodePart(equals < 0 ? pair : pair.slice(0, equals));
      assign(bag, name, decodePart(equals < 0 ? '' : pair.slice(equals + 1)));
    }
  }
  return plain(bag) as Parameters;
}

/** Builds the same bag from fields that are already decoded, as multipart bodies bring them. */
export function nestFields(fields: Iterable<[string, string]>): Parameters {
  const bag = new Map<string, unknown>();
  for (const [name, value] of fields) assign(bag, name, value);
  return plain(bag) as Parameters;
}

/** Later parameters win; bags inside are not merged. */
export function mergeParameters(...bags: Parameters[]): Parameters {
  return Object.assign({}, ...bags) as Parameters;
}

/** A map or list of the client as a map; anything else is empty. */
export function mapOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A list of the client, written as a list or as a map with any keys. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return Object.values(value);
  return value === undefined || value === null || value === '' ? [] : [value];
}

/** A whole number of the client; NaN when there is none. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return Math.trunc(value);
  return typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** An upper-case parameter is accepted in lower case as well: methods disagree about the spelling. */
export function either(parameters: Parameters, ...names: string[]): unknown {
  for (const name of names) if (parameters[name] !== undefined) return parameters[name];
  return undefined;
}

function decodePart(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function assign(bag: Map<string, unknown>, name: string, value: string): void {
  const bracket = name.indexOf('[');
  if (bracket <= 0) {
    bag.set(name, value);
    return;
  }
  const path = [name.slice(0, bracket)];
  for (const match of name.slice(bracket).matchAll(/\[([^\]]*)\]/g)) path.push(match[1] ?? '');
  let level = bag;
  for (let index = 0; index < path.length - 1; index++) {
    const key = keyIn(level, path[index] as string);
    const next = level.get(key);
    if (next instanceof Map) {
      level = next as Map<string, unknown>;
    } else {
      const created = new Map<string, unknown>();
      level.set(key, created);
      level = created;
    }
  }
  level.set(keyIn(level, path.at(-1) as string), value);
}

/** An empty key appends: the next free index. */
function keyIn(level: Map<string, unknown>, key: string): string {
  if (key !== '') return key;
  let next = 0;
  for (const known of level.keys()) if (/^\d+$/.test(known)) next = Math.max(next, Number(known) + 1);
  return String(next);
}

function plain(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const entries = [...(value as Map<string, unknown>)].map(([key, inner]) => [key, plain(inner)] as const);
  if (entries.length > 0 && entries.every(([key], index) => key === String(index)))
    return entries.map(([, inner]) => inner);
  return Object.fromEntries(entries);
}
