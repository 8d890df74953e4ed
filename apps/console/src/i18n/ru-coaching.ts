import type { Message } from './message.js';

/** Talks about a rule that is broken again and again, and good words for a week without a violation. */
export const ruCoaching = {
  'coaching.title': 'Наставничество',
  'coaching.note': 'Три случая одного правила за 30 дней — один разговор вместо трёх замечаний',
  'coaching.open': 'Предстоит',
  'coaching.done': 'Состоялось',
  'coaching.none': 'Повторов нет: никто не нарушил одно правило трижды за 30 дней.',
  'coaching.noneDone': 'Ещё ни одного разговора не отмечено.',
  'coaching.cases': 'Случаи',
  'coaching.caseCount': { one: '{n} случай', few: '{n} случая', many: '{n} случаев', other: '{n} случая' },
  'coaching.since': 'С какого момента',
  'coaching.heldAt': 'Разговор состоялся',
  'coaching.actions': 'Действия',
  'coaching.held': 'Разговор состоялся',
  'coaching.takeBack': 'Вернуть',
  'goodWords.title': 'Добрые слова',
  'goodWords.note': 'За неделю без подтверждённых нарушений, раз в неделю и только самому сотруднику',
  'goodWords.off': 'Выключены: сотрудникам ничего не пишут.',
  'goodWords.on': 'Включены: после чистой недели сотрудник получит сообщение, если включён способ, которым оно уходит.',
  'goodWords.switch': 'Писать добрые слова',
  'goodWords.least': 'Не меньше проверок за неделю',
  'goodWords.channel': 'Как отправлять',
} as const satisfies Record<string, Message>;
