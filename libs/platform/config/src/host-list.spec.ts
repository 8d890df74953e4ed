import { expect, test } from '@jest/globals';
import { hostList } from './host-list.js';

test('hosts and ports come back as a URL writes them', () => {
  const text = ' Portal.Local , 10.0.0.5:8443,портал.рф,0x7f.1:80,[FD00:0::1],crm.local.:443,';
  expect(hostList.parse(text)).toEqual([
    'portal.local',
    '10.0.0.5:8443',
    new URL('https://портал.рф').hostname,
    '127.0.0.1:80',
    '[fd00::1]',
    'crm.local:443',
  ]);
  expect(hostList.parse('')).toEqual([]);
});

test.each([
  'https://portal.local',
  'portal.local/rest',
  '10.0.0.0/8',
  '*.local',
  'a@b',
  'portal.local:',
  'a:99999',
  'a b',
])('%j is no host', (text) => {
  expect(hostList.safeParse(`portal.local,${text}`).error?.issues[0]?.message).toContain('must be a list');
});
