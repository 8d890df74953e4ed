import { hash } from 'node:crypto';
import { canonicalJson } from '@funnelwatch/kernel';

/**
 * Hashes under a secret of the portal, for telling whether something changed and for identities of diffs. Truncated
 * SHA-256 of key ‖ text: nobody without the key can try out phone numbers against it.
 */
export class KeyedHash {
  constructor(private readonly key: string) {}

  /** 32 hexadecimal digits. */
  ofText(text: string): string {
    return hash('sha256', `${this.key}\u0000${text}`, 'hex').slice(0, 32);
  }

  of(value: unknown): string {
    return this.ofText(canonicalJson(value));
  }
}
