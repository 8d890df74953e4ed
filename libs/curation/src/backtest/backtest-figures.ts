import { DateTime } from 'luxon';
import type { Episode } from '../episodes/episode.js';

/** Days of the portal's zone, `[from, to)`, written `YYYY-MM-DD`. */
export interface BacktestPeriod {
  from: string;
  to: string;
}

/** What a rule would have found in the recorded history. */
export interface BacktestFigures {
  subjects: number;
  cases: number;
  checks: number;
  /** Cases that resolved by themselves. */
  resolved: number;
  /** Cases that became void. */
  voided: number;
  byWeek: { week: string; cases: number }[];
  byPerson: { person: string; cases: number; checks: number }[];
  /** Hours curators would have spent a week, by what they spent on a verdict before. */
  curatorHoursPerWeek: number;
  /** A few cases to look at. */
  examples: { about: string; startAt: string; opensAt: string; resolvedAt: string | null; person: string }[];
}

const mostExamples = 20;

/** Adds up what a backtest finds, subject by subject; memory does not grow with the history. */
export class BacktestSum {
  private subjects = 0;
  private cases = 0;
  private checks = 0;
  private resolved = 0;
  private voided = 0;
  private readonly weeks = new Map<string, number>();
  private readonly people = new Map<string, { cases: number; checks: number }>();
  private readonly examples: BacktestFigures['examples'] = [];

  private readonly fromMs: number;
  private readonly toMs: number;

  /** Counts what lies within a period; everything without one. */
  constructor(
    private readonly zone: string,
    private readonly period: BacktestPeriod | null = null,
  ) {
    const startOf = (day: string) => DateTime.fromISO(day, { zone }).startOf('day').toMillis();
    this.fromMs = period ? startOf(period.from) : -Infinity;
    this.toMs = period ? startOf(period.to) : Infinity;
  }

  /** A case belongs to the instant at which it opened, a check to that at which it was made. */
  add(episodes: readonly Episode[], checks: readonly { person: string; at: number }[]): void {
    this.subjects += 1;
    for (const { person, at } of checks) {
      if (!this.isWithin(at)) continue;
      this.checks += 1;
      this.person(person).checks += 1;
    }
    for (const episode of episodes) {
      if (!this.isWithin(episode.opensAt)) continue;
      const person = episode.people.owner || episode.people.assignee || episode.people.doer;
      this.cases += 1;
      if (episode.resolvedAt !== null) this.resolved += 1;
      if (episode.gone !== null) this.voided += 1;
      this.person(person).cases += 1;
      const week = DateTime.fromMillis(episode.opensAt, { zone: this.zone }).startOf('week').toFormat('yyyy-MM-dd');
      this.weeks.set(week, (this.weeks.get(week) ?? 0) + 1);
      this.keepExample(episode, person);
    }
  }

  private isWithin(atMs: number): boolean {
    return atMs >= this.fromMs && atMs < this.toMs;
  }

  private person(person: string): { cases: number; checks: number } {
    let known = this.people.get(person);
    if (!known) this.people.set(person, (known = { cases: 0, checks: 0 }));
    return known;
  }

  private keepExample({ about, startAt, opensAt, resolvedAt }: Episode, person: string): void {
    const iso = (ms: number) => new Date(ms).toISOString();
    const resolved = resolvedAt === null ? null : iso(resolvedAt);
    this.examples.push({ about, startAt: iso(startAt), opensAt: iso(opensAt), resolvedAt: resolved, person });
    if (this.examples.length <= 2 * mostExamples) return;
    // The latest are those somebody can still look at in the portal.
    this.examples.sort((left, right) => (left.opensAt < right.opensAt ? 1 : -1));
    this.examples.length = mostExamples;
  }

  /** `secondsPerVerdict`: what a verdict takes. */
  figures(secondsPerVerdict: number): BacktestFigures {
    const byWeek = [...this.weeks]
      .map(([week, cases]) => ({ week, cases }))
      .sort((left, right) => (left.week < right.week ? -1 : 1));
    const byPerson = [...this.people]
      .map(([person, sums]) => ({ person, ...sums }))
      .sort((left, right) => right.cases - left.cases || (left.person < right.person ? -1 : 1));
    const weeks = this.period
      ? daysBetween(this.period.from, this.period.to) / 7
      : weeksBetween(byWeek[0]?.week, byWeek.at(-1)?.week);
    this.examples.sort((left, right) => (left.opensAt < right.opensAt ? 1 : -1));
    return {
      subjects: this.subjects,
      cases: this.cases,
      checks: this.checks,
      resolved: this.resolved,
      voided: this.voided,
      byWeek,
      byPerson,
      curatorHoursPerWeek: weeks === 0 ? 0 : (this.cases * secondsPerVerdict) / 3600 / weeks,
      examples: this.examples.slice(0, mostExamples),
    };
  }
}

function weeksBetween(first: string | undefined, last: string | undefined): number {
  if (first === undefined || last === undefined) return 0;
  return Math.round(daysBetween(first, last) / 7) + 1;
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
