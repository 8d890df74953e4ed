/**
 * How many commands go into one request: few at first, more while requests stay far below the portal's limit of a
 * minute, fewer at once when one comes near it or fails.
 */
export class BatchSize {
  private size: number;

  constructor(
    private readonly bounds: { least: number; most: number; targetMs: number } = {
      least: 10,
      most: 50,
      targetMs: 20_000,
    },
  ) {
    this.size = bounds.least;
  }

  get commands(): number {
    return this.size;
  }

  /** A request with this many commands was answered after this time. */
  observe(commands: number, durationMs: number): void {
    const { least, most, targetMs } = this.bounds;
    const fitting = Math.floor((targetMs / Math.max(1, durationMs)) * commands);
    // At most doubled at a time: one fast page says little about the next ones.
    this.size = Math.max(least, Math.min(most, this.size * 2, fitting));
  }

  /** A request was cut or failed: begin anew, small. */
  observeFailure(): void {
    this.size = this.bounds.least;
  }
}
