const TRANSIENT_CLASSES = ['08', '40', '53', '57', '58'];
const TRANSIENT_CODES = new Set([
  '55P03',
  '25P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
]);
const LOST_CONNECTION =
  /connection (terminated|error|ended)|client has encountered a connection error|timeout (exceeded|expired)/i;

/**
 * Whether trying the same thing again may succeed: lost or refused connections, deadlocks, lock and statement
 * time-outs, a server that is starting or short of resources. A constraint or a wrong statement is not transient.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined) return LOST_CONNECTION.test(error.message);
  return TRANSIENT_CODES.has(code) || (code.length === 5 && TRANSIENT_CLASSES.includes(code.slice(0, 2)));
}
