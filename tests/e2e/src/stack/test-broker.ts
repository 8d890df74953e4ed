import { type RunningBroker, startBroker } from '@funnelwatch/testing/broker';
import type { KillableProcess } from './app-process.js';

/** A real broker of the stack's own, which tests may kill and start again at the same address. */
export class TestBroker implements KillableProcess {
  private constructor(
    private readonly folder: string,
    private broker: RunningBroker,
  ) {}

  static async start(folder: string): Promise<TestBroker> {
    return new TestBroker(folder, await startBroker({ folder }));
  }

  /** As `KAFKA_BROKERS` takes it. */
  get addresses(): string {
    return this.broker.brokers.join();
  }

  readonly lastLines = '';

  async killAndRestart(): Promise<void> {
    await this.broker.kill();
    this.broker = await startBroker({ folder: this.folder });
  }

  async stop(): Promise<void> {
    await this.broker.stop();
  }
}
