/** A mistake in how a dashboard, an alert or a client is written: a stable code and what to put right. Stops the build. */
export class AuthoringError extends Error {
  override readonly name = 'AuthoringError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}
