import type { WrittenTruth } from './planted-figures.js';

/** The simulated portal's control interface, as far as the specs need it. */
export class SimulatorControl {
  constructor(private readonly url: string) {}

  /** The planted figures; horizons as the simulator takes them, `14,none`. */
  async truth(horizonsDays: string): Promise<WrittenTruth> {
    return this.get<WrittenTruth>(`truth?horizonsDays=${horizonsDays}`);
  }

  /** True when portal time has come to its end and nothing will happen any more. */
  async standsStill(): Promise<boolean> {
    return (await this.get<{ stands: boolean }>('clock')).stands;
  }

  async apply(operation: Record<string, unknown>): Promise<void> {
    await this.post('operations', operation);
  }

  /** Lets portal time run, also beyond the end of the history. */
  async run(speed: number): Promise<void> {
    await this.post('clock', { speed });
  }

  private async post(path: string, body: Record<string, unknown>): Promise<void> {
    const answer = await fetch(`${this.base}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`The simulator refused ${path}: ${await answer.text()}`);
  }

  private get base(): string {
    return this.url.replace(/\/$/, '');
  }

  private async get<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(`${this.base}/${path}`);
    if (!answer.ok) throw new Error(`${answer.status} ${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
}
