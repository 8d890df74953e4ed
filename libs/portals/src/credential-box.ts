import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Rejection } from '@funnelwatch/kernel';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: format byte, nonce, tag, cipher text. The portal's id is authenticated, so that rows cannot be swapped. */
export function encryptCredentials(masterKey: Buffer, portalId: string, plainText: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce);
  cipher.setAAD(Buffer.from(portalId));
  const cipherText = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), cipherText]);
}

/** Throws `Rejection` CREDENTIALS_UNREADABLE when the key is another one or the row was changed. */
export function decryptCredentials(masterKey: Buffer, portalId: string, sealed: Buffer): string {
  try {
    if (sealed[0] !== FORMAT) throw new Error(`unknown format ${sealed[0]}`);
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', masterKey, nonce);
    decipher.setAAD(Buffer.from(portalId));
    decipher.setAuthTag(tag);
    const plain = [decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()];
    return Buffer.concat(plain).toString('utf8');
  } catch (cause) {
    throw new Rejection(
      'CREDENTIALS_UNREADABLE',
      'The stored webhook of the portal cannot be read with this key file. Start with the key file of this database.',
      { cause, details: { portalId } },
    );
  }
}
