/** What one record adds to the story of an employee or of the portal. */
export interface Contribution {
  /** `employee:5` or `portal:-`. */
  to: string;
  kind: 'deal_moved' | 'activity_finished' | 'holding' | 'vanished';
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
