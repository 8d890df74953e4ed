/** Injection tokens of what is an interface and therefore cannot be one itself. */
export const eventLog = Symbol('EventLog');
export const wallClock = Symbol('Clock');
/** Key of every draw: who is drawn cannot know it. */
export const drawKey = Symbol('DrawKey');
export const demoPortal = Symbol('DemoPortal');

/** The simulated portal that demo accounts are for; null where there are none. */
export interface DemoPortal {
  portalId: string | null;
}
