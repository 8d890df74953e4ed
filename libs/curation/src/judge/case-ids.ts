import { createHash } from 'node:crypto';

/** Id of the case that an episode opens: of the portal, the rule, what it is about and when it began. */
export const caseIdOf = (portalId: string, ruleId: string, about: string, startAt: number): string =>
  derivedUuid(`${portalId}|${ruleId}|${about}|${startAt}`);

/** The same id for the same identity. A UUID, version 8. */
export function derivedUuid(identity: string): string {
  const bytes = createHash('sha256').update(identity).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
