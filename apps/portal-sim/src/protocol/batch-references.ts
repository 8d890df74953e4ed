import { phpMap } from './php-containers.js';

/** What earlier commands of a batch left for later ones. */
export interface BatchOutcome {
  result: Map<string, unknown>;
  next: Map<string, unknown>;
  total: Map<string, unknown>;
  time: Map<string, unknown>;
  error: Map<string, unknown>;
}

const reference = /\$(result|next|total|time|error)((?:\[[^\]]*\])*)/g;

/**
 * Replaces `$result[key][path]` in parameters. A value that is one reference may become anything, a reference inside a
 * longer text only a scalar. A path that breaks off gives the last level it found.
 */
export function substituteReferences(value: unknown, outcome: BatchOutcome): unknown {
  if (typeof value === 'string') return substituteText(value, outcome);
  if (Array.isArray(value)) return value.map((entry) => substituteReferences(entry, outcome));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituteReferences(inner, outcome)]));
  }
  return value;
}

function substituteText(text: string, outcome: BatchOutcome): unknown {
  if (!text.includes('$')) return text;
  const whole = /^\$(result|next|total|time|error)((?:\[[^\]]*\])*)$/.exec(text);
  if (whole) return resolve(whole[1] as keyof BatchOutcome, whole[2] ?? '', outcome) ?? '';
  return text.replaceAll(reference, (_match, root: keyof BatchOutcome, path: string) => {
    const found = resolve(root, path, outcome);
    return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
  });
}

function resolve(root: keyof BatchOutcome, path: string, outcome: BatchOutcome): unknown {
  const keys = [...path.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  const map = outcome[root];
  const [first, ...rest] = keys;
  if (first === undefined || !map.has(first)) return phpMap([...map]);
  let level = map.get(first);
  for (const key of rest) {
    if (typeof level !== 'object' || level === null || !(key in level)) return level;
    level = (level as Record<string, unknown>)[key];
  }
  return level;
}
