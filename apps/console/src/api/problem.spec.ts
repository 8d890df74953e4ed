import { describe, expect, it } from '@jest/globals';
import { ApiProblem, describeProblem, tell, toProblem } from './problem.js';

const say = (key: string) => key;

describe('a refusal', () => {
  it('is read from problem details', () => {
    const problem = toProblem(400, {
      code: 'INVALID_REQUEST',
      detail: 'to: must be later than from',
      errors: [{ field: 'to', message: 'must be later than from' }, 'odd'],
    });
    expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST', errorId: null });
    expect(problem.fields).toEqual([{ field: 'to', message: 'must be later than from' }]);
  });

  it('is bearable when a proxy answers with a page', () => {
    expect(toProblem(502, '<html>').code).toBe('UNREADABLE_ANSWER');
    expect(toProblem(502, undefined).code).toBe('UNREADABLE_ANSWER');
  });

  it('keeps the id to look for', () => {
    const problem = new ApiProblem(500, 'INTERNAL', 'Look for the id.', '7c1e', []);
    expect(describeProblem(problem, 'ru', say)).toEqual({
      sentence: 'problem.INTERNAL',
      detail: null,
      errorId: '7c1e',
      fields: [],
    });
    expect(describeProblem(new TypeError('x'), 'ru', say).sentence).toBe('problem.UNKNOWN');
  });
});

describe('a failed connection', () => {
  it('is told in the language of the reader, with what only the portal knows', () => {
    const english = 'The webhook of x lacks the right “crm”.';
    expect(tell('SCOPE_MISSING', english, 'ru', say)).toEqual({ sentence: 'problem.SCOPE_MISSING', detail: english });
    expect(tell('SCOPE_MISSING', english, 'en', say)).toEqual({ sentence: english, detail: null });
    expect(tell('NEVER_SEEN', english, 'ru', say)).toEqual({ sentence: english, detail: null });
    expect(tell(null, null, 'ru', say)).toEqual({ sentence: 'problem.UNKNOWN', detail: null });
  });
});
