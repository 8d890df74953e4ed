import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { Rejection } from '@funnelwatch/kernel';
import { type Logger, withoutSecrets } from '@funnelwatch/observability';
import type { Request, Response } from 'express';
import type { Problem } from './problem.schema.js';
import { retryAfterSecondsOf } from './problem-codes.js';
import { problemOfError } from './problem-of-error.js';

/** Answers every failure as problem+json; logs the unexpected ones with their cause under an id that it shows. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<Request>(), http.getResponse<Response>());
  }

  /** Also used by the middleware that runs before Nest. */
  answer(error: unknown, request: Request, response: Response): void {
    const problem: Problem = { ...problemOfError(error), instance: request.path.slice(0, 300) };
    const retryAfterSeconds = waitOf(error) ?? retryAfterSecondsOf(problem.code);
    if (problem.status >= 500 && retryAfterSeconds === undefined) {
      problem.errorId = randomUUID();
      this.logger.error(
        { errorId: problem.errorId, code: problem.code, method: request.method, failure: describe(error) },
        'request failed',
      );
    }
    if (retryAfterSeconds !== undefined && !response.headersSent)
      response.set('retry-after', String(retryAfterSeconds));
    if (response.headersSent) {
      response.end();
      return;
    }
    response
      .status(problem.status)
      .set({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' })
      .send(JSON.stringify(problem));
  }
}

/** Seconds that the rejection itself names. */
function waitOf(error: unknown): number | undefined {
  const seconds = error instanceof Rejection ? error.details['retryAfterSeconds'] : undefined;
  return typeof seconds === 'number' ? seconds : undefined;
}

/** Message, stack and causes only: other properties of a database error may quote rows. */
function describe(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    name: error.name,
    message: withoutSecrets(error.message),
    stack: error.stack,
    ...('code' in error && { code: String(error.code) }),
    ...(error.cause !== undefined && depth < 5 && { cause: describe(error.cause, depth + 1) }),
  };
}
