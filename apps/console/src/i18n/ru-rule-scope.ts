import type { Message } from './message.js';

/** Where a rule applies, and what was learned to be usual. */
export const ruRuleScope = {
  'scope.title': 'Где действует',
  'scope.note':
    'Смотрится на момент, когда началось нарушение: где тогда стояла запись и кто за неё отвечал. Пустой список ничего не исключает.',
  'scope.pipelines': 'Воронки',
  'scope.stages': 'Стадии',
  'scope.users': 'Сотрудники',
  'scope.departments': 'Отделы',
  'scope.departmentsNote': 'Номера отделов в портале, вместе с подчинёнными',
  'scope.from': 'Начиная с дня',
  'scope.all': 'Все',
  'scope.everybody': 'Все сотрудники',
  'scope.always': 'За всё время',
  'usual.title': 'Обычно в этом портале',
  'usual.nothing':
    'Пока не изучено: нужно хотя бы 20 наблюдений за год. До тех пор действует то, что задано в параметрах.',
  'usual.days': {
    one: '{n} рабочий день',
    few: '{n} рабочих дня',
    many: '{n} рабочих дней',
    other: '{n} рабочего дня',
  },
  'usual.stays': { one: '{n} наблюдение', few: '{n} наблюдения', many: '{n} наблюдений', other: '{n} наблюдения' },
  'usual.stagesNote': 'За столько стадию проходят 80 % выигранных сделок.',
  'usual.amount': 'больше {sum}',
  'usual.deals': { one: '{n} сделка', few: '{n} сделки', many: '{n} сделок', other: '{n} сделки' },
  'usual.amountsNote': 'Странной считается сумма впятеро больше той, ниже которой остаются 95 % выигранных сделок.',
  'usual.hours': {
    one: 'тишина до {n} рабочего часа',
    few: 'тишина до {n} рабочих часов',
    many: 'тишина до {n} рабочих часов',
    other: 'тишина до {n} рабочего часа',
  },
  'usual.silences': { one: '{n} пауза', few: '{n} паузы', many: '{n} пауз', other: '{n} паузы' },
  'usual.silencesNote': 'Это вдвое дольше, чем 99 % пауз между обращениями.',
  'scope.save': 'Сохранить область',
  'usual.since':
    'Изучается раз в неделю по данным за год. Действует с {day}: что началось раньше, живёт по прежнему сроку.',
} satisfies Readonly<Record<string, Message>>;
