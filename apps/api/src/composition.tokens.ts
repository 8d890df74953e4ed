/** Injection tokens of what is an interface and therefore cannot be one itself. */
export const eventLog = Symbol('EventLog');
export const wallClock = Symbol('Clock');
