import { runProjection } from '@funnelwatch/event-log';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { catalogue } from './catalogue.js';
import { type ProjectorParts, projectorParts } from './projector-parts.js';

/** Keeps the funnel's read models up to date for as long as the program runs. */
@Injectable()
export class ProjectorService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(@Inject(projectorParts) private readonly parts: ProjectorParts) {}

  onApplicationBootstrap(): void {
    const { projection, feed, pool, logger, metrics, batchSize } = this.parts;
    this.running = runProjection({
      name: projection.name,
      feed,
      pool,
      logger,
      batchSize,
      catalogue,
      signal: this.stopping.signal,
      apply: (client, batch) => projection.apply(client, batch),
      onProgress: (progress) => metrics.onProgress(progress),
    });
  }

  /** Finishes the batch under way and gives the buckets back. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
