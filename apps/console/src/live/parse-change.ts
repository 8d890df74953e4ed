import type { Change } from '../api/schema.js';

/** Reads one server-sent change; `null` for anything that is not one. */
export function parseChange(data: unknown): Change | null {
  if (typeof data !== 'string') return null;
  let body: unknown;
  try {
    body = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('position' in body) || typeof body.position !== 'string') {
    return null;
  }
  const kinds = 'kinds' in body && Array.isArray(body.kinds) ? body.kinds : [];
  const records = 'records' in body && Array.isArray(body.records) ? body.records : [];
  return {
    position: body.position,
    events: 'events' in body && typeof body.events === 'number' ? body.events : 0,
    kinds: kinds.filter((kind): kind is string => typeof kind === 'string'),
    records: records.flatMap((each: unknown) =>
      typeof each === 'object' &&
      each !== null &&
      'kind' in each &&
      'id' in each &&
      typeof each.kind === 'string' &&
      typeof each.id === 'string'
        ? [{ kind: each.kind, id: each.id }]
        : [],
    ),
    more: 'more' in body && body.more === true,
  };
}
