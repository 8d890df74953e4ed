/** Where portal time started from and how fast it runs. */
export interface ClockBase {
  portalMs: number;
  wallMs: number;
  /** Portal milliseconds per millisecond of wall time; 0 stands still. */
  speed: number;
  /** Portal time does not go beyond this instant; null: no end. */
  stopAtMs: number | null;
}

/** Portal time: wall time, wall time made faster, or an instant that stands still. It never goes back. */
export class PortalClock {
  private latestMs = Number.NEGATIVE_INFINITY;

  constructor(
    private base: ClockBase,
    private readonly wall: () => number,
  ) {}

  nowMs(): number {
    const { portalMs, wallMs, speed, stopAtMs } = this.base;
    const running = portalMs + (this.wall() - wallMs) * speed;
    const bounded = stopAtMs === null ? running : Math.min(running, stopAtMs);
    this.latestMs = Math.max(this.latestMs, bounded);
    return this.latestMs;
  }

  get state(): ClockBase {
    return this.base;
  }

  /** Goes on from now at another speed; without a stop when none is given. */
  run(speed: number, stopAtMs: number | null): void {
    this.base = { portalMs: this.nowMs(), wallMs: this.wall(), speed, stopAtMs };
  }

  /** Jumps forward; an instant in the past changes nothing. */
  jumpTo(portalMs: number): void {
    const target = Math.max(this.nowMs(), portalMs);
    const { speed, stopAtMs } = this.base;
    this.base = {
      portalMs: target,
      wallMs: this.wall(),
      speed,
      stopAtMs: stopAtMs === null ? null : Math.max(stopAtMs, target),
    };
  }
}
