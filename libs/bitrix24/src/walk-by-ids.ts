import type { BatchOutcome } from './batch-answer.js';
import type { BatchSize } from './batch-size.js';
import { type BatchAnswer, type BitrixClient, type CallOptions, type Command, MAX_BATCH_COMMANDS } from './client.js';
import { BitrixFailure, type BitrixFailureCode } from './failure.js';
import {
  idOf,
  lastIdReference,
  type Listing,
  listingCommand,
  type ListingQuery,
  type Row,
  rowsOf,
} from './listings.js';
import { pause } from './pause.js';
import type { PortalTime } from './portal-time.js';

/** What walks and reads need of a client. */
export type BatchClient = Pick<BitrixClient, 'host' | 'batch' | 'retryPauseMs'>;

export interface WalkOptions extends Pick<CallOptions, 'signal' | 'priority'>, Omit<ListingQuery, 'after' | 'counted'> {
  /** Where an earlier walk stopped: rows with greater ids follow. Ids of the portal begin with 1. */
  after?: number;
  /** Pages per request, at most 50; a `BatchSize` adapts itself. */
  maxCommands?: number | BatchSize;
  /** Rows to come, if known: a request does not carry more commands than they need. */
  expectedRows?: number;
}

export interface WalkPage {
  rows: Row[];
  /** Id of the last row so far: the place to go on from, in this walk or another. */
  lastId: number;
  /** When the portal began to answer the request of these rows: the state they show is not older. */
  time: PortalTime | null;
  /** True for the last page of the walk, which may be empty. */
  isLast: boolean;
}

const PAGE_ROWS = 50;
/** Requests in a row that bring nothing before the walk gives up. */
const FRUITLESS_REQUESTS = 4;

/**
 * All rows of a listing in ascending order of ids, up to 2,500 per request: each command of a batch asks for ids above
 * the last one of the command before. What follows the first short page is discarded. A request that was cut, too large
 * or failed for the moment is repeated from the place reached, smaller each time; any other failure is thrown after the
 * rows before it were handed out.
 */
export async function* walkByIds(
  client: BatchClient,
  listing: Listing,
  options: WalkOptions = {},
): AsyncGenerator<WalkPage, void, undefined> {
  let lastId = options.after ?? 0;
  let remaining = options.expectedRows ?? Infinity;
  let fruitless = 0;
  let most = MAX_BATCH_COMMANDS;
  for (;;) {
    const commands = Math.min(most, commandsFor(options.maxCommands, remaining));
    const read = await readPages(client, listing, lastId, commands, options);
    const { failure } = read;
    if (read.isChainBroken) most = 1;
    // More rows than expected: the expectation is of no more use.
    remaining = read.rows.length < remaining ? remaining - read.rows.length : Infinity;
    lastId = read.lastId;
    if (read.rows.length > 0 || read.isLast) {
      yield { rows: read.rows, lastId, time: read.time, isLast: read.isLast };
    }
    if (read.isLast) return;
    fruitless = read.rows.length > 0 ? 0 : fruitless + 1;
    if (!failure) continue;
    const isTooMuch = TOO_MUCH.has(failure.code);
    const mayRepeat = failure.retry === 'later' || failure.retry === 'when-reset' || (isTooMuch && commands > 1);
    if (!mayRepeat || fruitless >= FRUITLESS_REQUESTS) throw failure;
    if (isTooMuch) most = Math.max(1, Math.floor(commands / 4));
    // The limiter itself holds a method whose time is used up.
    if (failure.retry === 'later') await pause(client.retryPauseMs(fruitless + 1), options.signal);
  }
}

/** Failures that a smaller request may not have. */
const TOO_MUCH: ReadonlySet<BitrixFailureCode> = new Set(['TIMED_OUT', 'TEMPORARY', 'NOT_JSON', 'ANSWER_TOO_LARGE']);

function commandsFor(maxCommands: WalkOptions['maxCommands'], remaining: number): number {
  const most = typeof maxCommands === 'object' ? maxCommands.commands : (maxCommands ?? MAX_BATCH_COMMANDS);
  // One page more than full ones: only a short page says that the list has ended.
  const needed = Number.isFinite(remaining) ? Math.floor(remaining / PAGE_ROWS) + 1 : MAX_BATCH_COMMANDS;
  return Math.max(1, Math.min(most, needed, MAX_BATCH_COMMANDS));
}

/** One request; a failure of the whole request comes back as one of its first command. */
async function readPages(
  client: BatchClient,
  listing: Listing,
  after: number,
  count: number,
  options: WalkOptions,
): Promise<Consumed> {
  const { modified, filter, idsOnly, signal, priority, maxCommands } = options;
  const size = typeof maxCommands === 'object' ? maxCommands : null;
  const commands: Record<string, Command> = {};
  for (let index = 0; index < count; index += 1) {
    const from = index === 0 ? after : lastIdReference(listing, `c${index - 1}`);
    commands[`c${index}`] = listingCommand(listing, { after: from, modified, filter, idsOnly });
  }
  const startedAtMs = performance.now();
  try {
    // One attempt: the walk itself repeats, with fewer commands.
    const answer = await client.batch(commands, { signal, priority, attempts: 1 });
    const read = consume(client, listing, after, answer, count);
    if (read.failure) size?.observeFailure();
    else size?.observe(count, performance.now() - startedAtMs);
    return read;
  } catch (error) {
    if (!(error instanceof BitrixFailure)) throw error;
    size?.observeFailure();
    return { ...nothing(after), failure: error };
  }
}

interface Consumed {
  rows: Row[];
  lastId: number;
  isLast: boolean;
  time: PortalTime | null;
  failure: BitrixFailure | null;
  /** The portal does not replace references between commands: read page by page. */
  isChainBroken: boolean;
}

/** Takes pages in order up to the first short one, the first failure, or a page that does not follow the one before. */
function consume(
  client: BatchClient,
  listing: Listing,
  after: number,
  answer: BatchAnswer,
  commands: number,
): Consumed {
  const read: Consumed = { ...nothing(after), time: answer.time };
  for (let index = 0; index < commands; index += 1) {
    const outcome = answer.outcomes[`c${index}`] as BatchOutcome;
    if (!outcome.ok) return { ...read, failure: outcome.failure };
    if (index === 0 && outcome.time) read.time = outcome.time;
    const page = rowsOf(listing, outcome.result);
    if (!isAscendingAfter(listing, page, read.lastId)) {
      // The first page out of order means that the filter or the order is ignored, which would lose rows.
      return index > 0 ? { ...read, isChainBroken: true } : { ...read, failure: ignored(client.host, listing) };
    }
    for (const row of page) read.rows.push(row);
    const last = page.at(-1);
    if (last) read.lastId = idOf(listing, last);
    if (page.length < PAGE_ROWS) return { ...read, isLast: true };
  }
  return read;
}

function nothing(after: number): Consumed {
  return { rows: [], lastId: after, isLast: false, time: null, failure: null, isChainBroken: false };
}

function isAscendingAfter(listing: Listing, page: Row[], after: number): boolean {
  let previous = after;
  for (const row of page) {
    const id = idOf(listing, row);
    if (!(id > previous)) return false;
    previous = id;
  }
  return true;
}

function ignored(host: string, listing: Listing): BitrixFailure {
  return new BitrixFailure('UNKNOWN', 'never', {
    host,
    method: listing.method,
    status: null,
    portalCode: null,
    reason: 'filter-ignored',
    scope: null,
    newHost: null,
  });
}
