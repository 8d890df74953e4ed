import { failureOfError } from './classify.js';
import type { BitrixFailure } from './failure.js';
import { type PortalTime, isMap, readPortalTime } from './portal-time.js';

export type BatchOutcome =
  | { ok: true; result: unknown; total: number | null; next: number | null; time: PortalTime | null }
  | { ok: false; failure: BitrixFailure };

/**
 * A container of a batch answer by key. PHP writes an empty map as `[]`, a map with the keys 0…n−1 as a list, any
 * other one as an object.
 */
export function byKey(container: unknown): Map<string, unknown> {
  if (Array.isArray(container)) return new Map(container.map((value: unknown, index) => [String(index), value]));
  return new Map(isMap(container) ? Object.entries(container) : []);
}

/** The outcome of every command, by its key. A command that appears nowhere in the answer counts as not executed. */
export function readBatchAnswer(
  result: unknown,
  commands: { key: string; method: string; idempotent: boolean }[],
  host: string,
): Map<string, BatchOutcome> {
  const answer = isMap(result) ? result : {};
  const results = byKey(answer.result);
  const errors = byKey(answer.result_error);
  const totals = byKey(answer.result_total);
  const nexts = byKey(answer.result_next);
  const times = byKey(answer.result_time);
  return new Map(
    commands.map(({ key, method, idempotent }): [string, BatchOutcome] => {
      const context = { host, method, idempotent };
      if (errors.has(key)) return [key, { ok: false, failure: failureOfError(errors.get(key), null, context) }];
      if (!results.has(key)) {
        const failure = failureOfError({ error: 'ERROR_UNEXPECTED_ANSWER' }, null, context);
        return [key, { ok: false, failure }];
      }
      return [
        key,
        {
          ok: true,
          result: results.get(key),
          total: count(totals.get(key)),
          next: count(nexts.get(key)),
          time: readPortalTime(times.get(key)),
        },
      ];
    }),
  );
}

export function count(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null;
}
