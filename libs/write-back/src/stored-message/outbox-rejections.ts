import { Rejection } from '@funnelwatch/kernel';

export const messageUnknown = (messageId: string): Rejection =>
  new Rejection('MESSAGE_UNKNOWN', 'There is no such message in this portal.', { details: { messageId } });

export const messageInvalid = (problem: string): Rejection =>
  new Rejection('MESSAGE_INVALID', `This message cannot be sent: ${problem}`);
