import type { BitrixFailureCode, FailureDetails } from './failure.js';

type Language = 'en' | 'ru';
type Sentence = (details: FailureDetails) => string;

/**
 * What is wrong and what to do, for a person. Codes and details are stored with a connection, so that the console can
 * say it in the reader's language.
 */
export function sentenceOf(code: BitrixFailureCode, details: FailureDetails, language: Language): string {
  const { reason } = details;
  const special = reason === null ? undefined : specialSentences[`${code}/${reason}`];
  return (special ?? sentences[code])[language](details);
}

const sentences: Record<BitrixFailureCode, Record<Language, Sentence>> = {
  UNREACHABLE: {
    en: ({ host }) => `${host} cannot be reached. Check the address and the network, then try again.`,
    ru: ({ host }) => `Портал ${host} недоступен. Проверьте адрес и сеть и повторите попытку.`,
  },
  ADDRESS_NOT_ALLOWED: {
    en: ({ host }) =>
      `${host} is not on the public internet, and Funnelwatch connects to private networks only where it is allowed. If the portal is yours, the operator adds ${host} to PORTAL_PRIVATE_HOSTS and starts Funnelwatch again.`,
    ru: ({ host }) =>
      `${host} находится не в открытом интернете, а к частным сетям Funnelwatch подключается только с разрешения. Если портал ваш, администратор добавляет ${host} в PORTAL_PRIVATE_HOSTS и запускает Funnelwatch снова.`,
  },
  TIMED_OUT: {
    en: ({ host }) => `${host} did not answer in time. Try again later; if it goes on, the portal is overloaded.`,
    ru: ({ host }) => `Портал ${host} не ответил вовремя. Повторите позже; если это продолжается, портал перегружен.`,
  },
  NOT_JSON: {
    en: ({ host }) =>
      `${host} answered with a page instead of data. Check that the address is that of a Bitrix24 portal and opens without a sign-in page or a proxy.`,
    ru: ({ host }) =>
      `${host} ответил страницей вместо данных. Проверьте, что это адрес портала Битрикс24 и что на пути нет страницы входа или прокси.`,
  },
  ANSWER_TOO_LARGE: {
    en: ({ host, method }) => `The answer of ${host} to ${method} is larger than allowed. Ask for fewer rows at once.`,
    ru: ({ host, method }) =>
      `Ответ портала ${host} на ${method} больше допустимого. Запрашивайте меньше строк за один раз.`,
  },
  PORTAL_GONE: {
    en: ({ host }) =>
      `There is no working Bitrix24 portal at ${host}. Check the address; if it is right, the portal was closed or its licence has ended: ask its administrator.`,
    ru: ({ host }) =>
      `По адресу ${host} нет работающего портала Битрикс24. Проверьте адрес; если он верен, портал закрыт или закончилась лицензия: обратитесь к администратору.`,
  },
  PORTAL_MOVED: {
    en: ({ host, newHost }) =>
      `The portal ${host} has moved to ${newHost ?? 'another address'}. If that is right, register it with the new address.`,
    ru: ({ host, newHost }) =>
      `Портал ${host} переехал на ${newHost ?? 'другой адрес'}. Если это верно, подключите его по новому адресу.`,
  },
  WEBHOOK_INVALID: {
    en: ({ host }) =>
      `${host} does not accept this webhook. It was deleted, changed or has expired, or its owner was dismissed: create a new inbound webhook and register it.`,
    ru: ({ host }) =>
      `Портал ${host} не принимает этот вебхук: он удалён, изменён или истёк, или его владелец уволен. Создайте новый входящий вебхук и подключите его.`,
  },
  SCOPE_MISSING: {
    en: ({ host, scope }) =>
      `The webhook of ${host} lacks the right ${scope ? `“${scope}”` : 'for this method'}. Open it in Bitrix24 and tick that right.`,
    ru: ({ host, scope }) =>
      `Вебхуку портала ${host} не хватает права ${scope ? `«${scope}»` : 'на этот метод'}. Откройте его в Битрикс24 и отметьте это право.`,
  },
  PLAN_REQUIRED: {
    en: ({ host }) =>
      `The plan of ${host} does not include REST access. Renew its subscription; reading goes on by itself afterwards.`,
    ru: ({ host }) => `Тариф портала ${host} не включает REST. Продлите подписку, после этого чтение продолжится само.`,
  },
  ACCESS_DENIED: {
    en: ({ host, method }) =>
      `${host} refuses ${method}: the owner of the webhook lacks the rights. Use the webhook of an administrator.`,
    ru: ({ host, method }) =>
      `Портал ${host} отказывает в ${method}: у владельца вебхука нет прав. Используйте вебхук администратора.`,
  },
  RATE_LIMITED: {
    en: ({ host }) =>
      `${host} receives too many requests from this address. Reading slows down and goes on by itself; another program may use the same portal.`,
    ru: ({ host }) =>
      `Портал ${host} получает слишком много запросов с этого адреса. Чтение замедлится и продолжится само; возможно, портал читает ещё одна программа.`,
  },
  METHOD_TIME_LIMITED: {
    en: ({ host, method }) =>
      `${host} has used up its execution time for ${method}. Reading goes on by itself within ten minutes.`,
    ru: ({ host, method }) =>
      `Портал ${host} исчерпал время выполнения ${method}. Чтение продолжится само в течение десяти минут.`,
  },
  OVERLOADED: {
    en: ({ host }) =>
      `Bitrix24 has blocked REST access to ${host} because of overload. Ask the support of Bitrix24 to lift the block.`,
    ru: ({ host }) =>
      `Битрикс24 заблокировал REST портала ${host} из-за перегрузки. Попросите поддержку Битрикс24 снять блокировку.`,
  },
  TOKEN_EXPIRED: {
    en: ({ host }) => `The access of ${host} has expired. Connect the portal again.`,
    ru: ({ host }) => `Доступ к порталу ${host} истёк. Подключите портал заново.`,
  },
  METHOD_UNKNOWN: {
    en: ({ host, method }) =>
      `${host} does not offer ${method}. Update the portal or switch on the tool this method belongs to.`,
    ru: ({ host, method }) =>
      `Портал ${host} не поддерживает ${method}. Обновите портал или включите нужный инструмент.`,
  },
  NOT_FOUND: {
    en: ({ host, method }) => `${host} does not have what ${method} asked for: it was deleted or is not visible.`,
    ru: ({ host, method }) => `На портале ${host} нет того, что запросил ${method}: удалено или не видно.`,
  },
  INVALID_ARGUMENT: {
    en: ({ host, method }) => `${host} refuses the arguments of ${method}. Report it: this is a fault of Funnelwatch.`,
    ru: ({ host, method }) => `Портал ${host} не принял параметры ${method}. Сообщите нам: это ошибка Funnelwatch.`,
  },
  TEMPORARY: {
    en: ({ host }) => `${host} has a fault of its own at the moment. Reading is tried again by itself.`,
    ru: ({ host }) => `На портале ${host} временная неисправность. Попытки чтения повторяются сами.`,
  },
  UNKNOWN: {
    en: ({ host, method, portalCode }) =>
      `${host} answered ${method} with an error that is not known${portalCode ? ` (${portalCode})` : ''}. Report it together with this message.`,
    ru: ({ host, method, portalCode }) =>
      `Портал ${host} ответил на ${method} неизвестной ошибкой${portalCode ? ` (${portalCode})` : ''}. Сообщите о ней вместе с этим текстом.`,
  },
};

const specialSentences: Record<string, Record<Language, Sentence> | undefined> = {
  'UNREACHABLE/no-such-host': {
    en: ({ host }) => `There is no host named ${host}. Check the spelling of the address.`,
    ru: ({ host }) => `Узла ${host} не существует. Проверьте, нет ли опечатки в адресе.`,
  },
  'UNREACHABLE/refused': {
    en: ({ host }) => `${host} refuses connections. Check the address and the port, and that the portal is running.`,
    ru: ({ host }) => `${host} не принимает соединения. Проверьте адрес и порт и что портал работает.`,
  },
  'UNREACHABLE/certificate': {
    en: ({ host }) =>
      `The certificate of ${host} is not trusted. Check its date and name; for a private authority give its certificate file (FUNNELWATCH_PORTAL_CA).`,
    ru: ({ host }) =>
      `Сертификату ${host} нет доверия. Проверьте его срок и имя; для собственного центра укажите файл его сертификата (FUNNELWATCH_PORTAL_CA).`,
  },
  'WEBHOOK_INVALID/https-required': {
    en: ({ host }) => `${host} accepts https only. Change http:// to https:// in the address of the webhook.`,
    ru: ({ host }) => `${host} принимает только https. Замените http:// на https:// в адресе вебхука.`,
  },
  'NOT_JSON/no-result': {
    en: ({ host }) =>
      `${host} answered, but not as Bitrix24 does. Check that the address is that of a Bitrix24 portal.`,
    ru: ({ host }) => `${host} ответил, но не так, как Битрикс24. Проверьте, что это адрес портала Битрикс24.`,
  },
  'UNKNOWN/not-accepted': {
    en: ({ host }) => `${host} did not take the notification: the person gets none of this kind.`,
    ru: ({ host }) => `Портал ${host} не принял уведомление: человек таких не получает.`,
  },
  'UNKNOWN/filter-ignored': {
    en: ({ host, method }) =>
      `${host} ignored the filter or the order of ${method}, so the list could not be read completely. Report it together with this message.`,
    ru: ({ host, method }) =>
      `Портал ${host} не учёл фильтр или порядок в ${method}, список нельзя прочитать полностью. Сообщите о ней вместе с этим текстом.`,
  },
};
