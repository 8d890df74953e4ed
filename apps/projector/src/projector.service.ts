import { type ProjectionProgress, runReadModel } from '@funnelwatch/event-log';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { catalogue } from './catalogue.js';
import { type ProjectorParts, projectorParts } from './projector-parts.js';

/** Keeps read models up to date for as long as the program runs, and builds new generations of them. */
@Injectable()
export class ProjectorService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(@Inject(projectorParts) private readonly parts: ProjectorParts) {}

  onApplicationBootstrap(): void {
    const { models, listener, holder, pool, logger, metrics, batchSize } = this.parts;
    const { signal } = this.stopping;
    const runs = models.map(({ model, feed }) => {
      const onProgress = (progress: ProjectionProgress) => metrics.onProgress(model.name, progress);
      return runReadModel({ model, feed, listener, holder, pool, logger, batchSize, catalogue, signal, onProgress });
    });
    this.running = Promise.all(runs);
  }

  /** Finishes the batch under way and gives the buckets back. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}
