import { Rejection } from '@funnelwatch/kernel';

const PASSWORD = /^[\x21-\x7e]{12,256}$/;

/** Throws `LOGIN_PASSWORD_INVALID`, which never tells the password. */
export function refuseWrongPassword(login: string, password: string): void {
  if (PASSWORD.test(password)) return;
  throw new Rejection(
    'LOGIN_PASSWORD_INVALID',
    `The password of the database login ${login} must have 12 to 256 printable ASCII characters without spaces.`,
  );
}
