import { allAspects } from '../views/aspects.js';
import type { Compiled, CompiledRule } from '../rules/compile-rule.js';
import type { RuleFact } from '../world/rule-fact.js';
import { after, type PortalTime } from './durations.js';
import { type Check, type Episode, goneWith } from './episode.js';
import { evidenceOf } from './evidence.js';
import { everywhere, type ScopeTest } from './in-scope.js';
import { peopleOf, personChecked } from './people.js';
import type { Step, Story } from '../stories/story.js';

interface Followed {
  episode: Episode;
  /** What has to be made good: facts of one instant are one breach, all of which counts. */
  facts: RuleFact[];
  /** Facts until then join the episode. */
  gathersUntil: number;
  quietUntil: number | null;
  isSettled: boolean;
  /** Whether it was looked at since its last fact. */
  hasLooked: boolean;
}

/** Follows the facts of one rule through the life of a subject. */
export class FactFollower {
  readonly episodes: Episode[] = [];
  readonly checks: Check[] = [];
  private readonly followed: Followed[] = [];
  private unsettled: Followed[] = [];

  constructor(
    private readonly compiled: CompiledRule,
    private readonly story: Story,
    private readonly bindings: Record<string, unknown>,
    private readonly time: PortalTime,
    private readonly isInScope: ScopeTest = everywhere,
  ) {}

  /** Looks at the facts of an instant, and whether what was found before is resolved by it. */
  follow(step: Step): void {
    const { rule } = this.compiled;
    if (rule.kind !== 'fact') return;
    this.settle(step);
    let hasFacts = false;
    for (const fact of step.facts) {
      if (!rule.facts.includes(fact.type)) continue;
      hasFacts = true;
      const { view, subject } = this.story;
      if (!this.isInScope(view, subject, fact.atMs)) continue;
      this.checks.push({ ruleId: rule.id, at: fact.atMs, person: personChecked(view, subject) });
      const bindings = { ...this.bindings, fact };
      if (!this.compiled.when(bindings)) continue;
      const about = this.compiled.about?.(bindings) ?? this.story.subject;
      if (!this.joins(about, fact, bindings)) this.begin(about, fact, bindings);
    }
    if (hasFacts) this.settle(step);
  }

  private joins(about: string, fact: RuleFact, bindings: Record<string, unknown>): boolean {
    const open = this.followed.findLast(({ episode }) => episode.about === about);
    if (!open || fact.atMs > open.gathersUntil) return false;
    if (this.compiled.gather === 'resolved' && open.isSettled) return false;
    if (fact.atMs === open.episode.startAt) {
      open.facts.push(fact);
      open.hasLooked = false;
    }
    if (this.compiled.gather === null && open.episode.items.some(({ ref }) => ref === fact.ref)) return true;
    open.gathersUntil = this.gathersUntil(fact, bindings);
    open.quietUntil = this.quietUntil(fact, bindings);
    open.episode.items = [...open.episode.items, { ref: fact.ref, eventId: fact.eventId, at: fact.atMs }];
    return true;
  }

  private gathersUntil(fact: RuleFact, bindings: Record<string, unknown>): number {
    const { gather } = this.compiled;
    if (gather === null) return fact.atMs;
    return gather === 'resolved' ? Number.POSITIVE_INFINITY : after(fact.atMs, gather, bindings, this.time);
  }

  private quietUntil(fact: RuleFact, bindings: Record<string, unknown>): number | null {
    return this.compiled.quiet && after(fact.atMs, this.compiled.quiet, bindings, this.time);
  }

  private begin(about: string, fact: RuleFact, bindings: Record<string, unknown>): void {
    const episode: Episode = {
      ruleId: this.compiled.rule.id,
      subject: this.story.subject,
      about,
      startAt: fact.atMs,
      startEventId: fact.eventId,
      startPosition: fact.position,
      by: fact.by,
      opensAt: after(fact.atMs, this.compiled.grace, bindings, this.time),
      resolvedAt: null,
      resolvedByEventId: null,
      gone: null,
      items: [{ ref: fact.ref === '' ? about : fact.ref, eventId: fact.eventId, at: fact.atMs }],
      evidence: evidenceOf(this.compiled, this.story.view),
      people: peopleOf(this.story.view, fact.by),
    };
    this.episodes.push(episode);
    const followed = {
      episode,
      facts: [fact],
      gathersUntil: this.gathersUntil(fact, bindings),
      quietUntil: this.quietUntil(fact, bindings),
      isSettled: false,
      hasLooked: false,
    };
    this.followed.push(followed);
    this.unsettled.push(followed);
  }

  private settle(step: Step): void {
    const { rule, resolve, reads } = this.compiled;
    this.unsettled = this.unsettled.filter(({ isSettled }) => !isSettled);
    for (const followed of this.unsettled) {
      const { episode, facts, quietUntil } = followed;
      const gone = rule.outlivesSubject ? null : goneWith(this.story, episode);
      if (quietUntil !== null && quietUntil < step.at) {
        episode.resolvedAt = quietUntil;
        episode.resolvedByEventId = null;
        followed.isSettled = true;
      } else if (gone !== null && gone.at <= step.at) {
        episode.gone = gone;
        followed.isSettled = true;
      } else if (resolve && !this.isTooLate(step.at, episode)) {
        if (followed.hasLooked && ((step.touched ?? allAspects) & reads.resolve) === 0) continue;
        followed.hasLooked = true;
        if (!this.isResolved(resolve, facts)) continue;
        episode.resolvedAt = step.at;
        episode.resolvedByEventId = step.eventId;
        followed.isSettled = true;
      }
    }
  }

  private isResolved(resolve: Compiled<boolean>, facts: readonly RuleFact[]): boolean {
    return facts.every((fact) => resolve({ ...this.bindings, fact }));
  }

  private isTooLate(at: number, episode: Episode): boolean {
    const { rule } = this.compiled;
    const isWithinGraceOnly =
      rule.kind === 'fact' &&
      typeof rule.resolve === 'object' &&
      'when' in rule.resolve &&
      rule.resolve.withinGraceOnly;
    return isWithinGraceOnly && at > episode.opensAt;
  }

  /** Instants at which something resolves because nothing more happened. */
  endOfQuiet(untilMs: number): number | null {
    let next: number | null = null;
    for (const followed of this.followed) {
      const { quietUntil, episode } = followed;
      if (followed.isSettled || quietUntil === null) continue;
      if (quietUntil <= untilMs) {
        episode.resolvedAt = quietUntil;
        followed.isSettled = true;
      } else if (next === null || quietUntil < next) next = quietUntil;
    }
    return next;
  }
}
