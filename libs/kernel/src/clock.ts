/** Wall time as a dependency. CRM time never comes from here: it comes from the portal's answers. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
