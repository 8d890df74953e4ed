import { Rejection } from '@funnelwatch/kernel';
import type { Logger } from '@funnelwatch/observability';
import type { PortalRegistry, RegisteredPortal } from '@funnelwatch/portals';
import { inScope } from '@funnelwatch/postgres';
import type { FiguresPublisher } from './figures-publisher.js';
import type { PublisherLock } from './publisher-lock.js';

export interface PublishingParts {
  publisher: Pick<FiguresPublisher, 'publish' | 'noteFailure'>;
  lock: PublisherLock;
  registry: Pick<PortalRegistry, 'list'>;
  logger: Pick<Logger, 'warn'>;
  /** From the beginning of a round to that of the next one; a longer round delays it. 0 for never. */
  everySeconds: number;
}

/** What a round came to, in portals. */
export interface Round {
  written: number;
  renewed: number;
  failed: number;
}

/** Publishes the figures of all portals again and again, one portal after the other. */
export class PublishingLoop {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();
  private isStopped = false;
  /** By portal, and for rounds as a whole under no id: the failure that was logged last. */
  private readonly failures = new Map<string, string>();

  constructor(private readonly parts: PublishingParts) {}

  start(): void {
    if (this.parts.everySeconds > 0) this.schedule(0);
  }

  /** Ends after the portal that is being published, and lets another process go on. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
    await this.parts.lock.release();
  }

  /** Publishes every portal once; null while another process is the one that does. Throws when portals cannot be listed. */
  async round(): Promise<Round | null> {
    const { lock, registry } = this.parts;
    if (!(await lock.hold())) return null;
    const round: Round = { written: 0, renewed: 0, failed: 0 };
    for (const portal of await inScope('all', () => registry.list())) {
      if (this.isStopped) break;
      round[await this.publish(portal)] += 1;
    }
    return round;
  }

  private schedule(delayMs: number): void {
    this.timer = setTimeout(() => {
      const startedMs = performance.now();
      this.running = this.look().then(() => {
        const spentMs = performance.now() - startedMs;
        if (!this.isStopped) this.schedule(Math.max(0, this.parts.everySeconds * 1000 - spentMs));
      });
    }, delayMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    try {
      await this.round();
      this.failures.delete('');
    } catch (error) {
      this.log('', error, {}, 'figures cannot be published');
    }
  }

  private async publish(portal: RegisteredPortal): Promise<keyof Round> {
    const { publisher } = this.parts;
    const { portalId } = portal;
    try {
      const publication = await publisher.publish(portal);
      this.failures.delete(portalId);
      return publication;
    } catch (error) {
      this.log(portalId, error, { portalId }, 'the figures of a portal cannot be published');
      // Where not even that can be written, the time of the last publication tells.
      await publisher.noteFailure(portal, codeOf(error)).catch(() => undefined);
      return 'failed';
    }
  }

  /** One line for a failure that lasts. */
  private log(place: string, error: unknown, about: Record<string, string>, sentence: string): void {
    const code = codeOf(error);
    if (this.failures.get(place) === code) return;
    this.failures.set(place, code);
    this.parts.logger.warn({ ...about, code }, sentence);
  }
}

/** Of a rejection of ours, of the database or of the connection; what a message says may be personal. */
function codeOf(error: unknown): string {
  if (error instanceof Rejection) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'UNEXPECTED';
}
