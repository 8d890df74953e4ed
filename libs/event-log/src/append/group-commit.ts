import { currentScope, inScope, isTransient, type PortalScope, scopeSetting } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { appendBatch } from './append-batch.js';
import type { AppendOutcome, AppendRequest } from './append-request.js';

export interface GroupCommitLimits {
  /** Most events in one transaction of coalesced appends. */
  maxEvents: number;
  /** Appends with more events than this go alone, without waiting for others. */
  bypassAboveEvents: number;
  /** Most transactions at once. */
  maxTransactions: number;
}

export const defaultGroupCommitLimits: GroupCommitLimits = {
  maxEvents: 128,
  bypassAboveEvents: 48,
  maxTransactions: 2,
};

interface Waiting {
  request: AppendRequest;
  /** Of the caller: what goes together has the same. */
  scope: PortalScope;
  settle: (outcome: AppendOutcome) => void;
  fail: (error: unknown) => void;
}

const ATTEMPTS = 3;
const RETRY_AFTER_MS = 50;

/**
 * Coalesces the appends of a process: while one transaction is on its way, those that arrive wait and go together in
 * the next one. At most one transaction per bucket is under way, in the order of arrival. Each append has an outcome
 * of its own.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private readonly busyBuckets = new Set<number>();
  private transactions = 0;
  private isScheduled = false;

  constructor(
    private readonly pool: Pool,
    private readonly limits: GroupCommitLimits,
  ) {}

  append(request: AppendRequest): Promise<AppendOutcome> {
    if (request.eventCount > this.limits.bypassAboveEvents) return this.appendAlone(request);
    return new Promise((settle, fail) => {
      this.waiting.push({ request, scope: currentScope(), settle, fail });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.startTransactions();
    });
  }

  private startTransactions(): void {
    while (this.waiting.length > 0 && this.transactions < this.limits.maxTransactions) {
      const batch = this.takeBatch();
      const [first] = batch;
      if (!first) return;
      void inScope(first.scope, () => this.commit(batch));
    }
  }

  /** The oldest appends of free buckets, up to the cap; what cannot go keeps its place and its order in its bucket. */
  private takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    const heldBack = new Set<number>();
    const eventIds = new Set<string>();
    let eventCount = 0;
    for (const one of this.waiting) {
      const { bucket, eventCount: size, eventIds: ids } = one.request;
      const [first] = batch;
      const fits = !first || (isSame(first.scope, one.scope) && eventCount + size <= this.limits.maxEvents);
      if (!fits || this.busyBuckets.has(bucket) || heldBack.has(bucket) || hasAny(eventIds, ids)) {
        heldBack.add(bucket);
        left.push(one);
        continue;
      }
      batch.push(one);
      eventCount += size;
      for (const id of ids) eventIds.add(id);
    }
    this.waiting = left;
    return batch;
  }

  private async commit(batch: Waiting[]): Promise<void> {
    const buckets = new Set(batch.map((one) => one.request.bucket));
    for (const bucket of buckets) this.busyBuckets.add(bucket);
    this.transactions += 1;
    try {
      const outcomes = await this.appendWithRetry(batch.map((one) => one.request));
      batch.forEach((one, index) => {
        const outcome = outcomes[index];
        if (outcome) one.settle(outcome);
      });
    } catch (error) {
      if (batch.length === 1 || isTransient(error)) for (const one of batch) one.fail(error);
      // One append that PostgreSQL refuses must not take the others along.
      else await Promise.all(batch.map((one) => this.appendAlone(one.request).then(one.settle, one.fail)));
    } finally {
      for (const bucket of buckets) this.busyBuckets.delete(bucket);
      this.transactions -= 1;
      this.schedule();
    }
  }

  private async appendAlone(request: AppendRequest): Promise<AppendOutcome> {
    const [outcome] = await this.appendWithRetry([request]);
    if (!outcome) throw new Error('An append has no outcome');
    return outcome;
  }

  /** A commit whose answer was lost may have happened: ids are deterministic, so the second try then is a replay. */
  private async appendWithRetry(requests: AppendRequest[]): Promise<AppendOutcome[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await appendBatch(this.pool, requests);
      } catch (error) {
        if (attempt === ATTEMPTS || !isTransient(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS * attempt));
      }
    }
  }
}

const isSame = (one: PortalScope, other: PortalScope): boolean => scopeSetting(one) === scopeSetting(other);

function hasAny(set: Set<string>, values: Set<string>): boolean {
  for (const value of values) if (set.has(value)) return true;
  return false;
}
