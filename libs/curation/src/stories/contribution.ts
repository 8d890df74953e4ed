/** What one record adds to the story of an employee or of the portal, or to an hour of a channel. */
export interface Contribution {
  /** `employee:5`, `portal:-`, or of an arrival the hour of its channel. */
  to: string;
  kind: 'deal_moved' | 'activity_finished' | 'holding' | 'vanished' | 'heard';
  /** Milliseconds since the epoch. */
  at: number;
  /** End of a holding; null while it lasts, and for what takes no time. */
  until: number | null;
  /** The event that ended a holding; null while it lasts. */
  untilEventId?: string | null;
  ref: string;
  eventId: string;
  position: number;
  isOverdue: boolean;
  isDeal: boolean;
}
