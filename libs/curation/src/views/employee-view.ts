import type { WorkingTime } from '@funnelwatch/calendar';
import { isAtMonthEnd, startOfLocalWeek } from '../episodes/portal-days.js';
import type { Contribution } from '../stories/contribution.js';

/** An employee as conditions see it: what they did and own, up to an instant. */
export class EmployeeView {
  nowMs = Number.NEGATIVE_INFINITY;
  isActive = true;
  /** Percent of the last sampled audit. */
  audit_score = 0;
  /** Record → audits of it that stand as failed. */
  private readonly failedAudits = new Map<string, Set<string>>();
  private readonly done: Contribution[] = [];
  private readonly held = new Map<string, Contribution>();
  private offHoursMoves: number[] = [];

  constructor(
    readonly id: string,
    private readonly workingTime: WorkingTime,
    private readonly zone: string,
  ) {}

  /** Takes note of something done, or of a record owned from now on. */
  note(contribution: Contribution): void {
    if (contribution.kind === 'holding') {
      this.held.set(contribution.ref, contribution);
      return;
    }
    this.done.push(contribution);
    const isMove = contribution.kind === 'deal_moved';
    if (isMove && !this.workingTime.isWorking(new Date(contribution.at))) this.offHoursMoves.push(contribution.at);
  }
  /** An audit of a record was scored, or its score taken back. */
  audited(ref: string, audit: string, result: { score: number; isPassed: boolean } | null): void {
    const failed = this.failedAudits.get(ref) ?? new Set();
    if (result && !result.isPassed) failed.add(audit);
    else failed.delete(audit);
    this.failedAudits.set(ref, failed);
    if (result) this.audit_score = result.score;
  }
  failedAudit(ref: string): boolean {
    return (this.failedAudits.get(ref)?.size ?? 0) > 0;
  }

  /** A record is owned no longer. */
  letGo(ref: string): void {
    this.held.delete(ref);
  }

  get is_active(): boolean {
    return this.isActive;
  }
  /** Open leads and deals owned now. */
  get open_records(): number {
    return this.held.size;
  }
  get open_deals(): number {
    return [...this.held.values()].filter(({ isDeal }) => isDeal).length;
  }
  get owned(): string[] {
    return [...this.held.keys()];
  }
  monthEndsWithin(days: number): boolean {
    return days <= 0 || isAtMonthEnd(this.nowMs, days, this.zone);
  }
  private doneWithin(kind: Contribution['kind'], minutes: number): Contribution[] {
    const from = this.nowMs - minutes * 60_000;
    const found: Contribution[] = [];
    // From the latest back: what lies further back than the window is never looked at.
    for (let index = this.done.length - 1; index >= 0; index -= 1) {
      const one = this.done[index];
      if (!one || one.at < from) break;
      if (one.kind === kind && one.at <= this.nowMs) found.push(one);
    }
    return found;
  }
  movesWithin(minutes: number): number {
    return this.doneWithin('deal_moved', minutes).length;
  }
  overdueFinishedWithin(minutes: number): number {
    return this.doneWithin('activity_finished', minutes).filter(({ isOverdue }) => isOverdue).length;
  }
  /** Moves outside working hours since the beginning of the local week. */
  get off_hours_moves_in_week(): number {
    const from = startOfLocalWeek(this.nowMs, this.zone);
    return this.offHoursMoves.filter((at) => at >= from && at <= this.nowMs).length;
  }
  get is_working_time(): boolean {
    return this.workingTime.isWorking(new Date(this.nowMs));
  }
}

/** The portal as a whole, as conditions see it. */
export class PortalView {
  nowMs = Number.NEGATIVE_INFINITY;
  private readonly vanished: number[] = [];
  private readonly heardAt = new Map<string, number>();

  note(contribution: Contribution): void {
    if (contribution.kind === 'vanished') this.vanished.push(contribution.at);
  }
  /** A channel brought something now. */
  hear(channel: string): void {
    this.heardAt.set(channel, this.nowMs);
  }
  heardSince(channel: string, sinceMs: number): boolean {
    return (this.heardAt.get(channel) ?? Number.NEGATIVE_INFINITY) > sinceMs;
  }
  vanishedWithin(minutes: number): number {
    const from = this.nowMs - minutes * 60_000;
    return this.vanished.filter((at) => at >= from && at <= this.nowMs).length;
  }
}
