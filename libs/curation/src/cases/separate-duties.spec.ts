import { expect, test } from '@jest/globals';
import { curator, headOfSales, opened, ToldCase, verdict } from './case.spec-fixture.js';
import type { CaseCommand } from './decide-case.js';

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
const seller = curator('seller', { userId: '4', ownUserIds: ['4'] });

const judging: CaseCommand[] = [
  verdict('real'),
  verdict('false'),
  { type: 'WithdrawVerdict' },
  { type: 'Snooze', until: { kind: 'event' }, reason: 'later' },
  { type: 'Merge', into: '018f0000-0000-8000-8000-000000000009' },
  { type: 'Close' },
  { type: 'Reopen' },
  { type: 'RequestFeedback', messageId: 'm', channel: 'task', to: '4' },
  { type: 'CancelFeedback', messageId: 'm' },
  { type: 'DecideDispute', verdict: 'false' },
  { type: 'ReviewBlindly', verdict: 'false' },
];

test.each(judging.map((command) => [command.type, command] as const))(
  'nobody does %s with a case about their own work, nor with that of somebody they stand in for',
  (_type, command) => {
    const standsIn = curator('colleague', { userId: '5', ownUserIds: ['5', '4'] });
    for (const who of [seller, standsIn]) {
      expect(() => new ToldCase(opened()).handle(command, who)).toThrow(code('CASE_OWN'));
    }
  },
);

test('own work may be handed to a colleague', () => {
  expect(new ToldCase(opened()).handle({ type: 'Assign', to: 'other' }, seller)).toHaveLength(1);
});

test('whom a case was given over to may not judge it, nor may the owner who came later', () => {
  const told = new ToldCase(opened(), { type: 'CaseReassigned', data: { owner: '6' } });
  for (const id of ['4', '6']) {
    const who = curator('x', { userId: id, ownUserIds: [id] });
    expect(() => told.handle(verdict('false'), who)).toThrow(code('CASE_OWN'));
  }
});

test('being head of somebody does not make their work one’s own', () => {
  expect(new ToldCase(opened()).handle(verdict('real'), headOfSales)).toHaveLength(1);
});

test('a head of sales neither dismisses, closes, merges nor decides disputes alone', () => {
  const refused = (told: ToldCase, command: CaseCommand) =>
    expect(() => told.handle(command, headOfSales)).toThrow(code('CASE_HEAD_ALONE'));
  const confirmed = () => {
    const told = new ToldCase(opened());
    told.handle(verdict('real'), curator('a'));
    return told;
  };
  refused(new ToldCase(opened()), verdict('false'));
  refused(new ToldCase(opened()), verdict('acceptable'));
  refused(new ToldCase(opened()), { type: 'Merge', into: '018f0000-0000-8000-8000-000000000009' });
  refused(confirmed(), { type: 'Close' });
  refused(confirmed(), { type: 'WithdrawVerdict' });
  const asked = confirmed();
  asked.handle({ type: 'RequestFeedback', messageId: 'm', channel: 'task', to: '4' }, curator('a'));
  refused(asked, { type: 'CancelFeedback', messageId: 'm' });
  const disputed = asked.tell({ type: 'CaseAnswered', data: { answer: 'disagree', by: '4', messageId: 'm' } });
  refused(disputed, { type: 'DecideDispute', verdict: 'false' });
});

test('a head of sales may take back a verdict of their own', () => {
  const told = new ToldCase(opened());
  told.handle(verdict('real'), headOfSales);
  expect(told.handle({ type: 'WithdrawVerdict' }, headOfSales)).toHaveLength(1);
});

test('whoever gave a verdict, also one that a colleague has replaced, does not decide the dispute about it', () => {
  const told = new ToldCase(opened());
  told.handle(verdict('real'), curator('a'));
  told.handle(verdict('false'), curator('b'));
  told.handle(verdict('real'), curator('b'));
  told.tell({ type: 'CaseAnswered', data: { answer: 'disagree', by: '4', messageId: null } });
  for (const by of ['a', 'b']) {
    expect(() => told.handle({ type: 'DecideDispute', verdict: 'false' }, curator(by))).toThrow(
      code('CASE_SAME_REVIEWER'),
    );
  }
  expect(told.handle({ type: 'DecideDispute', verdict: 'false' }, curator('c'))).toHaveLength(1);
});
