import { canonicalJson } from '@funnelwatch/kernel';
import type { KeptFact } from '../facts/kept-fact.js';
import { PortalView } from '../views/employee-view.js';
import { RuleFact } from '../world/rule-fact.js';
import { LearnedLimits } from '../world/learned-limits.js';
import type { Contribution } from './contribution.js';
import type { Arrival, HeardHour } from './heard-hour.js';
import type { Step, Story } from './story.js';

export interface PortalStoryParts {
  /** Configuration facts of the portal, and what is usual in it. */
  facts: readonly KeptFact[];
  contributions: readonly Contribution[];
  /** What its channels brought. */
  heard: readonly HeardHour[];
  untilMs: number;
}

interface Moment {
  fact: RuleFact;
  contribution: Contribution | null;
}

/** The life of the portal as a whole: how it is configured, what its channels bring, and what vanishes from it. */
export class PortalStory implements Story {
  readonly subject = 'portal:-';
  readonly view = new PortalView();
  private readonly moments: Moment[];

  constructor({ facts, contributions, heard, untilMs }: PortalStoryParts) {
    const vanished = contributions.map((contribution): Moment => {
      const { at, eventId, position, ref } = contribution;
      return { fact: new RuleFact('record_vanished', at, eventId, position, { ref }), contribution };
    });
    this.moments = [...configurations(facts), ...vanished, ...arrivals(heard, new LearnedLimits(facts))].filter(
      ({ fact }) => fact.atMs <= untilMs,
    );
    this.moments.sort(
      ({ fact: left }, { fact: right }) => left.atMs - right.atMs || (left.eventId < right.eventId ? -1 : 1),
    );
  }

  *steps(): Generator<Step> {
    const { moments, view } = this;
    for (let index = 0; index < moments.length;) {
      const at = moments[index]?.fact.atMs ?? 0;
      view.nowMs = at;
      const facts: RuleFact[] = [];
      for (; index < moments.length && moments[index]?.fact.atMs === at; index += 1) {
        const { fact, contribution } = moments[index] as (typeof moments)[number];
        if (contribution) view.note(contribution);
        if (fact.type === 'heard') view.hear(fact.channel);
        facts.push(fact);
      }
      const last = facts.at(-1) as RuleFact;
      yield { at, facts, eventId: last.eventId, position: last.position, by: last.by };
    }
  }

  gone(): null {
    return null;
  }
}

/** The first and last of what a channel brought within each hour. */
function arrivals(heard: readonly HeardHour[], usual: LearnedLimits): Moment[] {
  const moment = (channel: string, { at, eventId, position }: Arrival): Moment => {
    const fields = { ref: `channel:${channel}`, channel, usual_hours: usual.silenceOf(channel, at) };
    return { fact: new RuleFact('heard', at, eventId, position, fields), contribution: null };
  };
  return heard.flatMap(({ channel, first, last }) =>
    first.eventId === last.eventId ? [moment(channel, first)] : [moment(channel, first), moment(channel, last)],
  );
}

/** Configurations that differ from the one before; the first is none. */
function configurations(facts: readonly KeptFact[]): Moment[] {
  const ordered = facts
    .filter(({ verb }) => verb === 'Configured')
    .sort((left, right) => left.at - right.at || left.position - right.position);
  const before = new Map<string, string>();
  return ordered.flatMap(({ stream, at, eventId, position, by, data }) => {
    const text = canonicalJson(data);
    const known = before.get(stream);
    before.set(stream, text);
    if (known === undefined || known === text) return [];
    const fact = new RuleFact('configured', at, eventId, position, { by: by ?? '', ref: stream });
    return [{ fact, contribution: null }];
  });
}
