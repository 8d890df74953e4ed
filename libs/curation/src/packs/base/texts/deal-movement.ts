import type { RuleTexts } from '../../pack.js';

export const dealMovementTexts: Record<string, RuleTexts> = {
  D01: {
    title: { ru: 'Стадия пропущена', en: 'Stage skipped' },
    clause: {
      ru: 'Сделка проходит обязательные стадии ({mandatory}) по порядку; если список пуст, обязательны все рабочие стадии воронки.',
      en: 'A deal goes through the mandatory stages ({mandatory}) in order; when none are listed, every stage in process is mandatory.',
    },
    feedback: {
      ru: '{record}: переведена вперёд мимо обязательной стадии. Внесите то, что подтверждает пропущенную работу (встречу, отправленный файл, звонок, поле), или верните сделку на нужную стадию.',
      en: '{record}: moved forward over a mandatory stage. Enter what proves the work that was skipped (meeting, file sent, call, field), or move the deal back to that stage.',
    },
    parameters: {
      mandatory: { ru: 'Обязательные стадии', en: 'Mandatory stages' },
      proofs: { ru: 'Чем подтверждается стадия', en: 'What proves a stage' },
    },
  },
  D02: {
    title: { ru: 'Возврат на прежнюю стадию без причины', en: 'Moved back without a reason' },
    clause: {
      ru: 'Причину возврата сделки на более раннюю стадию пишут в комментарии или в поле {reason_field} в течение часа.',
      en: 'The reason for moving a deal back is written into its comment or the field {reason_field} within an hour.',
    },
    feedback: {
      ru: '{record}: переведена на более раннюю стадию, причина не указана. Напишите в комментарии к сделке, что изменилось.',
      en: '{record}: moved to an earlier stage and no reason was given. Write into the comment of the deal what has changed.',
    },
    parameters: { reason_field: { ru: 'Поле причины возврата', en: 'Field of the reason' } },
  },
  D03: {
    title: { ru: 'Стадии пройдены за минуты', en: 'Stages run through in minutes' },
    clause: {
      ru: 'Стадию меняют тогда, когда работа сделана: один человек переводит сделку вперёд меньше {moves} раз за {minutes} мин.',
      en: 'A stage changes when the work is done: nobody moves a deal forward {moves} times within {minutes} minutes.',
    },
    feedback: {
      ru: '{record}: переведена вперёд не меньше {moves} раз за {minutes} мин. Отмечайте стадии в день, когда они пройдены; даты этих стадий поясните в комментарии.',
      en: '{record}: moved forward {moves} times within {minutes} minutes. Record stages on the day they are reached; explain in the comment when these were.',
    },
    parameters: {
      moves: { ru: 'Переводов вперёд', en: 'Moves forward' },
      minutes: { ru: 'За минут', en: 'Within minutes' },
    },
  },
  D04: {
    title: { ru: 'Сделка стоит на месте', en: 'Stalled deal' },
    clause: {
      ru: 'Сделку двигают по стадиям или касаются клиента не реже чем за срок, за который стадию проходят 80 % выигранных сделок (от {days} до {most_days} раб. дн.); для стадий с собственным сроком действует он: {stage_limits}. Не проверяются стадии: {excluded}.',
      en: 'A deal moves or its client is touched within the time in which 80 % of the won deals pass the stage ({days} to {most_days} working days); stages with a limit of their own go by that: {stage_limits}. Not checked: {excluded}.',
    },
    feedback: {
      ru: '{record}: нет ни касания, ни смены стадии дольше срока для этой стадии. Свяжитесь с клиентом, зафиксируйте результат и переведите сделку туда, где она на самом деле.',
      en: '{record}: neither a touch nor a move for longer than this stage allows. Contact the client, record the result and move the deal to where it really stands.',
    },
    parameters: {
      days: { ru: 'Рабочих дней без движения, не меньше', en: 'Working days without movement, at least' },
      most_days: { ru: 'Рабочих дней без движения, не больше', en: 'Working days without movement, at most' },
      stage_limits: { ru: 'Срок для отдельных стадий, рабочих дней', en: 'Limit of single stages, working days' },
      excluded: { ru: 'Стадии без проверки', en: 'Stages left out' },
    },
  },
  D05: {
    title: { ru: 'Стадия без подтверждения', en: 'Stage without proof' },
    clause: {
      ru: 'На стадию переводят, когда есть то, что её подтверждает: {proofs}. Недостающее вносят не позже чем через час рабочего времени.',
      en: 'A deal enters a stage when there is what proves it: {proofs}. What is missing is entered within one working hour.',
    },
    feedback: {
      ru: '{record}: переведена на стадию, но подтверждения нет. Если работа сделана, внесите встречу, отправьте файл или заполните поле; если нет, верните сделку на прежнюю стадию.',
      en: '{record}: moved to the stage without its proof. If the work was done, enter the meeting, send the file or fill the field; if not, move the deal back.',
    },
    parameters: { proofs: { ru: 'Чем подтверждается стадия', en: 'What proves a stage' } },
  },
  D06: {
    title: { ru: 'Обязательное поле пусто', en: 'Required field empty' },
    clause: {
      ru: 'К каждой стадии заполнены поля, которые она требует, и поля всех стадий до неё: {required}. Прочерк, ноль и «тест» – то же, что пустое поле.',
      en: 'The fields that a stage requires, and those of all stages before it, are filled: {required}. A dash, a zero or "test" is as good as nothing.',
    },
    feedback: {
      ru: '{record}: на этой стадии не заполнено обязательное поле или в нём заглушка. Внесите настоящее значение.',
      en: '{record}: a field that this stage requires is empty or holds a placeholder. Enter the real value.',
    },
    parameters: { required: { ru: 'Обязательные поля по стадиям', en: 'Required fields by stage' } },
  },
  D07: {
    title: { ru: 'Массовый перевод сделок в конце месяца', en: 'Deals moved in bulk at the end of the month' },
    clause: {
      ru: 'Сделки двигают по мере работы: в последние {last_days} дн. месяца (0 – в любой день) делают меньше {moves} переводов за {minutes} мин.',
      en: 'Deals move as work goes on: nobody moves {moves} within {minutes} minutes in the last {last_days} days of a month (0: on any day).',
    },
    feedback: {
      ru: '{record}: за {minutes} мин переведено не меньше {moves} сделок. Проверьте вместе с сотрудником, что за каждым переводом стоит работа, и верните те, за которыми её нет.',
      en: '{record}: {moves} or more deals were moved within {minutes} minutes. Check with the employee that there is work behind every move, and undo those without.',
    },
    parameters: {
      moves: { ru: 'Переводов', en: 'Moves' },
      minutes: { ru: 'За минут', en: 'Within minutes' },
      last_days: { ru: 'В последние дни месяца (0 – всегда)', en: 'In the last days of a month (0: always)' },
    },
  },
  D08: {
    title: { ru: 'Сделка проиграна без оснований', en: 'Lost without ground' },
    clause: {
      ru: 'Сделку закрывают как проигранную после попыток связаться: хотя бы одной всегда и не меньше {attempts} в первые {days} раб. дн.',
      en: 'A deal is closed as lost after attempts to reach the client: at least one at any time, and no fewer than {attempts} in the first {days} working days.',
    },
    feedback: {
      ru: '{record}: закрыта как проигранная, хотя попыток связаться не было или за первые {days} раб. дн. их было меньше {attempts}. Верните сделку в работу или объясните куратору, откуда известно об отказе.',
      en: '{record}: closed as lost without any attempt, or with fewer than {attempts} in the first {days} working days. Take it up again, or tell the curator how the refusal is known.',
    },
    parameters: {
      attempts: { ru: 'Попыток не меньше', en: 'Attempts at least' },
      days: { ru: 'В первые рабочие дни', en: 'In the first working days' },
    },
  },
  D09: {
    title: { ru: 'Проиграна и создана заново', en: 'Lost, then made again' },
    clause: {
      ru: 'Если клиент вернулся в течение {days} дн. после проигрыша, продолжают прежнюю сделку, а не создают новую.',
      en: 'When a client comes back within {days} days after a loss, the old deal is taken up again; no new one is made.',
    },
    feedback: {
      ru: '{record}: создана не позже {days} дн. после того, как другая сделка этого клиента была проиграна. Если это та же потребность, продолжите прежнюю сделку; если другая, напишите в комментарии, чем она отличается.',
      en: '{record}: made within {days} days after another deal of this client was lost. If it is the same need, take up the old deal; if not, write into the comment what is different.',
    },
    parameters: { days: { ru: 'Дней после проигрыша', en: 'Days after the loss' } },
  },
  D10: {
    title: { ru: 'Закрытая сделка снова открыта', en: 'Closed deal opened again' },
    clause: {
      ru: 'Выигранную или проигранную сделку не возвращают в работу без решения руководителя.',
      en: 'A deal that was won or lost is not opened again without a decision of the head.',
    },
    feedback: {
      ru: '{record}: возвращена в работу после закрытия; это меняет отчёты и начисления прошедшего периода. Объясните причину; если сделка закрыта по ошибке, напишите об этом в комментарии.',
      en: '{record}: opened again after it was closed, which changes reports and pay of the past period. Give the reason; if it was closed by mistake, say so in the comment.',
    },
  },
  D11: {
    title: { ru: 'Выиграна, но не оплачена', en: 'Won without payment' },
    clause: {
      ru: 'У выигранной сделки есть оплаченный счёт не позже чем через {days} раб. дн.',
      en: 'A deal that was won has a paid invoice within {days} working days.',
    },
    feedback: {
      ru: '{record}: выиграна, но за {days} раб. дн. ни один её счёт не оплачен. Проверьте оплату и отметьте её в счёте; если денег нет, верните сделку на стадию ожидания оплаты.',
      en: '{record}: won, and none of its invoices was paid within {days} working days. Check the payment and record it in the invoice; if there is none, move the deal back to where payment is awaited.',
    },
    parameters: { days: { ru: 'Рабочих дней до оплаты', en: 'Working days until payment' } },
  },
  D12: {
    title: { ru: 'Выиграна с нулевой или странной суммой', en: 'Won with no or an odd amount' },
    clause: {
      ru: 'У выигранной сделки сумма больше нуля и не выше предела её воронки: заданного (в рублях: {amount_limits}) или пятикратной суммы, ниже которой остаются 95 % выигранных.',
      en: 'A deal that was won has an amount above zero and not above the limit of its pipeline: the one set (in roubles: {amount_limits}), or five times what 95 % of the won ones stay below.',
    },
    feedback: {
      ru: '{record}: выиграна с суммой, которая не может быть верной (ноль, минус или выше предела воронки). Сверьте её со счётом и исправьте.',
      en: '{record}: won with an amount that cannot be right (zero, negative, or above the limit of the pipeline). Compare it with the invoice and correct it.',
    },
    parameters: { amount_limits: { ru: 'Предел суммы по воронкам, ₽', en: 'Limit of the amount by pipeline, ₽' } },
  },
  D13: {
    title: { ru: 'Сумма изменена после выигрыша', en: 'Amount changed after winning' },
    clause: {
      ru: 'Сумму выигранной сделки не меняют: исправление согласуют с руководителем и бухгалтерией.',
      en: 'The amount of a deal that was won does not change; a correction is agreed with the head and with finance.',
    },
    feedback: {
      ru: '{record}: сумма изменена после выигрыша. Укажите основание (новый счёт, возврат, ошибка) и приложите документ.',
      en: '{record}: the amount changed after winning. Give the ground (new invoice, refund, mistake) and attach the document.',
    },
  },
  D14: {
    title: { ru: 'Сделка создана уже выигранной', en: 'Made as won' },
    clause: {
      ru: 'Сделку создают в начале работы, а не сразу в стадии успеха.',
      en: 'A deal is made when work on it begins, not in a stage of success.',
    },
    feedback: {
      ru: '{record}: создана сразу в стадии успеха, поэтому её пути в воронке не видно. Заводите сделку при первом обращении; в этой напишите в комментарии, когда и как прошла продажа.',
      en: '{record}: made in a stage of success, so its way through the pipeline cannot be seen. Make a deal at the first enquiry; write into the comment of this one when and how it was sold.',
    },
  },
  D15: {
    title: { ru: 'Переход в другую воронку', en: 'Moved to another pipeline' },
    clause: {
      ru: 'Между воронками сделку переводят только разрешёнными путями: {allowed}.',
      en: 'A deal changes its pipeline along allowed ways only: {allowed}.',
    },
    feedback: {
      ru: '{record}: переведена в другую воронку путём, которого нет в списке разрешённых. Верните сделку или согласуйте переход с руководителем.',
      en: '{record}: moved to another pipeline along a way that is not allowed. Move it back, or agree the move with the head.',
    },
    parameters: { allowed: { ru: 'Разрешённые переходы', en: 'Allowed ways' } },
  },
  D16: {
    title: { ru: 'Сделка в ожидании без даты возврата', en: 'Parked without a date of return' },
    clause: {
      ru: 'В стадиях ожидания ({stages}) сделка не стоит дольше {days} раб. дн. без запланированного дела.',
      en: 'In waiting stages ({stages}) a deal is never without a planned activity for {days} working days.',
    },
    feedback: {
      ru: '{record}: стоит в ожидании {days} раб. дн. без запланированного дела. Поставьте дату, когда вернётесь к клиенту, или закройте сделку с причиной.',
      en: '{record}: parked for {days} working days with nothing planned. Set the date on which you return to the client, or close it with a reason.',
    },
    parameters: {
      stages: { ru: 'Стадии ожидания', en: 'Waiting stages' },
      days: { ru: 'Рабочих дней без плана', en: 'Working days without a plan' },
    },
  },
  D17: {
    title: { ru: 'Стадии меняют в нерабочее время', en: 'Moves outside working hours' },
    clause: {
      ru: 'Стадии отмечают в рабочее время; от {moves} переводов за неделю ночью или в выходные – повод разобраться.',
      en: 'Stages are recorded in working hours: {moves} or more moves a week at night or on a day off are looked into.',
    },
    feedback: {
      ru: '{record}: за неделю вне рабочего времени сделано не меньше {moves} переводов. Выясните, не переработка ли это и не заполняется ли CRM задним числом.',
      en: '{record}: {moves} or more moves of the week were made outside working hours. Find out whether this is overtime or the CRM is filled in afterwards.',
    },
    parameters: { moves: { ru: 'Переводов за неделю', en: 'Moves a week' } },
  },
};
