import { expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { AnswerTokens } from './answer-token.js';

const now = new Date('2026-03-02T09:00:00Z');
const grant = { portalId: randomUUID(), caseId: randomUUID(), userId: '7' };

test('a link opens what it was made for, until it expires', () => {
  const tokens = new AnswerTokens(randomBytes(32));
  const token = tokens.make(grant, now);
  expect(tokens.open(token, now)).toMatchObject(grant);
  const later = new Date(now.getTime() + 61 * 86_400_000);
  expect(() => tokens.open(token, later)).toThrow(expect.objectContaining({ code: 'LINK_EXPIRED' }));
});

test('what was changed, or signed under another key, is no link', () => {
  const tokens = new AnswerTokens(randomBytes(32));
  const token = tokens.make(grant, now);
  const [body = '', signature = ''] = token.split('.');
  const forged = Buffer.from(JSON.stringify({ ...grant, userId: '8', until: 4_000_000_000 })).toString('base64url');
  for (const wrong of [`${forged}.${signature}`, `${body}.`, body, '', '.', `${body}.${signature}x`]) {
    expect(() => tokens.open(wrong, now)).toThrow(expect.objectContaining({ code: 'LINK_UNKNOWN' }));
  }
  const other = new AnswerTokens(randomBytes(32));
  expect(() => other.open(token, now)).toThrow(expect.objectContaining({ code: 'LINK_UNKNOWN' }));
});
