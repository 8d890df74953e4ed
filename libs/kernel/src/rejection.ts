/**
 * An expected failure: a stable code for programs and a sentence that tells a person what to do.
 * `details` carries figures and names only, never secrets or personal data.
 */
export class Rejection extends Error {
  override readonly name: string = 'Rejection';
  constructor(
    readonly code: string,
    message: string,
    options?: { cause?: unknown; details?: Record<string, string | number | boolean | null> },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.details = options?.details ?? {};
  }
  readonly details: Record<string, string | number | boolean | null>;
}
