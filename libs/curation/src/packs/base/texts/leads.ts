import type { RuleTexts } from '../../pack.js';

export const leadTexts: Record<string, RuleTexts> = {
  L01: {
    title: { ru: 'Лид без первого касания', en: 'Lead without a first touch' },
    clause: {
      ru: 'Новому лиду звонят или пишут в течение {minutes} мин рабочего времени, лиду из горячего источника ({hot_sources}) – в течение {hot_minutes} мин.',
      en: 'A new lead is called or written to within {minutes} working minutes, a lead from a hot source ({hot_sources}) within {hot_minutes}.',
    },
    feedback: {
      ru: '{record}: с момента создания нет ни исходящего звонка от 10 с, ни письма, ни сообщения, ни встречи. Свяжитесь с клиентом сейчас; если он не отвечает, напишите ему и запланируйте следующий звонок.',
      en: '{record}: since it was created there has been no outgoing call of 10 s or more, letter, message or meeting. Contact the client now; if there is no answer, write and plan the next call.',
    },
    parameters: {
      minutes: { ru: 'Рабочих минут до первого касания', en: 'Working minutes until the first touch' },
      hot_minutes: { ru: 'То же для горячих источников', en: 'The same for hot sources' },
      hot_sources: { ru: 'Горячие источники', en: 'Hot sources' },
    },
  },
  L02: {
    title: { ru: 'Лид застрял в первой стадии', en: 'Lead stuck in the first stage' },
    clause: {
      ru: 'Лид покидает первую стадию не позже чем через {days} раб. дн. после входа в неё.',
      en: 'A lead leaves the first stage no later than {days} working day(s) after it entered it.',
    },
    feedback: {
      ru: '{record}: стоит в первой стадии дольше {days} раб. дн. Переведите лид в ту стадию, в которой идёт работа, или закройте его с причиной.',
      en: '{record}: it has been in the first stage for more than {days} working day(s). Move it to the stage that matches the work, or close it with a reason.',
    },
    parameters: { days: { ru: 'Рабочих дней в первой стадии', en: 'Working days in the first stage' } },
  },
  L03: {
    title: { ru: 'Лид без запланированного дела', en: 'Lead without a planned activity' },
    clause: {
      ru: 'В открытом лиде всегда запланировано следующее дело; новое появляется не позже чем через {hours} ч рабочего времени после того, как не осталось ни одного.',
      en: 'An open lead always has a next activity planned; a new one is there within {hours} working hours after the last one is gone.',
    },
    feedback: {
      ru: '{record}: лид открыт, а запланированных дел нет. Запланируйте следующий шаг с датой: звонок, встречу или задачу.',
      en: '{record}: the lead is open and nothing is planned. Plan the next step with a date: a call, a meeting or a task.',
    },
    parameters: { hours: { ru: 'Рабочих часов без плана', en: 'Working hours without a plan' } },
  },
  L04: {
    title: { ru: 'Просроченное дело', en: 'Overdue activity' },
    clause: {
      ru: 'Дело или задачу в лиде или сделке завершают либо переносят не позже чем через {days} раб. дн. после срока.',
      en: 'A to-do or task of a lead or deal is finished or moved no later than {days} working day(s) after its deadline.',
    },
    feedback: {
      ru: '{record}: срок прошёл, дело не завершено. Выполните и закройте его или перенесите на реальную дату.',
      en: '{record}: its deadline has passed and it is not done. Do it and close it, or move it to a realistic date.',
    },
    parameters: { days: { ru: 'Рабочих дней после срока', en: 'Working days after the deadline' } },
  },
  L05: {
    title: { ru: 'Дело переносят снова и снова', en: 'Rescheduled again and again' },
    clause: {
      ru: 'Срок одного дела без касания клиента переносят вперёд меньше {times} раз.',
      en: 'The deadline of one activity is not moved later {times} times without a touch of the client in between.',
    },
    feedback: {
      ru: '{record}: срок перенесён вперёд не меньше {times} раз, а касаний клиента за это время не было. Свяжитесь с клиентом и поставьте срок, о котором договорились с ним.',
      en: '{record}: the deadline was moved {times} times and the client was not touched meanwhile. Contact the client and set a deadline agreed with them.',
    },
    parameters: { times: { ru: 'Переносов без касания', en: 'Moves without a touch' } },
  },
  L06: {
    title: { ru: 'Лид забракован без оснований', en: 'Junk without ground' },
    clause: {
      ru: 'Лид закрывают как некачественный не раньше чем через {days} раб. дн. после создания и не меньше чем после {touches} касаний.',
      en: 'A lead is closed as junk no sooner than {days} working day(s) after it was created and after at least {touches} touches.',
    },
    feedback: {
      ru: '{record}: закрыт как некачественный, когда касаний было меньше {touches} или не прошло {days} раб. дн. с создания. Верните лид в работу или объясните куратору, почему дальнейшие попытки не нужны.',
      en: '{record}: closed as junk with fewer than {touches} touches or less than {days} working day(s) after it was created. Take it up again, or tell the curator why no further attempt is needed.',
    },
    parameters: {
      touches: { ru: 'Касаний не меньше', en: 'Touches at least' },
      days: { ru: 'Рабочих дней от создания', en: 'Working days since the creation' },
    },
  },
  L07: {
    title: { ru: 'Причина отказа не указана', en: 'Reason of loss missing' },
    clause: {
      ru: 'У проигранного лида или сделки заполнена причина ({reason_field}); причины из списка {stop_list} и записи без поля причины поясняют комментарием не короче {length} знаков.',
      en: 'A lost lead or deal has its reason filled ({reason_field}); reasons of the list {stop_list}, and records without a reason field, are explained by a comment of at least {length} characters.',
    },
    feedback: {
      ru: '{record}: закрыт без понятной причины. Заполните причину отказа; если она общая, добавьте комментарий не короче {length} знаков о том, что сказал клиент.',
      en: '{record}: closed without a clear reason. Fill in the reason of loss; if it is a general one, add a comment of at least {length} characters on what the client said.',
    },
    parameters: {
      reason_field: { ru: 'Поле причины', en: 'Field of the reason' },
      stop_list: { ru: 'Причины, которым нужен комментарий', en: 'Reasons that need a comment' },
      length: { ru: 'Знаков комментария не меньше', en: 'Characters of the comment at least' },
    },
  },
  L08: {
    title: { ru: 'Не указан источник', en: 'Source missing' },
    clause: {
      ru: 'Источник лида или сделки указывают не позже чем через {days} раб. дн. после создания.',
      en: 'The source of a lead or deal is filled no later than {days} working day(s) after it was created.',
    },
    feedback: {
      ru: '{record}: источник не указан. Выберите, откуда пришёл клиент; если это неизвестно, спросите его при следующем касании.',
      en: '{record}: no source is given. Choose where the client came from; if you do not know, ask at the next touch.',
    },
    parameters: { days: { ru: 'Рабочих дней от создания', en: 'Working days since the creation' } },
  },
  L09: {
    title: { ru: 'Дубль открытого лида', en: 'Duplicate of an open lead' },
    clause: {
      ru: 'На одного клиента ведут один открытый лид: дубль с тем же телефоном или e-mail объединяют со старшим или закрывают.',
      en: 'One client has one open lead: a duplicate with the same phone or e-mail is merged into the older one or closed.',
    },
    feedback: {
      ru: '{record}: тот же телефон или e-mail есть у другого, более раннего открытого лида. Объедините лиды или закройте этот как дубль.',
      en: '{record}: an older open lead has the same phone or e-mail. Merge the leads, or close this one as a duplicate.',
    },
  },
  L10: {
    title: { ru: 'Контакт из лида без телефона и e-mail', en: 'Converted without contact data' },
    clause: {
      ru: 'У контакта, созданного из лида, есть телефон или e-mail.',
      en: 'A contact made from a lead has a phone or an e-mail.',
    },
    feedback: {
      ru: '{record}: контакт создан из лида, но в нём нет ни телефона, ни e-mail. Перенесите их из лида или внесите сейчас.',
      en: '{record}: the contact was made from a lead and has neither phone nor e-mail. Take them over from the lead or enter them now.',
    },
  },
  L11: {
    title: { ru: 'Лид создан вручную в обход канала', en: 'Manual lead that bypasses its channel' },
    clause: {
      ru: 'Входящий звонок ведут в лиде, к которому он привязан: вручную не создают второй лид с тем же телефоном в пределах {hours} ч от звонка.',
      en: 'An incoming call is worked in the lead it is bound to: no second lead with the same phone is made by hand within {hours} h of the call.',
    },
    feedback: {
      ru: '{record}: создан вручную, хотя в пределах {hours} ч с этого телефона был входящий звонок, не привязанный к лиду. Привяжите звонок к лиду, чтобы источник был учтён, и работайте из карточки звонка.',
      en: '{record}: made by hand although this phone called within {hours} h and the call is not bound to the lead. Bind the call so that the source counts, and work from the card of the call.',
    },
    parameters: { hours: { ru: 'Часов до и после создания', en: 'Hours before and after the creation' } },
  },
  L12: {
    title: { ru: 'Ответственного меняют туда-сюда', en: 'Owner ping-pong' },
    clause: {
      ru: 'Ответственного за лид или сделку без касания клиента меняют меньше {times} раз за {days} раб. дн.',
      en: 'A lead or deal does not change its owner {times} times within {days} working days without a touch of the client.',
    },
    feedback: {
      ru: '{record}: ответственный сменился не меньше {times} раз за {days} раб. дн., клиента никто не касался. Назначьте одного ответственного и проследите, чтобы он связался с клиентом.',
      en: '{record}: the owner changed {times} times within {days} working days and nobody touched the client. Name one owner and see that they contact the client.',
    },
    parameters: {
      times: { ru: 'Смен ответственного', en: 'Changes of the owner' },
      days: { ru: 'За рабочих дней', en: 'Within working days' },
    },
  },
  L13: {
    title: { ru: 'Лид возвращён в очередь без работы', en: 'Returned to the queue without work' },
    clause: {
      ru: 'В очередь ({queue_users}) возвращают только лид, с которым работали: было хотя бы одно касание.',
      en: 'Only a lead that was worked, with at least one touch, goes back to the queue ({queue_users}).',
    },
    feedback: {
      ru: '{record}: возвращён в очередь без единого касания. Если лид не ваш, напишите в комментарии причину; в остальных случаях сначала свяжитесь с клиентом.',
      en: '{record}: returned to the queue without a single touch. If the lead is not yours, write why in the comment; otherwise contact the client first.',
    },
    parameters: { queue_users: { ru: 'Сотрудники-очереди', en: 'Users that stand for a queue' } },
  },
};
