/** Injection token of the library's `FunnelReader`, which is an interface. */
export const funnelReader = Symbol('FunnelReader');
