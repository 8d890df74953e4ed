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

/** Each of these waits half a second for the read model. */
const MOST_ASKED = 60;

/**
 * The body of a read that has `minPosition`, asked for again while the answer is older than that: whoever decided
 * something sees it, however busy the read model is. After half a minute whatever there is.
 * @throws ApiProblem when the API refused or could not be reached.
 */
export async function answerCaughtUp<T>(ask: () => Promise<Answer<T>>): Promise<T> {
  for (let asked = 1; ; asked += 1) {
    const call = ask();
    const answer = await answerOf(call);
    if ((await call).response.headers.get('x-behind') !== 'true' || asked >= MOST_ASKED) return answer;
  }
}

/**
 * Waits for an answer without a body.
 * @throws ApiProblem when the API refused or could not be reached.
 */
export async function doneOf(call: Promise<Answer<unknown>>): Promise<void> {
  await answerOf(call.then(({ response, error }) => ({ response, error, data: response.ok ? true : undefined })));
}
