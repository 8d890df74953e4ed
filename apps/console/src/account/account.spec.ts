import { expect, it } from '@jest/globals';
import { deviceOf } from './device.js';

it('a session is told by browser and system', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
  expect(deviceOf(chrome)).toBe('Chrome, Linux');
  expect(deviceOf(`${chrome} YaBrowser/25.8`)).toBe('Yandex, Linux');
  expect(deviceOf(chrome.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64'))).toBe('Chrome, Windows');
  expect(
    deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1'),
  ).toBe('Safari, iOS');
  expect(deviceOf('curl/8.5.0')).toBe('curl');
  expect(deviceOf(' ')).toBeNull();
  expect(deviceOf(null)).toBeNull();
});
