import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Rejection } from '@funnelwatch/kernel';

export interface FieldError {
  field: string;
  message: string;
}

const shownErrors = 20;

/** The request does not fit its schema; names each wrong field, never its value. */
export class InvalidRequest extends Rejection {
  readonly errors: FieldError[];
  constructor(errors: FieldError[]) {
    const [first] = errors;
    super('INVALID_REQUEST', first ? `${first.field}: ${first.message}` : 'The request is not valid.');
    this.errors = errors.slice(0, shownErrors);
  }
}

/** Checks body, query and path against the zod schema of the parameter. */
export function requestValidation(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new InvalidRequest(
        issues.map((issue) => ({
          field: fieldOf(issue.path),
          // Messages of zod may repeat what was sent: a long name of an unknown key, for example.
          message: issue.message.slice(0, 200),
        })),
      ),
  });
}

function fieldOf(path: readonly (PropertyKey | { key: PropertyKey })[] | undefined): string {
  const segments = (path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment));
  return segments.join('.').slice(0, 100) || 'request';
}
