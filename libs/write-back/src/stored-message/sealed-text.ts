import type { KeyRing, PortalAddress } from '@funnelwatch/event-log';
import type { About, MessageText } from '../domain/message.js';

interface Sides {
  about: About;
  recipientId: string;
}

const streamOf = ({ kind, id }: About): string => `${kind}:${id}`;
const recipientOf = ({ recipientId }: Sides): string => `user:${recipientId}`;

/**
 * The text under two keys, one within the other: of what it is about, and of the person it is for, since it speaks of both.
 * Null when one of them was erased. The same text for the same sides gives the same result.
 */
export async function sealText(
  keyRing: KeyRing,
  portal: PortalAddress,
  sides: Sides,
  { title, body, link }: MessageText,
): Promise<string | null> {
  const inner = await keyRing.seal(portal, streamOf(sides.about), { title, body, link });
  return inner === null ? null : keyRing.seal(portal, recipientOf(sides), { text: inner });
}

/** The texts in the order given; null where a key was destroyed. */
export async function openTexts(
  keyRing: KeyRing,
  portal: PortalAddress,
  sealed: readonly (Sides & { text: string })[],
): Promise<(MessageText | null)[]> {
  const outer = await keyRing.openMany(
    portal,
    sealed.map((one) => ({ subject: recipientOf(one), text: one.text })),
  );
  const found = sealed.flatMap((one, index) => {
    const text = outer[index]?.text;
    return typeof text === 'string' ? [{ index, subject: streamOf(one.about), text }] : [];
  });
  const inner = await keyRing.openMany(portal, found);
  const texts: (MessageText | null)[] = sealed.map(() => null);
  found.forEach(({ index }, position) => {
    texts[index] = (inner[position] ?? null) as MessageText | null;
  });
  return texts;
}
