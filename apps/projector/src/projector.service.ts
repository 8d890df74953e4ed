import { runReadModel } from '@funnelwatch/event-log';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { catalogue } from './catalogue.js';
import { type ProjectorParts, projectorParts } from './projector-parts.js';

/** Keeps the funnel's read models up to date for as long as the program runs, and builds new generations of them. */
@Injectable()
export class ProjectorService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(@Inject(projectorParts) private readonly parts: ProjectorParts) {}

  onApplicationBootstrap(): void {
    const { model, feed, listener, holder, pool, logger, metrics, batchSize } = this.parts;
    this.running = runReadModel({
      model,
      feed,
      listener,
      holder,
      pool,
      logger,
      batchSize,
      catalogue,
      signal: this.stopping.signal,
      onProgress: (progress) => metrics.onProgress(progress),
    });
  }

  /** Finishes the batch under way and gives the buckets back. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
