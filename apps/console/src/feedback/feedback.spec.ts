import { describe, expect, it } from '@jest/globals';
import type { CaseRow, ChannelSetting, PortalMessage } from '../api/schema.js';
import { enabledChannels, verdictChannel } from './channels.js';
import { readFeedbackSearch } from './feedback-search.js';
import { goesWithVerdict, messageStanding, nextLookMs, offersRetry } from './message-standing.js';
import { releasedBy } from './released-messages.js';

const NOW = Date.parse('2026-03-02T10:00:00.000Z');
const at = (seconds: number) => new Date(NOW + seconds * 1000).toISOString();

const message = (changes: Partial<PortalMessage>): PortalMessage => ({
  messageId: 'm',
  channel: 'task',
  to: { userId: '4', name: null },
  about: 'deal:1',
  caseId: 'c',
  state: 'waiting',
  reason: null,
  sentence: null,
  attempts: 0,
  createdAt: at(0),
  leavesAt: null,
  sentAt: null,
  seenAt: null,
  doneAt: null,
  mayCancel: true,
  mayRetry: false,
  ...changes,
});

const setting = (channel: ChannelSetting['channel'], isEnabled: boolean): ChannelSetting => ({
  ...{ channel, isEnabled, capPerPersonDay: 5, enabledAt: null },
});

describe('a message', () => {
  it('counts the seconds in which it can be taken back', () => {
    expect(messageStanding(message({ leavesAt: at(8.2) }), NOW)).toMatchObject({
      says: 'message.leavesIn',
      seconds: 9,
    });
    expect(messageStanding(message({ leavesAt: at(-1) }), NOW).says).toBe('message.leaving');
    expect(messageStanding(message({ leavesAt: at(3600) }), NOW)).toMatchObject({ at: at(3600), seconds: null });
  });

  it('that is kept back says whether a person has to do something', () => {
    const capped = message({ state: 'held', reason: 'CAP_REACHED', leavesAt: at(40_000) });
    expect(messageStanding(capped, NOW)).toMatchObject({ says: 'message.heldUntil', tone: 'wait' });
    const off = message({ state: 'held', reason: 'CHANNEL_OFF' });
    expect(messageStanding(off, NOW)).toMatchObject({ says: 'message.held', tone: 'bad' });
    expect(messageStanding(message({ attempts: 2, leavesAt: at(60) }), NOW).says).toBe('message.retrying');
  });

  it('is not sent again where it would only go on waiting', () => {
    const held = { state: 'held', mayRetry: true } as const;
    expect(offersRetry(message({ ...held, reason: 'CHANNEL_OFF' }))).toBe(false);
    expect(offersRetry(message({ ...held, reason: 'CAP_REACHED' }))).toBe(false);
    expect(offersRetry(message({ ...held, reason: 'OUTDATED' }))).toBe(true);
    expect(offersRetry(message({ state: 'refused', mayRetry: true }))).toBe(true);
    expect(offersRetry(message({ state: 'sent' }))).toBe(false);
  });

  it('that was sent says the furthest that is known of it', () => {
    const sent = { state: 'sent', sentAt: at(1) } as const;
    expect(messageStanding(message(sent), NOW)).toMatchObject({ says: 'message.sent', at: at(1) });
    expect(messageStanding(message({ ...sent, seenAt: at(2) }), NOW)).toMatchObject({
      says: 'message.seen',
      at: at(2),
    });
    const done = message({ ...sent, seenAt: at(2), doneAt: at(3) });
    expect(messageStanding(done, NOW)).toMatchObject({ says: 'message.done', at: at(3) });
  });

  it('is looked at often only while it is about to leave', () => {
    const about = nextLookMs([message({ leavesAt: at(5) })], NOW);
    const tomorrow = nextLookMs([message({ state: 'held', leavesAt: at(40_000) })], NOW);
    const over = nextLookMs([message({ state: 'cancelled' })], NOW);
    expect(about).toBeLessThan(tomorrow);
    expect(tomorrow).toBeLessThan(over);
  });
});

describe('with the verdict', () => {
  const channels = [setting('timeline-comment', true), setting('task', false), setting('notification', true)];
  const row: Pick<CaseRow, 'mode' | 'status' | 'verdict' | 'responsible'> = {
    ...{ mode: 'active', status: 'open', verdict: null, responsible: { userId: '4', name: null } },
  };

  it('goes what was chosen last, while it is on', () => {
    expect(enabledChannels(channels)).toEqual(['notification', 'timeline-comment']);
    expect(verdictChannel(channels, null)).toBe('notification');
    expect(verdictChannel(channels, 'timeline-comment')).toBe('timeline-comment');
    expect(verdictChannel(channels, 'task')).toBe('notification');
    expect(verdictChannel(channels, 'none')).toBe('none');
    expect(verdictChannel([setting('task', false)], 'task')).toBe('none');
    expect(verdictChannel([], null)).toBe('none');
  });

  it('goes nothing twice, and nothing to nobody', () => {
    expect(goesWithVerdict(row, [])).toBe(true);
    expect(goesWithVerdict(row, [{ state: 'cancelled' }, { state: 'failed' }])).toBe(true);
    expect(goesWithVerdict(row, [{ state: 'requested' }])).toBe(false);
    expect(goesWithVerdict(row, [{ state: 'seen' }])).toBe(false);
    expect(goesWithVerdict({ ...row, responsible: null }, [])).toBe(false);
    expect(goesWithVerdict({ ...row, verdict: 'real' }, [])).toBe(false);
    expect(goesWithVerdict({ ...row, status: 'disputed' }, [])).toBe(false);
    expect(goesWithVerdict({ ...row, mode: 'baseline' }, [])).toBe(false);
  });
});

describe('switching a channel on', () => {
  it('lets go what it kept back for less than a day', () => {
    const held = { state: 'held', reason: 'CHANNEL_OFF' } as const;
    const messages = [
      message({ ...held, createdAt: at(-3600) }),
      message({ ...held, createdAt: at(-90_000) }),
      message({ ...held, channel: 'notification' }),
      message({ state: 'held', reason: 'CAP_REACHED' }),
    ];
    expect(releasedBy('task', messages, NOW)).toBe(1);
  });
});

describe('the address of the page', () => {
  it('names a state, or all of them', () => {
    expect(readFeedbackSearch({ state: 'refused' })).toEqual({ state: 'refused' });
    expect(readFeedbackSearch({ state: 'sending', x: 1 })).toEqual({});
  });
});
