import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

describe('settings of the simulator', () => {
  it('have defaults', () => {
    expect(readConfig([], {})).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      company: 'default',
      history: 'full',
      limits: true,
    });
  });

  it('come from flags before the environment', () => {
    const environment = {
      PORT: '8080',
      PORTAL_SIM_COMPANY: 'tiny',
      PORTAL_SIM_STATE_DIR: '/data',
      PORTAL_SIM_LIMITS: 'off',
    };
    expect(readConfig(['--company', 'large', '--deals=100', '--tls-port', '0'], environment)).toMatchObject({
      port: 8080,
      company: 'large',
      deals: 100,
      'state-dir': '/data',
      limits: false,
    });
  });

  it('that are wrong are all named at once', () => {
    expect(() => readConfig(['--port', 'x', '--until', 'tomorrow'], {})).toThrow(/port[\s\S]*until/);
    expect(() => readConfig(['--colour', 'red'], {})).toThrow(/--colour/);
  });
});
