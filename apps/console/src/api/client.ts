import createClient from 'openapi-fetch';
import type { paths } from '../generated/api.js';
import { ApiProblem, toProblem } from './problem.js';

/** The typed client of the API this console is served by. */
export const api = createClient<paths>({ baseUrl: '/' });

type Answer<T> = { data?: T; error?: unknown; response: Response };

/**
 * The body of a successful answer.
 * @throws ApiProblem when the API refused or could not be reached.
 */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, 'SERVER_UNREACHABLE', '', null, []);
  }
  if (answer.data !== undefined) return answer.data;
  throw toProblem(answer.response.status, answer.error, answer.response.headers.get('retry-after'));
}

/**
 * Waits for an answer without a body.
 * @throws ApiProblem when the API refused or could not be reached.
 */
export async function doneOf(call: Promise<Answer<unknown>>): Promise<void> {
  await answerOf(call.then(({ response, error }) => ({ response, error, data: response.ok ? true : undefined })));
}
