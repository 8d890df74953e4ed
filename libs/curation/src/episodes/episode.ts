import type { Story } from '../stories/story.js';
import type { Gone } from '../world/record-state.js';

/** What a rule found in the life of a subject. Times are milliseconds since the epoch. */
export interface Episode {
  ruleId: string;
  /** Whose life it was found in. */
  subject: string;
  /** What the case is about; the subject unless the rule says otherwise. */
  about: string;
  startAt: number;
  startEventId: string;
  startPosition: number;
  /** Who made the event; empty where nobody is named. */
  by: string;
  /** When the case opens, or would open: in the future when it is later than the rule clock. */
  opensAt: number;
  /** When it resolved by itself, with the event that proves it. */
  resolvedAt: number | null;
  resolvedByEventId: string | null;
  /** When and how what it is about vanished. */
  gone: Gone | null;
  items: readonly { ref: string; eventId: string; at: number }[];
  evidence: Readonly<Record<string, string | number | boolean>>;
  people: EpisodePeople;
}

/** Who was what when the episode began; empty where nobody is known. */
export interface EpisodePeople {
  doer: string;
  owner: string;
  creator: string;
  assignee: string;
  editor: string;
}

/** One opportunity to violate a rule: when, and whose. */
export interface Check {
  ruleId: string;
  /** Milliseconds since the epoch. */
  at: number;
  person: string;
}

/** A rule whose condition threw: it cannot be judged until it is mended. */
export interface Fault {
  ruleId: string;
  subject: string;
  message: string;
}

export interface Judgement {
  /** Episodes that have opened by the rule clock. */
  opened: Episode[];
  /** The next instant at which one opens, or resolves by quiet, if nothing more happens; null without one. */
  nextDueAt: number | null;
  faults: Fault[];
  /** Every opportunity to violate a rule that the life offered. */
  checks: Check[];
}

/** How the subject of an episode, or what it is about, vanished, whichever did so first; null while both are there. */
export function goneWith(story: Story, { subject, about }: Episode): Gone | null {
  const subjectGone = story.gone(subject);
  if (about === subject) return subjectGone;
  const aboutGone = story.gone(about);
  if (subjectGone === null || aboutGone === null) return subjectGone ?? aboutGone;
  return aboutGone.at < subjectGone.at ? aboutGone : subjectGone;
}
