import type { CompiledRule } from '../rules/compile-rule.js';
import type { PortalTime } from './durations.js';
import { type Check, type Episode, type Fault, goneWith, type Judgement } from './episode.js';
import { FactFollower } from './fact-rule.js';
import { StateFollower } from './state-rule.js';
import type { ScopeTest } from './in-scope.js';
import type { Story } from '../stories/story.js';

/**
 * Judges the life of one subject by rules, up to the rule clock: `story` tells nothing later than `untilMs`. A pure function of
 * its arguments: whatever came late or twice, the same facts give the same episodes. `scopes`: rule → where it applies, for
 * those that do not apply everywhere.
 */
export function judgeStory(
  story: Story,
  rules: readonly CompiledRule[],
  time: PortalTime,
  untilMs: number,
  scopes: ReadonlyMap<string, ScopeTest> = new Map(),
): Judgement {
  const followers = rules.map((compiled) => {
    const bindings: Record<string, unknown> = {
      [compiled.variable]: story.view,
      params: compiled.parameters,
      calendar: time.workingTime,
    };
    const Follower = compiled.rule.kind === 'state' ? StateFollower : FactFollower;
    return {
      compiled,
      follower: new Follower(compiled, story, bindings, time, scopes.get(compiled.rule.id)),
      hasFailed: false,
    };
  });
  const faults: Fault[] = [];
  for (const step of story.steps()) {
    for (const one of followers) {
      if (one.hasFailed) continue;
      try {
        one.follower.follow(step);
      } catch (error) {
        one.hasFailed = true;
        const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
        faults.push({ ruleId: one.compiled.rule.id, subject: story.subject, message });
      }
    }
  }
  const opened: Episode[] = [];
  const checks: Check[] = [];
  let nextDueAt: number | null = null;
  const due = (at: number) => {
    if (nextDueAt === null || at < nextDueAt) nextDueAt = at;
  };
  for (const { compiled, follower, hasFailed } of followers) {
    if (hasFailed) continue;
    const quiet = follower instanceof FactFollower ? follower.endOfQuiet(untilMs) : null;
    checks.push(...follower.checks);
    for (const episode of follower.episodes) {
      if (!opens(episode)) continue;
      if (episode.opensAt > untilMs) due(episode.opensAt);
      else {
        opened.push(asItEnded(compiled, story, episode));
        if (quiet !== null) due(quiet);
      }
    }
  }
  return { opened, nextDueAt, faults, checks };
}

/** Whether an episode lasted until its case opened. */
function opens({ opensAt, resolvedAt, gone }: Episode): boolean {
  return (resolvedAt === null || resolvedAt > opensAt) && (gone === null || gone.at > opensAt);
}

/** What never resolves by itself keeps no resolution, but becomes void when its record vanishes after all. */
function asItEnded({ rule }: CompiledRule, story: Story, episode: Episode): Episode {
  if (rule.resolve !== 'verdict' || rule.outlivesSubject) return episode;
  return { ...episode, resolvedAt: null, resolvedByEventId: null, gone: episode.gone ?? goneWith(story, episode) };
}
