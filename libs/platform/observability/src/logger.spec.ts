import { expect, test } from '@jest/globals';
import { createLogger, withoutSecrets } from './logger.js';

test('webhook codes and passwords leave texts', () => {
  expect(withoutSecrets('GET https://a.bitrix24.ru/rest/1/abc123/crm.deal.list')).toBe(
    'GET https://a.bitrix24.ru/rest/1/***/crm.deal.list',
  );
  expect(withoutSecrets('"postgres://app:p4ss@db:5432/x"')).toBe('"postgres://app:***@db:5432/x"');
});

test('secrets are redacted by key and inside messages and errors', () => {
  const lines: string[] = [];
  const logger = createLogger({ app: 'spec', destination: { write: (line: string) => void lines.push(line) } });
  logger.info({ webhookUrl: 'x1', portal: { credentials: 'x2' } }, 'calling http://h/rest/7/x3/profile');
  logger.error(new Error('no answer from http://h/rest/7/x3/profile'));
  const [first = '', second = ''] = lines;
  expect(JSON.parse(first)).toMatchObject({ app: 'spec', level: 'info', webhookUrl: '***' });
  expect(JSON.parse(second)).toMatchObject({ level: 'error' });
  expect(lines.join('')).not.toMatch(/x[123]/);
});
