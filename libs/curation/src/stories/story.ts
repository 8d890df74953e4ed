import type { Gone } from '../world/record-state.js';
import type { RuleFact } from '../world/rule-fact.js';

/** What happened at one instant, after which states are looked at. */
export interface Step {
  /** Milliseconds since the epoch. */
  at: number;
  /** Facts on which rules of the subject can fire. */
  facts: readonly RuleFact[];
  /** The last event of the instant, and who it is from: what begins or ends here does so because of it. */
  eventId: string;
  position: number;
  by: string;
  /** Aspects of the world that may be different now; all of them unless told. */
  touched?: number;
}

/**
 * The life of one subject. Asking for the next step moves `view` on to its instant; when the steps are over, `view` is as
 * things stand in the end.
 */
export interface Story {
  /** `deal:12`. */
  subject: string;
  view: object;
  steps(): Iterable<Step>;
  /** How a record vanished; null while it is there, as far as the story is told. */
  gone(stream: string): Gone | null;
}
