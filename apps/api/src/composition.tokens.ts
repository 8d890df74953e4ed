/** Injection tokens of what is an interface and therefore cannot be one itself. */
export const eventLog = Symbol('EventLog');
export const wallClock = Symbol('Clock');
/** Connections that look into the schema `identity` first. */
export const identityPool = Symbol('IdentityPool');
export const demoPortal = Symbol('DemoPortal');

/** The simulated portal that demo accounts are for; null where there are none. */
export interface DemoPortal {
  portalId: string | null;
}
