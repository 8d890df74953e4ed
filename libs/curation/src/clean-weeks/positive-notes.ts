/** Whether a portal says a good word where one is due, and from how many opportunities on a week counts. */
export interface PositiveNotes {
  isOn: boolean;
  leastChecks: number;
  channel: 'task' | 'notification';
}

/** Off until somebody switches it on. */
export const usualPositiveNotes: PositiveNotes = { isOn: false, leastChecks: 20, channel: 'notification' };
