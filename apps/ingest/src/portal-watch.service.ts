import { type CaptureDependencies, capturePortal } from '@funnelwatch/capture';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { waitForReadModels } from './backfill-pace.js';
import { type IngestParts, ingestParts } from './ingest-parts.js';

interface RunningCapture {
  abort: AbortController;
  ended: Promise<void>;
  /** True once this capture has told the registry how the connection stands. */
  hasReported: boolean;
  /** Days of certificates are counted in it. */
  zone: string;
}

const LOOK_EVERY_MS = 1000;

/** Captures every active portal of the registry; new ones start and paused ones stop within two seconds. */
@Injectable()
export class PortalWatch implements OnModuleInit, OnApplicationShutdown {
  private readonly running = new Map<string, RunningCapture>();
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(@Inject(ingestParts) private readonly parts: IngestParts) {}

  async onModuleInit(): Promise<void> {
    if (this.parts.isCapturing) await this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer) clearTimeout(this.timer);
    await this.looking;
    for (const capture of this.running.values()) capture.abort.abort(new Error('Ingest is stopping'));
    await Promise.all([...this.running.values()].map(({ ended }) => ended));
  }

  get portals(): number {
    return this.running.size;
  }

  private look(): Promise<void> {
    this.looking = this.compareWithRegistry()
      .catch((error: unknown) => this.parts.logger.error({ err: error }, 'The registry of portals cannot be read'))
      .finally(() => {
        if (!this.isStopping) this.timer = setTimeout(() => void this.look(), LOOK_EVERY_MS);
      });
    return this.looking;
  }

  private async compareWithRegistry(): Promise<void> {
    const active = new Map<string, RegisteredPortal>();
    for (const portal of await this.parts.registry.list()) {
      if (portal.status === 'active') active.set(portal.portalId, portal);
    }
    for (const [portalId, capture] of this.running) {
      const portal = active.get(portalId);
      // Registered anew: another webhook may be in force.
      const isRenewed = portal?.connectionState === 'connecting' && capture.hasReported;
      if (portal?.zone === capture.zone && !isRenewed) continue;
      capture.abort.abort(new Error('The portal is paused, or has another webhook or zone'));
      await capture.ended;
      this.running.delete(portalId);
    }
    for (const portal of active.values()) if (!this.running.has(portal.portalId)) this.start(portal);
  }

  private start(portal: RegisteredPortal): void {
    const abort = new AbortController();
    const capture: RunningCapture = { abort, ended: Promise.resolve(), hasReported: false, zone: portal.zone };
    capture.ended = capturePortal(portal, this.dependenciesOf(capture), abort.signal).catch((error: unknown) =>
      this.parts.logger.fatal({ portalId: portal.portalId, err: error }, 'The capture of a portal ended'),
    );
    this.running.set(portal.portalId, capture);
  }

  private dependenciesOf(capture: RunningCapture): CaptureDependencies {
    const { parts } = this;
    return {
      ...parts.capture,
      openClient: ({ portalId }) => parts.clients.open(portalId),
      reportConnection: async ({ portalId }, report) => {
        await parts.registry.setConnection(portalId, report);
        if (report.state === 'connected') {
          await parts.registry.describe(portalId, { currency: report.baseCurrency });
        }
        capture.hasReported = true;
      },
      pace: ({ bucket }, signal) => waitForReadModels(parts.capture.pool, bucket, parts.mostLagEvents, signal),
    };
  }
}
