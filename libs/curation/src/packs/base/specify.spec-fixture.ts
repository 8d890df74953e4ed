import { describe, expect, test } from '@jest/globals';
import type { Episode } from '../../episodes/episode.js';
import type { ParameterValues } from '../../rules/rule.js';
import { Chronicle } from '../../chronicle/chronicle.spec-fixture.js';
import { instant, labelOf } from '../../chronicle/instants.spec-fixture.js';
import { compiledFor, judge } from '../../chronicle/judged.spec-fixture.js';
import type { RuleDefinition } from '../define.js';

/** A case as a table writes it; instants as labels. */
export interface ExpectedCase {
  from: string;
  opens: string;
  /** What the case is about; the subject unless told. */
  about?: string;
  resolved?: string;
  /** Id of the event that resolved it; without one it resolved because nothing more happened. */
  by?: string;
  void?: string;
  /** The record it was merged into. */
  into?: string;
  items?: string[];
}

interface Scenario {
  says: string;
  given: (portal: Chronicle) => unknown;
  /** The subject, where it is not the rule's. */
  on?: string;
  settings?: ParameterValues;
  /** The rule clock; long afterwards unless told. */
  until?: string;
  cases: ExpectedCase[];
}

export interface RuleSpecification {
  on: string;
  /** Settings for all scenarios of the rule. */
  settings?: ParameterValues;
  fires: Scenario[];
  below: Scenario[];
  /** Only of rules that resolve by themselves. */
  resolves?: Scenario[];
  /** Only of rules about something that can vanish. */
  void?: Scenario[];
}

const longAfterwards = 'Sun9 00:00';

/** Tests every scenario of a group of rules, and that no rule of the group lacks one of a kind that applies to it. */
export function specify(group: readonly RuleDefinition[], specifications: Record<string, RuleSpecification>): void {
  describe.each(group.map((definition) => [definition.id, definition] as const))('%s', (id, definition) => {
    const specification = specifications[id];
    test('has a fixture of every kind that applies', () => {
      const kinds = Object.entries(specification ?? {}).flatMap(([kind, value]) =>
        Array.isArray(value) && value.length > 0 ? [kind] : [],
      );
      expect(kinds.sort()).toEqual(applicable(definition).sort());
    });
    if (!specification) return;
    const scenarios = (['fires', 'below', 'resolves', 'void'] as const).flatMap((kind) =>
      (specification[kind] ?? []).map((scenario) => [kind, scenario.says, scenario] as const),
    );
    test.each(scenarios)('%s: %s', (kind, _says, scenario) => {
      const subject = scenario.on ?? specification.on;
      const rule = compiledFor(subject, definition, { ...specification.settings, ...scenario.settings });
      const portal = new Chronicle();
      scenario.given(portal);
      const judgedUntil = (untilMs: number, events = portal.events) => judge(subject, [rule], events, untilMs);
      const until = instant(scenario.until ?? longAfterwards);
      const { opened, faults } = judgedUntil(until);
      expect(faults).toEqual([]);
      expect(opened.map((episode, index) => asWritten(episode, subject, scenario.cases[index]))).toEqual(
        scenario.cases,
      );
      if (kind === 'below') expect(scenario.cases).toEqual([]);
      if (kind === 'void') expect(scenario.cases).toContainEqual(expect.objectContaining({ void: expect.any(String) }));
      expect(judgedUntil(until, portal.events.toReversed()).opened).toEqual(opened);
      for (const episode of opened) {
        const isOpen = ({ startAt, about }: Episode) => startAt === episode.startAt && about === episode.about;
        const justBefore = judgedUntil(episode.opensAt - 1);
        expect(justBefore.opened.some(isOpen)).toBe(false);
        expect(judgedUntil(episode.opensAt).opened.some(isOpen)).toBe(true);
        if (episode.startAt < episode.opensAt) expect(justBefore.nextDueAt).toBeLessThanOrEqual(episode.opensAt);
      }
    });
  });
}

/** Kinds of scenarios that a rule must have. */
function applicable({ resolve, outlivesSubject, on }: RuleDefinition): string[] {
  const canVanish = on.some((kind) => kind !== 'employee' && kind !== 'portal') && outlivesSubject !== true;
  return ['fires', 'below', ...(resolve === 'verdict' ? [] : ['resolves']), ...(canVanish ? ['void'] : [])];
}

/** An episode in the words of a table; items only where the table names some. */
function asWritten(episode: Episode, subject: string, expected: ExpectedCase | undefined): ExpectedCase {
  const { startAt, opensAt, about, resolvedAt, resolvedByEventId, gone, items } = episode;
  return {
    from: labelOf(startAt),
    opens: labelOf(opensAt),
    ...(about === subject ? {} : { about }),
    ...(resolvedAt === null ? {} : { resolved: labelOf(resolvedAt) }),
    ...(resolvedByEventId === null ? {} : { by: resolvedByEventId }),
    ...(gone === null ? {} : { void: labelOf(gone.at), ...(gone.into === null ? {} : { into: gone.into }) }),
    ...(expected?.items === undefined ? {} : { items: items.map(({ ref }) => ref) }),
  };
}
