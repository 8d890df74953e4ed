import type { KeptFact } from '../facts/kept-fact.js';
import { EmployeeView } from '../views/employee-view.js';
import type { ViewSurroundings } from '../views/record-view.js';
import { byTime, type Happening, happeningsOf } from '../world/happening.js';
import { RuleFact } from '../world/rule-fact.js';
import type { Contribution } from './contribution.js';
import type { Step, Story } from './story.js';

interface Moment {
  at: number;
  position: number;
  eventId: string;
  /** Ends before beginnings: a record that changes hands is never counted twice. */
  rank: number;
  happen(view: EmployeeView): RuleFact | null;
  by: string;
}

export interface EmployeeStoryParts {
  userId: string;
  /** Facts of the user's own stream. */
  facts: readonly KeptFact[];
  /** Facts of the sampled audits of their work. */
  audits: readonly KeptFact[];
  contributions: readonly Contribution[];
  around: ViewSurroundings;
  untilMs: number;
}

/** The life of an employee: whether they are there, what they own and what they did. */
export class EmployeeStory implements Story {
  readonly subject: string;
  readonly view: EmployeeView;
  private readonly moments: Moment[];

  constructor({ userId, facts, audits, contributions, around, untilMs }: EmployeeStoryParts) {
    this.subject = `employee:${userId}`;
    this.view = new EmployeeView(userId, around.workingTime, around.zone);
    const own = happeningsOf(facts).sort(byTime).flatMap(presence);
    const given = contributions.flatMap((contribution) => momentsOf(contribution, userId));
    this.moments = [...own, ...given, ...scores(audits, userId)].filter(({ at }) => at <= untilMs);
    this.moments.sort(
      (left, right) => left.at - right.at || left.rank - right.rank || (left.eventId < right.eventId ? -1 : 1),
    );
  }

  *steps(): Generator<Step> {
    const { moments, view } = this;
    for (let index = 0; index < moments.length;) {
      const { at } = moments[index] as Moment;
      view.nowMs = at;
      const facts: RuleFact[] = [];
      let last = moments[index] as Moment;
      for (; index < moments.length && moments[index]?.at === at; index += 1) {
        last = moments[index] as Moment;
        const fact = last.happen(view);
        if (fact) facts.push(fact);
      }
      yield { at, facts, eventId: last.eventId, position: last.position, by: last.by };
    }
  }

  gone(): null {
    return null;
  }
}

function presence(happening: Happening): Moment[] {
  if (happening.type !== 'created' && happening.type !== 'changed') return [];
  const active = happening.fields['active'];
  if (typeof active !== 'boolean') return [];
  const { at, position, eventId, by } = happening;
  const happen = (view: EmployeeView) => {
    view.isActive = active;
    return null;
  };
  return [{ at, position, eventId, by: by ?? '', rank: 0, happen }];
}

/** Scores of audits, and those that were taken back. */
function scores(audits: readonly KeptFact[], userId: string): Moment[] {
  return [...Map.groupBy(audits, ({ stream }) => stream).values()].flatMap((told) => {
    const about = told.find(({ verb }) => verb === 'AuditDrawn')?.data['about'];
    if (typeof about !== 'string') return [];
    return told.flatMap(({ stream, verb, at, position, eventId, data }): Moment[] => {
      if (verb === 'AuditDrawn') return [];
      const score = Number(data['score'] ?? 0);
      const isPassed = data['isPassed'] === true;
      const happen = (view: EmployeeView): RuleFact | null => {
        const isGiven = verb === 'AuditScored';
        view.audited(about, stream, isGiven ? { score, isPassed } : null);
        const fields = { by: userId, ref: about, is_passed: isPassed, score };
        return isGiven ? new RuleFact('audited', at, eventId, position, fields) : null;
      };
      return [{ at, position, eventId, by: userId, rank: verb === 'AuditScored' ? 4 : 3, happen }];
    });
  });
}

function momentsOf(contribution: Contribution, userId: string): Moment[] {
  const { kind, at, until, position, eventId, ref, isOverdue } = contribution;
  const base = { position, eventId, by: userId };
  const taken: Moment = {
    ...base,
    at,
    rank: 2,
    happen(view) {
      view.note(contribution);
      if (kind !== 'deal_moved' && kind !== 'activity_finished') return null;
      return new RuleFact(kind, at, eventId, position, { by: userId, ref, is_overdue: isOverdue });
    },
  };
  if (kind !== 'holding' || until === null) return [taken];
  const left: Moment = {
    ...base,
    eventId: contribution.untilEventId ?? eventId,
    at: until,
    rank: 1,
    happen(view) {
      view.letGo(ref);
      return null;
    },
  };
  return until > at ? [taken, left] : [];
}
