import { allAspects } from '../views/aspects.js';
import type { CompiledDuration, CompiledRule } from '../rules/compile-rule.js';
import { after, type PortalTime } from './durations.js';
import { type Check, type Episode, goneWith } from './episode.js';
import { evidenceOf } from './evidence.js';
import { everywhere, type ScopeTest } from './in-scope.js';
import { peopleOf, personChecked } from './people.js';
import type { Step, Story } from '../stories/story.js';

/** Follows the state of one rule through the life of a subject. */
export class StateFollower {
  readonly episodes: Episode[] = [];
  readonly checks: Check[] = [];
  private current: { episode: Episode; anchors: string } | null = null;
  private hasLooked = false;
  private items = new Map<string, Episode['items'][number]>();

  constructor(
    private readonly compiled: CompiledRule,
    private readonly story: Story,
    private readonly bindings: Record<string, unknown>,
    private readonly time: PortalTime,
    private readonly isInScope: ScopeTest = everywhere,
  ) {}

  /** Looks at the state after everything of an instant. */
  follow(step: Step): void {
    if (this.hasLooked && ((step.touched ?? allAspects) & this.compiled.reads.state) === 0) return;
    this.hasLooked = true;
    const isFirst = this.checks.length === 0;
    // Without a clock, to be there is the one opportunity.
    if (isFirst && this.compiled.clocks.length === 0) this.check(step);
    const holds = this.compiled.when(this.bindings);
    if (!holds) {
      this.end(step);
      return;
    }
    const sinces = this.compiled.clocks.map(({ since }) => since?.(this.bindings).getTime() ?? null);
    const anchors = sinces.join(' ');
    if (this.current && this.current.anchors !== anchors) this.end(step);
    this.current ??= { episode: this.begin(step, sinces), anchors };
    this.takeItems(this.current.episode, step);
  }

  /** When limits and grace of an episode that begins now have run out. */
  private opensAt(startAt: number, sinces: readonly (number | null)[]): number {
    const { clocks, grace } = this.compiled;
    const run = (from: number, duration: CompiledDuration) => after(from, duration, this.bindings, this.time);
    const ends = clocks.map(({ limit }, index) => run(sinces[index] ?? startAt, limit));
    return Math.max(startAt, ...(ends.length === 0 ? [startAt] : ends).map((end) => run(end, grace)));
  }

  private begin(step: Step, sinces: readonly (number | null)[]): Episode {
    const episode: Episode = {
      ruleId: this.compiled.rule.id,
      subject: this.story.subject,
      about: this.story.subject,
      startAt: step.at,
      startEventId: step.eventId,
      startPosition: step.position,
      by: step.by,
      opensAt: this.opensAt(step.at, sinces),
      resolvedAt: null,
      resolvedByEventId: null,
      gone: null,
      items: [],
      evidence: evidenceOf(this.compiled, this.story.view),
      people: peopleOf(this.story.view, step.by),
    };
    if (this.compiled.clocks.length > 0) this.check(step);
    this.items = new Map();
    // Where the rule does not apply, the state is followed to its end all the same: it begins no second time there.
    if (this.isInScope(this.story.view, this.story.subject, step.at)) this.episodes.push(episode);
    return episode;
  }

  private check({ at }: Step): void {
    const { view, subject } = this.story;
    if (!this.isInScope(view, subject, at)) return;
    this.checks.push({ ruleId: this.compiled.rule.id, at, person: personChecked(view, subject) });
  }

  private takeItems(episode: Episode, step: Step): void {
    const { items } = this.compiled;
    if (!items || step.at > episode.opensAt) return;
    const refs = items(this.bindings);
    for (const ref of refs) {
      if (!this.items.has(ref)) this.items.set(ref, { ref, eventId: step.eventId, at: step.at });
    }
    for (const ref of this.items.keys()) if (!refs.includes(ref)) this.items.delete(ref);
    episode.items = [...this.items.values()];
  }

  private end(step: Step): void {
    const { current } = this;
    if (!current) return;
    this.current = null;
    const { episode } = current;
    const gone = goneWith(this.story, episode);
    if (gone !== null && gone.at <= step.at) {
      episode.gone = gone;
    } else {
      episode.resolvedAt = step.at;
      episode.resolvedByEventId = step.eventId;
    }
  }
}
