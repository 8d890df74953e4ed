import type { RuleTexts } from '../../pack.js';

export const dealCompletenessTexts: Record<string, RuleTexts> = {
  F01: {
    title: { ru: 'Сделка без следующего шага', en: 'Deal without a next step' },
    clause: {
      ru: 'В открытой сделке всегда запланирован следующий шаг; новый появляется не позже чем через {hours} ч рабочего времени.',
      en: 'An open deal always has a next step planned; a new one is there within {hours} working hours.',
    },
    feedback: {
      ru: '{record}: сделка открыта, а запланированных дел нет. Запланируйте следующий шаг с датой: звонок, встречу или задачу.',
      en: '{record}: the deal is open and nothing is planned. Plan the next step with a date: a call, a meeting or a task.',
    },
    parameters: { hours: { ru: 'Рабочих часов без плана', en: 'Working hours without a plan' } },
  },
  F02: {
    title: { ru: 'Дата закрытия прошла', en: 'Close date past' },
    clause: {
      ru: 'Предполагаемая дата закрытия открытой сделки не остаётся в прошлом (допуск: {days} дн.).',
      en: 'The expected close of an open deal does not lie in the past (allowance: {days} days).',
    },
    feedback: {
      ru: '{record}: предполагаемая дата закрытия прошла, сделка открыта. Закройте её или поставьте дату, о которой договорились с клиентом.',
      en: '{record}: its expected close has passed and it is still open. Close it, or set a date agreed with the client.',
    },
    parameters: { days: { ru: 'Дней после даты', en: 'Days after the date' } },
  },
  F03: {
    title: { ru: 'Дату закрытия отодвигают', en: 'Close date pushed' },
    clause: {
      ru: 'Дату закрытия переносят вперёд меньше {times} раз и в сумме не больше чем на {days} дн.',
      en: 'The expected close is moved later fewer than {times} times and by no more than {days} days in total.',
    },
    feedback: {
      ru: '{record}: дату закрытия переносили не меньше {times} раз или в сумме больше чем на {days} дн. Обсудите с руководителем, что мешает закрыть сделку, и закройте её, если решения не будет.',
      en: '{record}: its expected close was moved {times} times or by more than {days} days. Talk to the head about what stands in the way, and close it if there will be no decision.',
    },
    parameters: {
      times: { ru: 'Переносов', en: 'Moves' },
      days: { ru: 'Дней переноса в сумме', en: 'Days moved in total' },
    },
  },
  F04: {
    title: { ru: 'Сумма не заполнена', en: 'Amount empty' },
    clause: {
      ru: 'Сумма сделки заполнена со стадии с порядковым номером {from_rank} (первая стадия – 0).',
      en: 'The amount of a deal is filled from stage number {from_rank} on (the first stage is 0).',
    },
    feedback: {
      ru: '{record}: на этой стадии сумма уже должна быть известна, а она равна нулю. Внесите сумму или товары; предварительная оценка тоже подходит.',
      en: '{record}: by this stage the amount should be known, and it is zero. Enter the amount or the products; an estimate will do.',
    },
    parameters: { from_rank: { ru: 'Со стадии номер (с нуля)', en: 'From stage number (from zero)' } },
  },
  F05: {
    title: { ru: 'Сумма не равна сумме товаров', en: 'Amount differs from product rows' },
    clause: {
      ru: 'Сумма сделки равна сумме её товаров с точностью до {tolerance} ₽.',
      en: 'The amount of a deal equals the sum of its product rows to within {tolerance} ₽.',
    },
    feedback: {
      ru: '{record}: сумма сделки отличается от суммы товаров больше чем на {tolerance} ₽. Исправьте товары или сумму.',
      en: '{record}: its amount differs from the sum of its product rows by more than {tolerance} ₽. Correct the rows or the amount.',
    },
    parameters: { tolerance: { ru: 'Допустимое расхождение, ₽', en: 'Difference allowed, ₽' } },
  },
  F06: {
    title: { ru: 'Скидка без согласования', en: 'Discount without approval' },
    clause: {
      ru: 'Скидку больше {percent} % дают после согласования, отмеченного в поле {approval_field}.',
      en: 'A discount above {percent} % is given once it is approved, as the field {approval_field} says.',
    },
    feedback: {
      ru: '{record}: в товарах скидка больше {percent} %, согласования нет. Получите согласование и отметьте его в сделке или уменьшите скидку до отправки предложения.',
      en: '{record}: a product row has a discount above {percent} % and no approval. Get it approved and record that in the deal, or lower the discount before the offer is sent.',
    },
    parameters: {
      percent: { ru: 'Скидка без согласования, %', en: 'Discount without approval, %' },
      approval_field: { ru: 'Поле согласования', en: 'Field of the approval' },
    },
  },
  F07: {
    title: { ru: 'Крупная сделка с одним контактом', en: 'Big deal with a single contact' },
    clause: {
      ru: 'В сделке дороже {amount} ₽ есть не меньше двух контактов со стороны клиента.',
      en: 'A deal above {amount} ₽ has at least two contacts on the side of the client.',
    },
    feedback: {
      ru: '{record}: сумма выше {amount} ₽, а контакт один или ни одного. Познакомьтесь с теми, кто ещё участвует в решении, и добавьте их в сделку.',
      en: '{record}: above {amount} ₽ and with one contact or none. Get to know who else takes part in the decision and add them to the deal.',
    },
    parameters: { amount: { ru: 'Сумма, ₽', en: 'Amount, ₽' } },
  },
  F08: {
    title: { ru: 'Мёртвая сделка', en: 'Zombie deal' },
    clause: {
      ru: 'Сделку старше {cycles} обычных циклов ({median_cycle_days} дн. каждый) без касаний в течение {days} раб. дн. закрывают или возобновляют.',
      en: 'A deal older than {cycles} usual cycles ({median_cycle_days} days each) that was not touched for {days} working days is closed or taken up again.',
    },
    feedback: {
      ru: '{record}: сделка открыта намного дольше обычного, и {days} раб. дн. её никто не касался. Свяжитесь с клиентом или закройте сделку с причиной: она искажает прогноз.',
      en: '{record}: open for far longer than usual and not touched for {days} working days. Contact the client or close it with a reason: it distorts the forecast.',
    },
    parameters: {
      cycles: { ru: 'Обычных циклов', en: 'Usual cycles' },
      median_cycle_days: { ru: 'Обычный цикл, дней', en: 'Usual cycle, days' },
      days: { ru: 'Рабочих дней без касания', en: 'Working days without a touch' },
    },
  },
  F09: {
    title: { ru: 'Сделка без клиента', en: 'Deal without a client' },
    clause: {
      ru: 'Со стадии с порядковым номером {from_rank} (первая – 0) в сделке указан контакт или компания.',
      en: 'From stage number {from_rank} on (the first is 0) a deal has a contact or a company.',
    },
    feedback: {
      ru: '{record}: не указаны ни контакт, ни компания. Привяжите клиента, чтобы его история была в одном месте.',
      en: '{record}: neither contact nor company is given. Link the client so that their history is in one place.',
    },
    parameters: { from_rank: { ru: 'Со стадии номер (с нуля)', en: 'From stage number (from zero)' } },
  },
  F10: {
    title: { ru: 'Название по умолчанию или повторяется', en: 'Default or repeated title' },
    clause: {
      ru: 'Название сделки говорит, о чём она, и не повторяет название другой открытой сделки.',
      en: 'The title of a deal says what it is about and is not that of another open deal.',
    },
    feedback: {
      ru: '{record}: название пустое, стандартное или такое же, как у другой открытой сделки. Назовите сделку так, чтобы её узнал любой коллега: клиент и предмет.',
      en: '{record}: its title is empty, the default one, or that of another open deal. Name it so that any colleague knows it: client and subject.',
    },
  },
  F11: {
    title: { ru: 'Товар из другой воронки', en: 'Product of another pipeline' },
    clause: {
      ru: 'Сделку ведут в той воронке, к которой относятся её товары: {products}.',
      en: 'A deal is in the pipeline its products belong to: {products}.',
    },
    feedback: {
      ru: '{record}: товар в сделке относится к другой воронке. Переведите сделку туда или исправьте товары.',
      en: '{record}: a product of it belongs to another pipeline. Move the deal there or correct its products.',
    },
    parameters: { products: { ru: 'Воронка товара', en: 'Pipeline of a product' } },
  },
  F12: {
    title: { ru: 'Предложение отмечено, но не отправлено', en: 'Offer noted but not sent' },
    clause: {
      ru: 'В стадиях {stages} клиенту отправлен файл или в сделке есть предложение.',
      en: 'In the stages {stages} a file was sent to the client or the deal has a quote.',
    },
    feedback: {
      ru: '{record}: по стадии предложение отправлено, но файла в исходящих и предложения в сделке нет. Отправьте его из CRM или верните сделку на прежнюю стадию.',
      en: '{record}: its stage says that an offer was sent, but there is neither an outgoing file nor a quote. Send it from the CRM or move the deal back.',
    },
    parameters: { stages: { ru: 'Стадии после отправки предложения', en: 'Stages after the offer' } },
  },
};
