import { Injectable } from '@nestjs/common';
import type { Logger } from '@funnelwatch/observability';
import { inScope } from '@funnelwatch/postgres';
import { ProjectedPositions } from '../positions/projected-positions.js';

export interface PositionListener {
  /** Called one at a time, in order; a position may be skipped, never repeated. */
  reached(position: number): Promise<void>;
  closed(): void;
}

const pollMs = 200;

/** Looks how far the read models are, five times a second and with one statement, while anybody listens. */
@Injectable()
export class PositionWatch {
  private readonly listeners = new Set<PositionListener & { bucket: number; position: number }>();
  private timer: NodeJS.Timeout | null = null;
  private isFailing = false;
  private isClosed = false;

  constructor(
    private readonly positions: ProjectedPositions,
    private readonly logger: Logger,
  ) {}

  /** Returns what stops it. The first call comes at once, with the position of the moment. */
  add(bucket: number, listener: PositionListener): () => void {
    const entry = { bucket, position: -1, reached: listener.reached, closed: listener.closed };
    if (this.isClosed) {
      entry.closed();
      return () => undefined;
    }
    this.listeners.add(entry);
    if (!this.timer) this.schedule(0);
    return () => this.listeners.delete(entry);
  }

  /** Ends all streams, so that the server can stop. */
  close(): void {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (const listener of this.listeners) listener.closed();
    this.listeners.clear();
  }

  private schedule(delayMs: number): void {
    this.timer = setTimeout(() => {
      // Shared by all streams, and not of the request that came first: each listener states its own scope.
      void inScope([], () => this.look()).then(() => {
        this.timer = null;
        if (this.listeners.size > 0 && !this.isClosed) this.schedule(pollMs);
      });
    }, delayMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    try {
      const positions = await this.positions.of([...new Set([...this.listeners].map(({ bucket }) => bucket))]);
      for (const listener of this.listeners) {
        const position = positions.get(listener.bucket);
        if (position === undefined || position === listener.position) continue;
        await listener.reached(position);
        listener.position = position;
      }
      this.isFailing = false;
    } catch (error) {
      // Streams stay open and continue when the database is back; one line for the whole outage.
      if (!this.isFailing) this.logger.warn({ reason: (error as Error).message }, 'changes cannot be read');
      this.isFailing = true;
    }
  }
}
