import type { BatchOutcome, Command, Row } from '@funnelwatch/bitrix24';
import type { JsonValue } from '@funnelwatch/kernel';
import type { CapturedListing } from '../listings/captured-listings.js';
import { lastIdReference, PAGE_ROWS, pageCommand, rowsOfChain } from '../listings/page-command.js';

/** Above this a listing is read newest first, objects in process before all others. */
const LARGE_LISTING_ROWS = 10_000;

interface Segment {
  filter?: Record<string, string>;
  direction: 'ascending' | 'descending';
}

/** Where a reading stands; stored with the facts of what was read. */
export interface ReadingPosition {
  plan: 'by-id' | 'newest-first' | 'open-first';
  segment: number;
  after: number | null;
}

export interface ReadRows {
  reader: ListingReader;
  rows: Row[];
  /** Portal time of the reply's first command, and the number of the request. */
  observedAt: string;
  request: number;
  /** Position once these rows are stored. */
  position: ReadingPosition;
  /** Segment the rows belong to; `position` may already name the next one. */
  readSegment: number;
  isEnd: boolean;
}

/** Reads one listing of a backfill through chained pages; knows how far it has fetched. */
export class ListingReader {
  private position: ReadingPosition;
  private fetched: number;
  isFinished = false;

  constructor(
    readonly captured: CapturedListing,
    private readonly total: number,
    done: number,
    stored: JsonValue | undefined,
  ) {
    this.position = (stored as unknown as ReadingPosition | undefined) ?? firstPosition(captured, total);
    this.fetched = done;
  }

  get name(): string {
    return this.captured.name;
  }

  /** Pages still expected, at least one; a count that is a multiple of the page size needs one more to see the end. */
  get expectedPages(): number {
    return Math.floor(Math.max(0, this.total - this.fetched) / PAGE_ROWS) + 1;
  }

  /** Commands of the next pages, each leading on from the one before. */
  commands(prefix: string, pages: number): Record<string, Command> {
    const { listing } = this.captured;
    const { filter, direction } = this.segment();
    const commands: Record<string, Command> = {};
    for (let page = 0; page < pages; page += 1) {
      const after = page === 0 ? this.position.after : lastIdReference(listing, `${prefix}${page - 1}`);
      commands[`${prefix}${page}`] = pageCommand(listing, { direction, filter, after: after ?? undefined });
    }
    return commands;
  }

  /**
   * Takes the outcomes of `commands`. A page that failed ends what could be read; the next request asks for it again.
   * Throws the failure when not even the first page came.
   */
  accept(outcomes: Record<string, BatchOutcome>, prefix: string, pages: number, request: number): ReadRows {
    const { direction } = this.segment();
    const results: unknown[] = [];
    let observedAt: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const outcome = outcomes[`${prefix}${page}`];
      if (outcome && !outcome.ok && page === 0) throw outcome.failure;
      if (!outcome?.ok) break;
      observedAt ??= outcome.time?.startedAt;
      results.push(outcome.result);
    }
    if (observedAt === undefined) throw new Error('The portal answered without its time');
    const chain = rowsOfChain(this.captured.listing, results, this.position.after ?? undefined, direction);
    this.fetched += chain.rows.length;
    const readSegment = this.position.segment;
    const isLastSegment = this.position.segment + 1 >= segmentsOf(this.captured, this.position.plan).length;
    this.isFinished = chain.isEnd && isLastSegment;
    this.position =
      chain.isEnd && !isLastSegment
        ? { ...this.position, segment: this.position.segment + 1, after: null }
        : { ...this.position, after: chain.last ?? this.position.after };
    return {
      reader: this,
      rows: chain.rows,
      observedAt,
      request,
      position: this.position,
      readSegment,
      isEnd: this.isFinished,
    };
  }

  private segment(): Segment {
    return segmentsOf(this.captured, this.position.plan)[this.position.segment] ?? { direction: 'ascending' };
  }
}

function firstPosition(captured: CapturedListing, total: number): ReadingPosition {
  const isLarge = total > LARGE_LISTING_ROWS && captured.holds === 'objects' && captured.kind !== 'user';
  if (!isLarge) return { plan: 'by-id', segment: 0, after: null };
  return { plan: captured.openFilter ? 'open-first' : 'newest-first', segment: 0, after: null };
}

function segmentsOf(captured: CapturedListing, plan: ReadingPosition['plan']): Segment[] {
  if (plan === 'by-id') return [{ direction: 'ascending' }];
  if (plan === 'open-first' && captured.holds === 'objects' && captured.openFilter) {
    return [
      { direction: 'descending', filter: captured.openFilter },
      { direction: 'descending', filter: captured.closedFilter },
    ];
  }
  return [{ direction: 'descending' }];
}
