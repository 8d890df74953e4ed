import { describe, expect, test } from '@jest/globals';
import { type Client, parseClients, parseSettings } from './clients.js';

const client: Client = { org: 2, name: 'Romashka', login: 'client_romashka', passwordFile: '/run/secrets/romashka' };

test('clients are taken as they are written', () => {
  const told = { ...client, org: 3, login: 'client_lutik', alertEmail: 'head@example.com' };
  expect(parseClients([client, told])).toEqual([client, told]);
  expect(parseClients([])).toEqual([]);
});

describe('clients are refused', () => {
  test.each<[string, unknown]>([
    ['that are no list', {}],
    ['in the organisation of the staff', [{ ...client, org: 1 }]],
    ['without a name', [{ ...client, name: '' }]],
    ['with a login that is no word', [{ ...client, login: 'a b' }]],
    ['with a password instead of its file', [{ ...client, passwordFile: 'secret' }]],
    ['with a key that means nothing', [{ ...client, password: 'secret' }]],
    ['with an address that is none', [{ ...client, alertEmail: 'somebody' }]],
    ['twice in one organisation', [client, { ...client, login: 'other' }]],
    ['that share a login and would see the same portals', [client, { ...client, org: 3 }]],
    ['that are no objects', [null]],
  ])('%s', (_, wrong) => {
    expect(() => parseClients(wrong)).toThrow('CLIENTS_INVALID');
  });

  test('without saying what stood in the place of a path', () => {
    let message = '';
    try {
      parseClients([{ ...client, passwordFile: 'hunter2' }]);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('passwordFile');
    expect(message).not.toContain('hunter2');
  });
});

const settings = { consoleUrl: 'https://funnel.example.com', timeZone: 'Europe/Moscow', language: 'ru' };

test('settings name the console, a zone and a language', () => {
  expect(parseSettings(settings)).toEqual(settings);
  expect(parseSettings({ ...settings, consoleUrl: 'http://127.0.0.1:4400' })).toMatchObject({
    consoleUrl: 'http://127.0.0.1:4400',
  });
});

test.each<[string, object | null]>([
  ['an address that a browser would run', { ...settings, consoleUrl: 'javascript:alert(1)' }],
  ['an address with a slash at its end', { ...settings, consoleUrl: 'https://funnel.example.com/' }],
  ['an address with a variable', { ...settings, consoleUrl: 'https://$host' }],
  ['no zone', { ...settings, timeZone: 'night' }],
  ['no language', { ...settings, language: 'de' }],
  ['a key that means nothing', { ...settings, console: 'x' }],
  ['nothing', null],
])('settings with %s are refused', (_, wrong) => {
  expect(() => parseSettings(wrong)).toThrow('SETTINGS_INVALID');
});
