import { aboutKinds, channels, isCrm } from '../domain/message.js';
import { messageInvalid } from '../stored-message/outbox-rejections.js';
import type { NewMessage } from './enqueue-message.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const PORTAL_ID = /^[1-9]\d{0,17}$/;
const LONGEST_TITLE = 250;
const LONGEST_BODY = 10_000;
const LONGEST_PURPOSE = 200;

/** Throws `Rejection` MESSAGE_INVALID for what could never be sent. */
export function refuseInvalid(message: Omit<NewMessage, 'notBefore'>): void {
  const { messageId, channel, recipientId, about, purpose, text } = message;
  const problems: [boolean, string][] = [
    [UUID.test(messageId), 'its id is no UUID.'],
    [channels.includes(channel), 'there is no such channel.'],
    [PORTAL_ID.test(recipientId), 'the recipient is no user of the portal.'],
    [aboutKinds.includes(about.kind) && PORTAL_ID.test(about.id), 'it is about nothing that the portal knows.'],
    [channel !== 'timeline-comment' || isCrm(about), 'a person has no timeline; choose a task or a notification.'],
    [purpose !== '' && purpose.length <= LONGEST_PURPOSE, `it must say what it belongs to (1 to ${LONGEST_PURPOSE}).`],
    [
      text.title.trim() !== '' && text.title.length <= LONGEST_TITLE,
      `the title must have 1 to ${LONGEST_TITLE} characters.`,
    ],
    [
      text.body.trim() !== '' && text.body.length <= LONGEST_BODY,
      `the text must have 1 to ${LONGEST_BODY} characters.`,
    ],
    [text.link === null || isWebAddress(text.link), 'its link is no web address.'],
  ];
  const problem = problems.find(([isFine]) => !isFine);
  if (problem) throw messageInvalid(problem[1]);
}

function isWebAddress(link: string): boolean {
  const url = URL.parse(link);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}
