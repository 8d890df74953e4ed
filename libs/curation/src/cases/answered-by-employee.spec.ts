import { expect, test } from '@jest/globals';
import { curator, opened, ToldCase } from './case.spec-fixture.js';
import { decideAnswer } from './decide-case.js';

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
const disagreed = { answer: 'disagree', hasComment: false } as const;

const answeredBy = (userId: string, hasComment = false): ToldCase =>
  new ToldCase(opened(), {
    type: 'CaseAnswered',
    data: { answer: 'disagree', by: userId, messageId: null, ...(hasComment ? { hasComment } : {}) },
  });

test('the same answer again changes nothing, unless it says why for the first time', () => {
  const { state } = answeredBy('4');
  expect(decideAnswer(disagreed, state, '4')).toEqual([]);
  const [explained] = decideAnswer({ ...disagreed, hasComment: true }, state, '4');
  expect(explained?.data).toMatchObject({ answer: 'disagree', hasComment: true });
  expect(decideAnswer({ ...disagreed, hasComment: true }, answeredBy('4', true).state, '4')).toEqual([]);
});

test('another answer takes the place of the one before', () => {
  const [fixed] = decideAnswer({ answer: 'fixed', hasComment: false }, answeredBy('4', true).state, '4');
  expect(fixed?.data).toEqual({ answer: 'fixed', by: '4', messageId: null });
});

test('nobody answers a case that concerns somebody else', () => {
  expect(() => decideAnswer(disagreed, answeredBy('4').state, '99')).toThrow(code('CASE_NOT_YOURS'));
});

test('a dispute is decided once, until there is another verdict or the breach begins again', () => {
  const decided = answeredBy('4').tell({ type: 'DisputeDecided', data: { verdict: 'real', by: 'vera' } });
  const explained = { ...disagreed, hasComment: true };
  expect(() => decideAnswer(explained, decided.state, '4')).toThrow(code('CASE_DECIDED'));
  expect(() => decideAnswer({ answer: 'not-mine', hasComment: false }, decided.state, '4')).toThrow(
    code('CASE_DECIDED'),
  );
  expect(decideAnswer({ answer: 'fixed', hasComment: false }, decided.state, '4')).toHaveLength(1);
  // User 9, the head, is told of it too and has not disputed yet.
  const toHead = new ToldCase(...decided.events, {
    type: 'FeedbackRequested',
    data: { messageId: 'm', channel: 'task', to: '9', by: 'anna' },
  });
  expect(decideAnswer(explained, toHead.state, '9')).toHaveLength(1);
  const takenBack = new ToldCase(...decided.events, { type: 'VerdictWithdrawn', data: { by: 'vera' } });
  expect(decideAnswer(explained, takenBack.state, '4')).toHaveLength(1);
  const judgedAnew = decided.tell({
    type: 'VerdictGiven',
    data: { verdict: 'real', by: 'anna', seconds: null, template: '' },
  });
  expect(decideAnswer(explained, judgedAnew.state, '4')).toHaveLength(1);
});

test('what is on its way to somebody is not sent once more by the same channel', () => {
  const told = new ToldCase(opened());
  const send = (messageId: string, channel: 'task' | 'notification' = 'task') =>
    told.handle({ type: 'RequestFeedback', messageId, channel, to: '4' }, curator(messageId));
  expect(send('first')).toHaveLength(1);
  expect(() => send('second')).toThrow(code('CASE_FEEDBACK_ON_ITS_WAY'));
  expect(send('first')).toEqual([]);
  expect(send('third', 'notification')).toHaveLength(1);
  told.tell({ type: 'FeedbackCancelled', data: { messageId: 'first', by: 'anna' } });
  expect(send('fourth')).toHaveLength(1);
});
