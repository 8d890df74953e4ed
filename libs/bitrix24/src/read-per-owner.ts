import type { BatchOutcome } from './batch-answer.js';
import { type BitrixClient, type CallOptions, type Command, MAX_BATCH_COMMANDS } from './client.js';
import type { BitrixFailure } from './failure.js';
import type { Row } from './listings.js';
import { pause } from './pause.js';
import { isMap, type PortalTime } from './portal-time.js';

/** What can only be read owner by owner. */
export interface OwnerRead {
  name: string;
  command(ownerId: number, start: number): Command;
  rowsOf(result: unknown): Row[];
}

/** `{result: [...]}` and `{result: {name: [...]}}`, with PHP's list-or-object in both. */
const rowsAt = (name: string) => (result: unknown) => {
  const rows = name !== '' && isMap(result) ? result[name] : result;
  if (Array.isArray(rows)) return rows.filter(isMap);
  return isMap(rows) ? Object.values(rows).filter(isMap) : [];
};

const productRows = (name: string, ownerType: string): OwnerRead => ({
  name,
  command: (ownerId, start) => ({
    method: 'crm.item.productrow.list',
    params: { filter: { '=ownerType': ownerType, '=ownerId': ownerId }, order: { id: 'ASC' }, start },
  }),
  rowsOf: rowsAt('productRows'),
});

export const ownerReads = {
  dealProductRows: productRows('dealProductRows', 'D'),
  leadProductRows: productRows('leadProductRows', 'L'),
  invoiceProductRows: productRows('invoiceProductRows', 'SI'),
  activityBindings: {
    name: 'activityBindings',
    command: (activityId) => ({ method: 'crm.activity.binding.list', params: { activityId } }),
    rowsOf: rowsAt(''),
  },
  dealContacts: {
    name: 'dealContacts',
    command: (id) => ({ method: 'crm.deal.contact.items.get', params: { id } }),
    rowsOf: rowsAt(''),
  },
} as const satisfies Record<string, OwnerRead>;

export type OwnerRows =
  { ownerId: number; rows: Row[]; time: PortalTime | null } | { ownerId: number; failure: BitrixFailure };

export interface ReadPerOwnerOptions extends Omit<CallOptions, 'idempotent'> {
  maxCommands?: number;
}

interface Pending {
  ownerId: number;
  start: number;
  rows: Row[];
  attempt: number;
}

const ATTEMPTS = 4;

/**
 * Reads many owners, 50 per request; yields what each request completed. A command that fails for the moment is asked
 * again; one that fails for good is reported for its owner only (a deleted owner is NOT_FOUND).
 */
export async function* readPerOwner(
  client: Pick<BitrixClient, 'batch' | 'retryPauseMs'>,
  read: OwnerRead,
  ownerIds: Iterable<number>,
  options: ReadPerOwnerOptions = {},
): AsyncGenerator<OwnerRows[], void, undefined> {
  const { maxCommands = MAX_BATCH_COMMANDS, ...callOptions } = options;
  const source = ownerIds[Symbol.iterator]();
  let again: Pending[] = [];
  for (;;) {
    const pending = again.splice(0, maxCommands);
    while (pending.length < maxCommands) {
      const next = source.next();
      if (next.done) break;
      pending.push({ ownerId: next.value, start: 0, rows: [], attempt: 1 });
    }
    if (pending.length === 0) return;
    const commands = Object.fromEntries(
      pending.map((one, index) => [`c${index}`, read.command(one.ownerId, one.start)]),
    );
    const { outcomes } = await client.batch(commands, callOptions);
    const finished: OwnerRows[] = [];
    const repeated: Pending[] = [];
    for (const [index, one] of pending.entries()) {
      const result = settle(read, one, outcomes[`c${index}`] as BatchOutcome);
      if ('attempt' in result) repeated.push(result);
      else finished.push(result);
    }
    if (finished.length > 0) yield finished;
    again = [...again, ...repeated];
    const longestAttempt = Math.max(0, ...repeated.map(({ attempt }) => attempt - 1));
    if (longestAttempt > 0) await pause(client.retryPauseMs(longestAttempt), options.signal);
  }
}

function settle(read: OwnerRead, one: Pending, outcome: BatchOutcome): Pending | OwnerRows {
  if (!outcome.ok) {
    const { failure } = outcome;
    const mayRepeat = failure.retry === 'later' || failure.retry === 'when-reset';
    return mayRepeat && one.attempt < ATTEMPTS
      ? { ...one, attempt: one.attempt + 1 }
      : { ownerId: one.ownerId, failure };
  }
  const rows = [...one.rows, ...read.rowsOf(outcome.result)];
  if (outcome.next !== null && outcome.next > one.start) return { ...one, rows, start: outcome.next };
  return { ownerId: one.ownerId, rows, time: outcome.time };
}
