import type { RuleTexts } from '../../pack.js';

export const activityTexts: Record<string, RuleTexts> = {
  A01: {
    title: { ru: 'Пропущенный звонок без ответа', en: 'Missed call not returned' },
    clause: {
      ru: 'На пропущенный звонок клиента перезванивают в течение {minutes} мин рабочего времени.',
      en: 'A missed call of a client is returned within {minutes} working minutes.',
    },
    feedback: {
      ru: '{record}: клиент звонил, ему не ответили, и за {minutes} мин рабочего времени разговора не было. Перезвоните сейчас; если не отвечает, напишите.',
      en: '{record}: the client called, was not answered, and nobody spoke to them within {minutes} working minutes. Call back now; if there is no answer, write.',
    },
    parameters: { minutes: { ru: 'Рабочих минут до ответа', en: 'Working minutes until the call is returned' } },
  },
  A02: {
    title: { ru: 'Звонок без результата', en: 'Call without a result' },
    clause: {
      ru: 'После разговора от {seconds} с в течение {hours} ч рабочего времени в CRM есть результат: комментарий, новая стадия, поле или следующее дело.',
      en: 'After a call of {seconds} s or more there is a result in the CRM within {hours} working hour(s): a comment, a new stage, a field or the next activity.',
    },
    feedback: {
      ru: '{record}: разговор состоялся, результата в CRM нет. Напишите, о чём договорились, и запланируйте следующий шаг.',
      en: '{record}: the call took place and nothing was written about it. Write what was agreed and plan the next step.',
    },
    parameters: {
      seconds: { ru: 'Звонок не короче, с', en: 'Call of at least, s' },
      hours: { ru: 'Рабочих часов до записи', en: 'Working hours until it is written' },
    },
  },
  A03: {
    title: { ru: 'Встреча без итога', en: 'Meeting without an outcome' },
    clause: {
      ru: 'Встречу закрывают с итогом или переносят не позже чем через {days} раб. дн. после её окончания.',
      en: 'A meeting is closed with its outcome, or put off, no later than {days} working day(s) after its end.',
    },
    feedback: {
      ru: '{record}: время встречи прошло, она не закрыта. Если встреча была, закройте её и запишите итог; если нет, перенесите или отмените.',
      en: '{record}: its time has passed and it is not closed. If it took place, close it and write down the outcome; if not, put it off or cancel it.',
    },
    parameters: { days: { ru: 'Рабочих дней после окончания', en: 'Working days after its end' } },
  },
  A04: {
    title: { ru: 'Сообщение клиента без ответа', en: 'Unanswered message' },
    clause: {
      ru: 'На письмо или сообщение клиента отвечают в течение {hours} ч рабочего времени.',
      en: 'A letter or message of a client is answered within {hours} working hour(s).',
    },
    feedback: {
      ru: '{record}: клиент написал, и за {hours} ч рабочего времени ему не ответили. Ответьте сейчас или позвоните; если нужно время, сообщите, когда будет ответ.',
      en: '{record}: the client wrote and was not answered within {hours} working hour(s). Answer or call now; if you need time, say when the answer will come.',
    },
    parameters: { hours: { ru: 'Рабочих часов до ответа', en: 'Working hours until the answer' } },
  },
  A05: {
    title: { ru: 'Задача закрыта без работы', en: 'Task closed without work' },
    clause: {
      ru: 'Задачу закрывают, когда она выполнена: не раньше чем через {minutes} мин после создания или после касания клиента.',
      en: 'A task is closed when it is done: no sooner than {minutes} minutes after it was made, or after a touch of the client.',
    },
    feedback: {
      ru: '{record}: закрыта меньше чем через {minutes} мин после создания, касания клиента за это время не было. Если работа сделана раньше, напишите итог; если нет, откройте задачу снова.',
      en: '{record}: closed less than {minutes} minutes after it was made, without a touch of the client. If the work was done before, write the result; if not, open it again.',
    },
    parameters: { minutes: { ru: 'Минут от создания', en: 'Minutes since it was made' } },
  },
  A06: {
    title: { ru: 'Массовое закрытие просроченных дел', en: 'Overdue activities closed in bulk' },
    clause: {
      ru: 'Просроченные дела закрывают по мере выполнения, а не пачкой: меньше {count} дел за {minutes} мин.',
      en: 'Overdue activities are closed as they are done, not {count} within {minutes} minutes.',
    },
    feedback: {
      ru: '{record}: за {minutes} мин закрыто не меньше {count} просроченных дел. Откройте те, что не выполнены, и поставьте реальные сроки.',
      en: '{record}: {count} or more overdue activities were closed within {minutes} minutes. Open those that were not done and set realistic deadlines.',
    },
    parameters: {
      count: { ru: 'Дел', en: 'Activities' },
      minutes: { ru: 'За минут', en: 'Within minutes' },
    },
  },
  A07: {
    title: { ru: 'Касание чужого клиента', en: 'Touch of a colleague’s client' },
    clause: {
      ru: 'Клиенту звонит и пишет ответственный; коллеги – по договорённости или если они в списке: {allowed}.',
      en: 'The owner calls and writes to a client; colleagues do so when agreed, or when they are listed: {allowed}.',
    },
    feedback: {
      ru: '{record}: клиента касался сотрудник, который за него не отвечает. Проверьте, замещал ли он ответственного; если работа переходит к нему, смените ответственного.',
      en: '{record}: somebody who is not responsible touched the client. Check whether they stood in for the owner; if the work goes to them, change the owner.',
    },
    parameters: { allowed: { ru: 'Кому можно всегда', en: 'Who always may' } },
  },
  A08: {
    title: { ru: 'Обещанный звонок не сделан', en: 'Promised callback broken' },
    clause: {
      ru: 'Запланированный звонок делают в срок, с опозданием не больше {minutes} мин рабочего времени, или переносят заранее.',
      en: 'A planned call is made on time, at most {minutes} working minutes late, or put off beforehand.',
    },
    feedback: {
      ru: '{record}: звонок был назначен, прошло больше {minutes} мин рабочего времени, он не сделан и не перенесён. Позвоните сейчас или договоритесь с клиентом о новом времени.',
      en: '{record}: the call was due more than {minutes} working minutes ago and was neither made nor put off. Call now, or agree a new time with the client.',
    },
    parameters: { minutes: { ru: 'Рабочих минут опоздания', en: 'Working minutes of delay' } },
  },
  A09: {
    title: { ru: 'Выборочная проверка не пройдена', en: 'Sampled audit failed' },
    clause: {
      ru: 'Звонки, встречи и сделки, отобранные для выборочной проверки, проходят её по чек-листу.',
      en: 'Calls, meetings and deals that are sampled for an audit pass its checklist.',
    },
    feedback: {
      ru: '{record}: выборочная проверка по чек-листу не пройдена. Разберите с куратором, какие пункты не выполнены и что сделать иначе.',
      en: '{record}: it did not pass a sampled audit by the checklist. Go through the items with the curator, and what to do otherwise.',
    },
  },
};
