import { expect, test } from '@jest/globals';
import { hashPassword, verifyPassword } from './password-hash.js';

test('a password matches its hash and nothing else does', async () => {
  const hash = await hashPassword('верный пароль 1');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(await verifyPassword('верный пароль 1', hash)).toBe(true);
  expect(await verifyPassword('верный пароль 2', hash)).toBe(false);
  expect(await verifyPassword('верный пароль 1', '')).toBe(false);
  expect(await verifyPassword('', '$argon2i$v=19$m=1,t=1,p=1$YQ$YQ')).toBe(false);
});

test('two hashes of one password differ, and one typed with other code points matches', async () => {
  const [one, other] = await Promise.all([hashPassword('café-и-й-1'), hashPassword('café-и-й-1')]);
  expect(one).not.toBe(other);
  expect(await verifyPassword('café-и-й-1'.normalize('NFD'), one)).toBe(true);
});

test('many at once all come to their end', async () => {
  const hashes = await Promise.all(Array.from({ length: 9 }, (_, index) => hashPassword(`password ${index}`)));
  expect(new Set(hashes).size).toBe(9);
});

test('a known vector of the reference implementation matches', async () => {
  // argon2 command of the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1
  const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await verifyPassword('password', hash)).toBe(true);
  expect(await verifyPassword('differentpassword', hash)).toBe(false);
});
