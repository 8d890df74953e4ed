import { russianProductionCalendar, WorkingTime } from '@funnelwatch/calendar';
import { entityOf } from '@funnelwatch/capture-contracts';
import type { StoredEvent } from '@funnelwatch/kernel';
import { judgeStory } from '../episodes/judge-story.js';
import type { Judgement } from '../episodes/episode.js';
import { type KeptFact, keptFactOf } from '../facts/kept-fact.js';
import type { RuleDefinition } from '../packs/define.js';
import { rulesWithTexts, type RuleTexts } from '../packs/pack.js';
import { type CompiledRule, compileRule } from '../rules/compile-rule.js';
import type { ParameterValues, RuleDraft } from '../rules/rule.js';
import type { Contribution } from '../stories/contribution.js';
import { EmployeeStory } from '../stories/employee-story.js';
import { channelOfHour, heardHourOf } from '../stories/heard-hour.js';
import { PortalStory } from '../stories/portal-story.js';
import { RecordStory } from '../stories/record-story.js';
import type { Story } from '../stories/story.js';
import { Pipelines } from '../world/pipelines.js';
import { zone } from './instants.spec-fixture.js';

const day = [[9 * 60, 18 * 60]] as const;

/** Monday to Friday, 9 to 18, in Moscow, with Russian holidays. */
const workingTime = new WorkingTime({
  zone,
  schedule: { 1: day, 2: day, 3: day, 4: day, 5: day },
  production: russianProductionCalendar,
});
export const portalTime = { workingTime, zone };

const word = { ru: 'слово', en: 'word' };

/** A definition with words that say nothing. */
export function wordless(definition: RuleDefinition): RuleDraft {
  const parameters = Object.fromEntries(Object.keys(definition.parameters ?? {}).map((name) => [name, word]));
  const texts: RuleTexts = { title: word, clause: word, feedback: word, parameters };
  const [rule] = rulesWithTexts([definition], { [definition.id]: texts });
  if (!rule) throw new Error('No rule.');
  return rule;
}

/** The definition made runnable for the kind of a subject. */
export function compiledFor(subject: string, definition: RuleDefinition, settings: ParameterValues = {}): CompiledRule {
  const kind = subject.slice(0, subject.indexOf(':'));
  const compiled = compileRule(wordless(definition), settings).find(({ kinds }) => kinds.some((one) => one === kind));
  if (!compiled) throw new Error(`Rule ${definition.id} is not about a ${kind}.`);
  return compiled;
}

function factsByStream(events: readonly StoredEvent[]): Map<string, KeptFact[]> {
  const facts = new Map<string, KeptFact[]>();
  for (const event of events) {
    const fact = keptFactOf(event);
    if (fact) facts.set(event.streamId, [...(facts.get(event.streamId) ?? []), fact]);
  }
  return facts;
}

/** The life of a subject by everything that events tell. */
export function storyOf(subject: string, events: readonly StoredEvent[], untilMs: number): Story {
  const facts = factsByStream(events);
  const pipelines = new Pipelines([...facts.values()].flat());
  const around = portalTime;
  const story = (stream: string) => new RecordStory({ subject: stream, facts, pipelines, around, untilMs });
  const given = (isFor: (to: string) => boolean): Contribution[] =>
    [...facts.keys()].filter(entityOf).flatMap((stream) => {
      const told = story(stream);
      for (const step of told.steps()) void step;
      return told.contributions.filter(({ to }) => isFor(to));
    });
  if (subject.startsWith('employee:')) {
    const userId = subject.slice('employee:'.length);
    const own = facts.get(`user:${userId}`) ?? [];
    const audits = [...facts.values()].flatMap((told) =>
      told.some(({ verb, data }) => verb === 'AuditDrawn' && data['seller'] === userId) ? told : [],
    );
    return new EmployeeStory({
      userId,
      facts: own,
      audits,
      contributions: given((to) => to === subject),
      around,
      untilMs,
    });
  }
  if (subject === 'portal:-') {
    const heard = [
      ...Map.groupBy(
        given((to) => channelOfHour(to) !== null),
        ({ to }) => to,
      ),
    ].flatMap(([hour, contributions]) => heardHourOf(channelOfHour(hour) ?? '', contributions) ?? []);
    const contributions = given((to) => to === subject);
    return new PortalStory({ facts: [...facts.values()].flat(), contributions, heard, untilMs });
  }
  return story(subject);
}

export function judge(
  subject: string,
  rules: readonly CompiledRule[],
  events: readonly StoredEvent[],
  untilMs: number,
): Judgement {
  return judgeStory(storyOf(subject, events, untilMs), rules, portalTime, untilMs);
}
