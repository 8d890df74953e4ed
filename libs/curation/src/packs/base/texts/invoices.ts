import type { RuleTexts } from '../../pack.js';

export const invoiceTexts: Record<string, RuleTexts> = {
  I01: {
    title: { ru: 'Счёт без сделки', en: 'Invoice without a deal' },
    clause: { ru: 'Каждый счёт привязан к сделке.', en: 'Every invoice belongs to a deal.' },
    feedback: {
      ru: '{record}: счёт не привязан к сделке, оплата по нему не попадёт в продажи. Укажите сделку.',
      en: '{record}: it belongs to no deal, so its payment will not count as a sale. Link the deal.',
    },
  },
  I02: {
    title: { ru: 'Сумма счёта не равна сумме сделки', en: 'Invoice and deal differ' },
    clause: {
      ru: 'Сумма счёта равна сумме его сделки с точностью до {tolerance} ₽.',
      en: 'The sum of an invoice equals that of its deal to within {tolerance} ₽.',
    },
    feedback: {
      ru: '{record}: сумма счёта отличается от суммы сделки больше чем на {tolerance} ₽. Исправьте ту, что неверна; при оплате частями отметьте это в сделке.',
      en: '{record}: its sum differs from that of the deal by more than {tolerance} ₽. Correct the one that is wrong; record in the deal if payment comes in parts.',
    },
    parameters: { tolerance: { ru: 'Допустимое расхождение, ₽', en: 'Difference allowed, ₽' } },
  },
  I03: {
    title: { ru: 'Просроченный счёт без касания', en: 'Overdue invoice, client not touched' },
    clause: {
      ru: 'По счёту, не оплаченному в срок, с клиентом связываются не позже чем через {days} раб. дн. и дальше не реже.',
      en: 'When an invoice is overdue, the client is contacted within {days} working days, and again no less often.',
    },
    feedback: {
      ru: '{record}: срок оплаты прошёл, {days} раб. дн. клиента никто не касался. Позвоните, узнайте дату оплаты и запишите её.',
      en: '{record}: payment is overdue and nobody touched the client for {days} working days. Call, ask when it will be paid and write that down.',
    },
    parameters: { days: { ru: 'Рабочих дней без касания', en: 'Working days without a touch' } },
  },
  I04: {
    title: { ru: 'Счёт от другого юрлица', en: 'Issued from the wrong own company' },
    clause: {
      ru: 'Счёт выставляют от того юрлица, которое закреплено за воронкой: {own_companies}.',
      en: 'An invoice is issued from the own company of its pipeline: {own_companies}.',
    },
    feedback: {
      ru: '{record}: счёт выставлен не от того юрлица, которое закреплено за воронкой сделки. Исправьте продавца и отправьте счёт заново.',
      en: '{record}: issued from an own company other than that of the pipeline. Correct it and send the invoice anew.',
    },
    parameters: { own_companies: { ru: 'Юрлицо воронки', en: 'Own company of a pipeline' } },
  },
  I05: {
    title: { ru: 'Счёт изменён после отправки', en: 'Invoice changed after it was sent' },
    clause: {
      ru: 'Со стадии с порядковым номером {sent_rank} (первая – 0) сумму, товары и клиента счёта не меняют: выставляют новый.',
      en: 'From stage number {sent_rank} on (the first is 0) amount, products and client of an invoice do not change: a new one is issued.',
    },
    feedback: {
      ru: '{record}: сумма, товары или клиент изменены после отправки. Отмените этот счёт, выставьте новый и отправьте его клиенту.',
      en: '{record}: amount, products or client changed after it was sent. Cancel it, issue a new one and send that to the client.',
    },
    parameters: { sent_rank: { ru: 'Отправлен со стадии номер (с нуля)', en: 'Sent from stage number (from zero)' } },
  },
  I06: {
    title: { ru: 'Оплаченный счёт отменён', en: 'Paid invoice cancelled' },
    clause: {
      ru: 'Оплаченный счёт не отменяют; возврат денег оформляют отдельно.',
      en: 'A paid invoice is not cancelled; a refund is recorded separately.',
    },
    feedback: {
      ru: '{record}: переведён из оплаченных в отменённые. Если это возврат, приложите основание; если ошибка, верните оплату.',
      en: '{record}: moved from paid to cancelled. If this is a refund, attach its ground; if it is a mistake, restore the payment.',
    },
  },
  I07: {
    title: { ru: 'Оплачена, но не закрыта', en: 'Paid but still open' },
    clause: {
      ru: 'Сделку с оплаченным счётом закрывают как выигранную не позже чем через {days} раб. дн. после оплаты.',
      en: 'A deal with a paid invoice is closed as won within {days} working day(s) after the payment.',
    },
    feedback: {
      ru: '{record}: счёт оплачен, а сделка открыта. Переведите её в успех; если ждёте доплату, запланируйте дело с датой.',
      en: '{record}: an invoice is paid and the deal is open. Move it to success; if another payment is due, plan an activity with its date.',
    },
    parameters: { days: { ru: 'Рабочих дней после оплаты', en: 'Working days after the payment' } },
  },
  I08: {
    title: { ru: 'Два открытых счёта на одну сумму', en: 'Two open invoices of one sum' },
    clause: {
      ru: 'На одну сумму по сделке открыт один счёт.',
      en: 'A deal has one open invoice of one sum.',
    },
    feedback: {
      ru: '{record}: открыты два счёта на одну и ту же сумму. Отмените лишний, чтобы клиент не оплатил дважды.',
      en: '{record}: two invoices of the same sum are open. Cancel one, so that the client does not pay twice.',
    },
  },
  I09: {
    title: { ru: 'Нет файла договора', en: 'No file of the contract' },
    clause: {
      ru: 'В стадиях {stages} в делах сделки есть файл договора.',
      en: 'In the stages {stages} an activity of the deal carries the file of the contract.',
    },
    feedback: {
      ru: '{record}: стадия предполагает договор, а файлов в делах сделки нет. Отправьте договор из CRM или приложите подписанный.',
      en: '{record}: its stage implies a contract and no activity of it carries a file. Send the contract from the CRM or attach the signed one.',
    },
    parameters: { stages: { ru: 'Стадии, где нужен договор', en: 'Stages that need a contract' } },
  },
  I10: {
    title: { ru: 'Дата или номер счёта неверны', en: 'Wrong date or number' },
    clause: {
      ru: 'Счёт датирован не раньше создания сделки, его номер не повторяется.',
      en: 'An invoice is dated no earlier than its deal was made, and its number is its own.',
    },
    feedback: {
      ru: '{record}: дата раньше дня создания сделки или номер уже есть у другого счёта. Исправьте дату или номер.',
      en: '{record}: dated before the day its deal was made, or with the number of an older invoice. Correct the date or the number.',
    },
  },
};
