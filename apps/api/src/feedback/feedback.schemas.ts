import { z } from 'zod';
import { instant, portalId, position } from '../http/plain-values.js';

const channel = z.enum(['task', 'notification', 'timeline-comment']).meta({ id: 'FeedbackChannel' });
const bilingual = z.object({ ru: z.string(), en: z.string() }).meta({ id: 'Bilingual' });
const text = z
  .string()
  .max(2000)
  .refine((given) => given.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(given), 'must not contain control characters');

const channelSetting = z
  .object({
    channel,
    isEnabled: z.boolean(),
    capPerPersonDay: z.number().int().meta({ description: 'Messages that one person gets at most on a day' }),
    enabledAt: instant.nullable(),
  })
  .meta({ id: 'ChannelSetting' });
export const channelListSchema = z.object({ items: z.array(channelSetting) }).meta({ id: 'ChannelList' });
export const channelParams = z.object({ portalId, channel });
export const channelBody = z
  .strictObject({ isEnabled: z.boolean(), capPerPersonDay: z.number().int().min(1).max(100) })
  .meta({ id: 'SetChannel' });
export type ChannelBody = z.infer<typeof channelBody>;

export const feedbackBody = z
  .strictObject({
    channel,
    to: z.enum(['responsible', 'owner', 'doer', 'head']).default('responsible'),
    text: text.optional().meta({ description: 'Instead of the words of the rule' }),
  })
  .meta({ id: 'SendFeedback' });
export type FeedbackBody = z.infer<typeof feedbackBody>;

export const feedbackPreviewSchema = z
  .object({
    to: z.object({ userId: z.string(), name: z.string().nullable() }),
    title: z.string(),
    body: z.string(),
    written: z.string().meta({ description: 'What will stand in the portal, to the letter' }),
    obstacle: z
      .object({
        verdict: z.enum(['hold', 'refuse']),
        reason: z.string(),
        sentence: bilingual,
        until: instant.nullable(),
      })
      .nullable()
      .meta({ description: 'What would keep it from going out now' }),
  })
  .meta({ id: 'FeedbackPreview' });

const answer = z.enum(['fixed', 'disagree', 'not-mine']).meta({ id: 'CaseAnswer' });

export const feedbackSentSchema = z
  .object({ messageId: z.uuid(), position, sendsAt: instant.meta({ description: 'Until then it can be taken back' }) })
  .meta({ id: 'FeedbackSent' });

export const feedbackParams = z.object({ portalId, caseId: z.uuid(), messageId: z.uuid() });

const recipient = z.object({ userId: z.string(), name: z.string().nullable() });
const messageSchema = z
  .object({
    messageId: z.uuid(),
    channel,
    to: recipient,
    about: z.string(),
    caseId: z.uuid().nullable(),
    state: z.enum(['waiting', 'held', 'sending', 'sent', 'cancelled', 'refused', 'failed']),
    reason: z.string().nullable(),
    sentence: bilingual.nullable(),
    attempts: z.number().int(),
    createdAt: instant,
    leavesAt: instant
      .nullable()
      .meta({ description: 'When it is to leave, or to be tried again; null where a person has to act first' }),
    sentAt: instant.nullable(),
    seenAt: instant.nullable(),
    doneAt: instant.nullable(),
    mayCancel: z.boolean().meta({ description: 'Nothing of it can be in the portal yet' }),
    mayRetry: z.boolean(),
  })
  .meta({ id: 'PortalMessage' });
export type MessageView = z.infer<typeof messageSchema>;
export const messageListSchema = z.object({ items: z.array(messageSchema) }).meta({ id: 'PortalMessageList' });

export const caseFeedbackSchema = z
  .object({
    items: z.array(
      messageSchema
        .extend({
          text: z
            .object({ title: z.string(), body: z.string() })
            .nullable()
            .meta({ description: 'Null where somebody it spoke of was erased' }),
        })
        .meta({ id: 'CaseMessage' }),
    ),
    answers: z.array(
      z
        .object({ answer, by: recipient, at: instant, comment: z.string().nullable() })
        .meta({ id: 'GivenAnswer', description: 'Oldest first' }),
    ),
  })
  .meta({ id: 'CaseFeedbackList' });
export type CaseFeedbackView = z.infer<typeof caseFeedbackSchema>;
export const messagesQuery = z.object({
  state: z.enum(['waiting', 'held', 'sending', 'sent', 'cancelled', 'refused', 'failed']).optional(),
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type MessagesQuery = z.infer<typeof messagesQuery>;
export const messageParams = z.object({ portalId, messageId: z.uuid() });

const token = z.string().min(1).max(1000).meta({ description: 'Signed, from the fragment of the link' });
export const showAnswerBody = z.strictObject({ token }).meta({ id: 'ShowAnswer' });
export const giveAnswerBody = z
  .strictObject({
    token,
    answer,
    comment: text
      .max(500)
      .optional()
      .meta({ description: 'Why, in words of the employee; curators of the case read it' }),
  })
  .meta({ id: 'GiveAnswer' });
export type GiveAnswerBody = z.infer<typeof giveAnswerBody>;

export const answerPageSchema = z
  .object({
    portalName: z.string(),
    language: z.string(),
    ruleTitle: bilingual,
    clause: bilingual,
    feedback: bilingual.meta({ description: 'As it was written to the person' }),
    about: z.string(),
    portalUrl: z.string().nullable(),
    startedAt: instant,
    zone: z.string().meta({ description: 'IANA zone of the portal', example: 'Europe/Moscow' }),
    isResolved: z.boolean(),
    isOver: z.boolean(),
    answer: answer.nullable().meta({ description: 'Of whom the link was written for' }),
    decision: z
      .enum(['stands', 'lifted'])
      .nullable()
      .meta({ description: 'Whether the breach stands after an objection; `lifted` also where a curator let it go' }),
  })
  .meta({ id: 'AnswerPage' });
