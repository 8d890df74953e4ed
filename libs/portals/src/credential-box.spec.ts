import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decryptCredentials, encryptCredentials } from './credential-box.js';

describe('credentials of a portal', () => {
  const key = randomBytes(32);
  const portalId = randomUUID();
  const secret = 'https://example.bitrix24.ru/rest/1/s3cr3t/';

  it('come back with the same key and portal, and never lie there in clear', () => {
    const sealed = encryptCredentials(key, portalId, secret);
    expect(sealed.includes('s3cr3t')).toBe(false);
    expect(decryptCredentials(key, portalId, sealed)).toBe(secret);
  });

  it.each([
    ['another key', randomBytes(32), portalId],
    ['the row of another portal', key, randomUUID()],
  ])('are refused with %s', (_name, otherKey, otherPortal) => {
    const sealed = encryptCredentials(key, portalId, secret);
    expect(() => decryptCredentials(otherKey, otherPortal, sealed)).toThrow(
      expect.objectContaining({ code: 'CREDENTIALS_UNREADABLE' }),
    );
  });

  it('are refused when a byte was changed', () => {
    const sealed = encryptCredentials(key, portalId, secret);
    sealed[sealed.length - 1]! ^= 1;
    expect(() => decryptCredentials(key, portalId, sealed)).toThrow('cannot be read');
  });
});
