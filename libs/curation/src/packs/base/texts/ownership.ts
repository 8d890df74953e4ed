import type { RuleTexts } from '../../pack.js';

export const ownershipTexts: Record<string, RuleTexts> = {
  O01: {
    title: { ru: 'Записи на уволенном сотруднике', en: 'Records of somebody who left' },
    clause: {
      ru: 'Открытые лиды и сделки сотрудника передают другому до того, как его отключат.',
      en: 'Open leads and deals of an employee are given to somebody else before their account is closed.',
    },
    feedback: {
      ru: '{record}: сотрудник отключён, а открытые лиды или сделки остались на нём. Назначьте им ответственных сегодня: клиенты ждут.',
      en: '{record}: the account is closed and open leads or deals still belong to it. Give them owners today: clients are waiting.',
    },
  },
  O02: {
    title: { ru: 'Отсутствие без замещения', en: 'Absence without a deputy' },
    clause: {
      ru: 'На время отсутствия от одного рабочего дня у сотрудника есть замещающий, если у него назначены дела.',
      en: 'An employee who is absent for a working day or longer and has activities due has a deputy.',
    },
    feedback: {
      ru: '{record}: сотрудник отсутствует, на это время у него назначены дела, а замещающего нет. Назначьте замещающего или перенесите дела.',
      en: '{record}: the employee is absent, has activities due meanwhile and no deputy. Name a deputy or move the activities.',
    },
  },
  O03: {
    title: { ru: 'Массовое удаление', en: 'Mass deletion' },
    clause: {
      ru: 'За час удаляют меньше {deleted} записей; больше – только по согласованию с администратором.',
      en: 'Fewer than {deleted} records are deleted within an hour; more only when agreed with the administrator.',
    },
    feedback: {
      ru: '{record}: за час исчезло не меньше {deleted} лидов, сделок, контактов, компаний или счетов. Проверьте, кто и зачем их удалил или объединил, и восстановите нужное из корзины.',
      en: '{record}: {deleted} or more leads, deals, contacts, companies or invoices vanished within an hour. Find out who deleted or merged them and why, and restore what is needed.',
    },
    parameters: { deleted: { ru: 'Записей за час', en: 'Records within an hour' } },
  },
  O04: {
    title: { ru: 'Открытая сделка удалена', en: 'Open deal deleted' },
    clause: {
      ru: 'Сделки не удаляют: ненужную закрывают как проигранную с причиной, дубль объединяют.',
      en: 'Deals are not deleted: one that is not needed is closed as lost with a reason, a duplicate is merged.',
    },
    feedback: {
      ru: '{record}: удалена открытой, её история потеряна для отчётов. Восстановите сделку из корзины и закройте с причиной.',
      en: '{record}: deleted while it was open, its history is lost to reports. Restore it and close it with a reason.',
    },
  },
  O05: {
    title: { ru: 'Изменены воронки или стадии', en: 'Pipelines or stages changed' },
    clause: {
      ru: 'Воронки и стадии меняют по согласованию: от них зависят отчёты, нормы и правила.',
      en: 'Pipelines and stages change when agreed: reports, norms and rules depend on them.',
    },
    feedback: {
      ru: '{record}: настройка воронок или стадий изменилась. Убедитесь, что это согласовано, и проверьте смысл стадий и параметры правил.',
      en: '{record}: the configuration of pipelines or stages changed. Make sure that it was agreed, and check meanings of stages and parameters of rules.',
    },
  },
  O06: {
    title: { ru: 'Поле меняется по кругу', en: 'A field that flips' },
    clause: {
      ru: 'Роботы и сотрудники не перезаписывают друг друга: одно поле меняется меньше {times} раз за час.',
      en: 'Robots and people do not overwrite each other: no field changes {times} times within an hour.',
    },
    feedback: {
      ru: '{record}: одно и то же поле за час изменилось не меньше {times} раз. Найдите роботов или интеграции, которые его меняют, и оставьте одного хозяина поля.',
      en: '{record}: one field changed {times} times or more within an hour. Find the robots or integrations that write it and leave the field to one of them.',
    },
    parameters: { times: { ru: 'Изменений за час', en: 'Changes within an hour' } },
  },
  O07: {
    title: { ru: 'Слишком много открытых сделок', en: 'Too many open deals' },
    clause: {
      ru: 'У одного сотрудника не больше {deals} открытых сделок.',
      en: 'One employee has at most {deals} open deals.',
    },
    feedback: {
      ru: '{record}: открытых сделок больше {deals}, на каждую не хватает времени. Закройте неживые и передайте часть коллегам.',
      en: '{record}: more than {deals} open deals leave too little time for each. Close those that are dead and give some to colleagues.',
    },
    parameters: { deals: { ru: 'Открытых сделок не больше', en: 'Open deals at most' } },
  },
  O08: {
    title: { ru: 'Канал молчит', en: 'Silent channel' },
    clause: {
      ru: 'Канал, которым пользуются, не молчит вдвое дольше своей самой долгой обычной тишины; для каналов с собственным сроком действует он, в рабочих часах: {hours}.',
      en: 'A channel in use is not silent for twice its longest usual silence; channels with a limit of their own go by that, in working hours: {hours}.',
    },
    feedback: {
      ru: '{record}: канал ничего не приносил дольше обычного. Проверьте, что форма, телефония или почта подключены и работают.',
      en: '{record}: the channel has brought nothing for longer than usual. Check that form, telephony or mail are connected and work.',
    },
    parameters: {
      hours: { ru: 'Срок для отдельных каналов, рабочих часов', en: 'Limit of single channels, working hours' },
    },
  },
};
