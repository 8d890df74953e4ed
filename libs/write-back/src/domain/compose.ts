import type { About, Channel, CrmAbout, MessageText } from './message.js';
import { isCrm } from './message.js';

export interface ToCompose {
  channel: Channel;
  recipientId: string;
  about: About;
  text: MessageText;
  marker: string;
}

/** What is written into the portal, to the letter. */
export type Composed =
  | { channel: 'task'; title: string; description: string; responsibleId: string; about: CrmAbout | null }
  | { channel: 'notification'; userId: string; text: string; tag: string }
  | { channel: 'timeline-comment'; about: CrmAbout; text: string };

/** Link and tag carry the marker; the portal shows neither as anything but text. */
const MARKER = /(?:[?&]fw=|\[fw:|^fw-)([a-z2-7]{12})(?![a-z2-7])/gm;

/** Markers in a text of the portal. */
export const markersIn = (text: string): string[] => [...text.matchAll(MARKER)].map(([, marker = '']) => marker);

/** The message as its channel writes it. A comment about a person does not exist: refuse it before. */
export function compose({ channel, recipientId, about, text, marker }: ToCompose): Composed {
  const title = plain(text.title);
  const body = `${plain(text.body)}\n\n${text.link === null ? `[fw:${marker}]` : marked(text.link, marker)}`;
  switch (channel) {
    case 'task':
      return {
        channel,
        title,
        description: body,
        responsibleId: recipientId,
        about: isCrm(about) ? about : null,
      };
    case 'notification':
      // The tag alone is enough to replace an earlier one; without a link no marker stands in the text.
      return {
        channel,
        userId: recipientId,
        text: `[B]${title}[/B]\n${text.link === null ? plain(text.body) : body}`,
        tag: `fw-${marker}`,
      };
    case 'timeline-comment':
      if (!isCrm(about)) throw new RangeError('A person has no timeline');
      return { channel, about, text: `[B]${title}[/B]\n${body}` };
  }
}

function marked(link: string, marker: string): string {
  const url = new URL(link);
  url.searchParams.set('fw', marker);
  return url.href;
}

/** Names of clients end up in texts: what looks like a code of the portal is shown and does nothing. */
const plain = (text: string): string => text.replaceAll(/\[(\/?[a-z*][^\]\n]*)\]/gi, '($1)').trim();
