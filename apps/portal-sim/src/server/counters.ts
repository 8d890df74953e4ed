/** What clients asked for since the start (or the last reset). */
export class Counters {
  httpRequests = 0;
  refusedRequests = 0;
  /** Bytes of answers. */
  sentBytes = 0;
  private readonly methods = new Map<string, { calls: number; errors: number; rows: number }>();

  noteCall(method: string, isError: boolean, rows: number): void {
    const known = this.methods.get(method) ?? { calls: 0, errors: 0, rows: 0 };
    known.calls++;
    if (isError) known.errors++;
    known.rows += rows;
    this.methods.set(method, known);
  }

  reset(): void {
    this.httpRequests = 0;
    this.refusedRequests = 0;
    this.sentBytes = 0;
    this.methods.clear();
  }

  snapshot(): Record<string, unknown> {
    return {
      httpRequests: this.httpRequests,
      refusedRequests: this.refusedRequests,
      sentBytes: this.sentBytes,
      methods: Object.fromEntries([...this.methods].sort(([one], [other]) => (one < other ? -1 : 1))),
    };
  }
}
