import { describe, expect, it } from '@jest/globals';
import type { AnswerPage } from '../api/schema.js';
import { isAnswerToken, replyStanding } from './reply-standing.js';

const page = (changes: Partial<AnswerPage>): AnswerPage => ({
  portalName: 'Ромашка',
  language: 'ru',
  ruleTitle: { ru: '', en: '' },
  clause: { ru: '', en: '' },
  feedback: { ru: '', en: '' },
  about: 'deal:1',
  portalUrl: null,
  startedAt: '2026-03-02T07:00:00.000Z',
  zone: 'Europe/Moscow',
  isResolved: false,
  isOver: false,
  answer: null,
  decision: null,
  ...changes,
});

describe('whoever opens a link', () => {
  it('is asked, also when it was fixed meanwhile', () => {
    expect(replyStanding(page({}))).toBe('asked');
    expect(replyStanding(page({ isResolved: true }))).toBe('asked');
  });

  it('is told what they answered until it is decided', () => {
    expect(replyStanding(page({ answer: 'disagree' }))).toBe('answered');
    expect(replyStanding(page({ answer: 'disagree', decision: 'stands' }))).toBe('stands');
    expect(replyStanding(page({ answer: 'disagree', decision: 'lifted' }))).toBe('lifted');
    expect(replyStanding(page({ decision: 'lifted' }))).toBe('lifted');
  });

  it('need not answer about what is gone', () => {
    expect(replyStanding(page({ isOver: true, answer: 'fixed', decision: 'lifted' }))).toBe('over');
  });
});

describe('the end of an address', () => {
  it('is asked about only when it has the shape of a token', () => {
    const signature = 'a'.repeat(43);
    expect(isAnswerToken(`eyJ_-9.${signature}`)).toBe(true);
    expect(isAnswerToken('')).toBe(false);
    expect(isAnswerToken('…')).toBe(false);
    expect(isAnswerToken(`eyJ.${signature}x`)).toBe(false);
    expect(isAnswerToken(`.${signature}`)).toBe(false);
  });
});
