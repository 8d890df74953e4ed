/** One sleeper that can be woken: a call while nobody sleeps is remembered, so that none is lost in between. */
export class WakeUp {
  private isPending = false;
  private rouse: (() => void) | undefined;

  call(): void {
    if (this.rouse) this.rouse();
    else this.isPending = true;
  }

  /** Resolves on a call, at once when one came since the last time, or after the time-out. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.isPending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.rouse = undefined;
    }
    this.isPending = false;
  }
}
