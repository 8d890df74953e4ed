import { Rejection } from '@funnelwatch/kernel';
import { expect, test } from '@jest/globals';
import { parseWebhookUrl, webhookUrlOf } from './webhook-url.js';

test.each([
  ['https://example.bitrix24.ru/rest/1/abc123/', 'https://example.bitrix24.ru'],
  ['  https://example.bitrix24.ru/rest/1/abc123  ', 'https://example.bitrix24.ru'],
  ['https://crm.company.local:8443/rest/1/abc123/profile.json', 'https://crm.company.local:8443'],
  ['https://example.bitrix24.ru/rest/1/abc123/crm.deal.list', 'https://example.bitrix24.ru'],
  ['http://127.0.0.1:8080/rest/1/abc123/', 'http://127.0.0.1:8080'],
  ['http://localhost/rest/1/abc123/', 'http://localhost'],
  ['http://[::1]:81/rest/1/abc123/', 'http://[::1]:81'],
])('%s is a webhook', (text, origin) => {
  const webhook = parseWebhookUrl(text);
  expect(webhook).toMatchObject({ origin, userId: '1', code: 'abc123' });
  expect(webhookUrlOf(webhook)).toBe(`${origin}/rest/1/abc123/`);
});

test.each([
  '',
  'example.bitrix24.ru/rest/1/abc123/',
  'ftp://example.bitrix24.ru/rest/1/abc123/',
  'https://example.bitrix24.ru/',
  'https://example.bitrix24.ru/rest/abc123/',
  'https://example.bitrix24.ru/rest/1/',
  'https://example.bitrix24.ru/rest/one/abc123/',
  'https://example.bitrix24.ru/rest/1/abc 123/',
  'https://example.bitrix24.ru/rest/1/abc123/../../admin/',
  'https://example.bitrix24.ru/other/rest/1/abc123/',
  'https://user:secret@example.bitrix24.ru/rest/1/abc123/',
  'http://example.bitrix24.ru/rest/1/abc123/',
  'http://127.evil.example/rest/1/abc123/',
  'http://10.0.0.5/rest/1/abc123/',
  `https://example.bitrix24.ru/rest/1/${'a'.repeat(10_000)}/`,
])('%j is refused without repeating it', (text) => {
  let rejection: unknown;
  try {
    parseWebhookUrl(text);
  } catch (error) {
    rejection = error;
  }
  expect(rejection).toBeInstanceOf(Rejection);
  expect((rejection as Rejection).code).toBe('WEBHOOK_URL_INVALID');
  expect((rejection as Rejection).message).not.toMatch(/abc123|secret|aaa/);
});

test('plain http needs to be allowed by name', () => {
  expect(parseWebhookUrl('http://portal-sim:8080/rest/1/abc/', { httpHosts: ['portal-sim'] }).host).toBe(
    'portal-sim:8080',
  );
});
