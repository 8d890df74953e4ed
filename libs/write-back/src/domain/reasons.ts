/** Why a message is held, refused, failed or cancelled. Codes of failed calls are those of the portal's client. */
export const ownReasons = [
  'CHANNEL_OFF',
  'CAP_REACHED',
  'OUTDATED',
  'RECIPIENT_DISMISSED',
  'RECIPIENT_UNKNOWN',
  'SUBJECT_ERASED',
] as const;
export type OwnReason = (typeof ownReasons)[number];

type Sentence = Record<'en' | 'ru', string>;

const sentences: Record<string, Sentence | undefined> = {
  CHANNEL_OFF: {
    en: 'Writing to the portal in this way is switched off. It goes out once an integrator switches it on.',
    ru: 'Такая запись в портал выключена. Сообщение уйдёт, когда интегратор её включит.',
  },
  CAP_REACHED: {
    en: 'This person has got as many messages today as are allowed. It goes out tomorrow.',
    ru: 'Сегодня этот человек уже получил столько сообщений, сколько разрешено. Оно уйдёт завтра.',
  },
  OUTDATED: {
    en: 'It was written long before the channel was switched on. Send it by hand if it still matters.',
    ru: 'Оно написано задолго до включения канала. Отправьте его вручную, если оно ещё важно.',
  },
  RECIPIENT_DISMISSED: {
    en: 'This person was dismissed in the portal. Write to whoever took over their work.',
    ru: 'Этот человек уволен на портале. Напишите тому, кто принял его дела.',
  },
  RECIPIENT_UNKNOWN: {
    en: 'The portal shows no such person. Check who is responsible, then write to them.',
    ru: 'Портал не показывает такого человека. Проверьте, кто ответственный, и напишите ему.',
  },
  SUBJECT_ERASED: {
    en: 'Somebody the text spoke of was erased, and the text with them. Nothing was sent.',
    ru: 'Человек, о котором говорил текст, стёрт, и текст вместе с ним. Ничего не отправлено.',
  },
  ACCESS_DENIED: {
    en: 'The portal does not let Funnelwatch write this. Its administrator checks the rights of the webhook’s owner.',
    ru: 'Портал не разрешает Funnelwatch это записать. Администратор портала проверяет права владельца вебхука.',
  },
  SCOPE_MISSING: {
    en: 'The webhook lacks the right for this way of writing. The portal’s administrator ticks it in the webhook.',
    ru: 'Вебхуку не хватает права на такую запись. Администратор портала отмечает его в вебхуке.',
  },
  METHOD_UNKNOWN: {
    en: 'This portal does not offer this way of writing. Choose another channel.',
    ru: 'Этот портал не поддерживает такую запись. Выберите другой канал.',
  },
  NOT_FOUND: {
    en: 'What it is about is gone from the portal, or not visible there.',
    ru: 'На портале нет того, о чём сообщение, или оно не видно.',
  },
  INVALID_ARGUMENT: {
    en: 'The portal does not take this message as it is. Report it: this is a fault of Funnelwatch.',
    ru: 'Портал не принял сообщение в таком виде. Сообщите нам: это ошибка Funnelwatch.',
  },
  UNKNOWN: {
    en: 'The portal refused it without a reason that is known. Try again, or choose another channel.',
    ru: 'Портал отказал, причина неизвестна. Попробуйте ещё раз или выберите другой канал.',
  },
  WEBHOOK_INVALID: {
    en: 'The portal no longer accepts the webhook. Once it is replaced, send the message again.',
    ru: 'Портал больше не принимает вебхук. Когда его заменят, отправьте сообщение снова.',
  },
  PLAN_REQUIRED: {
    en: 'The portal’s plan does not let programs in at the moment. Once it is renewed, send the message again.',
    ru: 'Тариф портала сейчас не пускает программы. Когда подписку продлят, отправьте сообщение снова.',
  },
};

const elsewise: Sentence = {
  en: 'The portal could not be written to, though it was tried many times. Send the message again later.',
  ru: 'Записать в портал не удалось, хотя попыток было много. Отправьте сообщение снова позже.',
};

/** What is the matter and what to do, for a curator. Codes without a sentence of their own are failures that may pass. */
export const reasonSentence = (reason: string, language: 'en' | 'ru'): string =>
  (sentences[reason] ?? elsewise)[language];
