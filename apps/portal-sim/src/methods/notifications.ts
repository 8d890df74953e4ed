import { either, listOf, numberOf, type Parameters, textOf } from '../protocol/parameters.js';
import { RestError } from '../protocol/rest-error.js';
import { type CallContext, type Method, method } from './method.js';

const maxAttachmentCharacters = 30_000;

/** Messages from the owner of the webhook, and messages without a sender. */
export const notificationMethods: Method[] = [
  method('im.notify.personal.add', 'im', (parameters, context) => notify(parameters, context, 'personal')),
  method('im.notify.system.add', 'im', (parameters, context) => notify(parameters, context, 'system')),
];

/** The id of the notification; false for somebody who can get none. */
function notify(parameters: Parameters, context: CallContext, kind: 'personal' | 'system'): number | false {
  const text = (name: string) => textOf(either(parameters, name, name.toLowerCase()));
  const userId = numberOf(either(parameters, 'USER_ID', 'user_id'));
  if (Number.isNaN(userId)) throw new RestError('USER_ID_EMPTY', 'User ID is not specified', 400);
  const message = text('MESSAGE');
  if (message === '') throw new RestError('MESSAGE_EMPTY', 'Message can not be empty', 400);
  refuseAttachment(either(parameters, 'ATTACH', 'attach'));
  const [tag, subTag, clientId] = [text('TAG'), text('SUB_TAG'), text('CLIENT_ID')];
  if ((tag !== '' || subTag !== '') && clientId === '') {
    throw new RestError('WRONG_AUTH_TYPE', 'TAG and SUB_TAG need CLIENT_ID outside an application', 403);
  }
  const user = context.model.users.get(userId);
  if (!user || user.ACTIVE === false || user.ACTIVE === 'N') return false;
  return context.addNotification({
    kind,
    userId,
    message,
    tag: tag === '' ? null : `${clientId}|${tag}`,
    subTag: subTag === '' ? null : `${clientId}|${subTag}`,
  });
}

function refuseAttachment(attachment: unknown): void {
  if (attachment === undefined || attachment === '') return;
  if (listOf(attachment).some((block) => typeof block !== 'object')) {
    throw new RestError('ATTACH_ERROR', 'Incorrect attachment', 400);
  }
  if (JSON.stringify(attachment).length > maxAttachmentCharacters) {
    throw new RestError('ATTACH_OVERSIZE', 'The attachment is too large', 400);
  }
}
