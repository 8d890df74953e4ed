import { createHash } from 'node:crypto';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
const LENGTH = 12;

/**
 * What a message is known by in the portal: the same for the same message, 60 bits, and nothing that anybody could tell
 * who does not know the message's id. Ids must therefore be random, or made with a key.
 */
export function markerOf(portalId: string, messageId: string): string {
  const hash = createHash('sha256').update(`write-back\n${portalId}\n${messageId.toLowerCase()}`).digest();
  return [...hash.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
