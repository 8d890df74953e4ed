import type { RuleTexts } from '../../pack.js';

export const clientTexts: Record<string, RuleTexts> = {
  K01: {
    title: { ru: 'Неверный телефон', en: 'Wrong phone' },
    clause: {
      ru: 'Телефоны контактов и компаний записаны полностью, с кодом, без текста и заглушек.',
      en: 'Phones of contacts and companies are complete, with their code, without text or placeholders.',
    },
    feedback: {
      ru: '{record}: по одному из телефонов нельзя позвонить: не хватает цифр, есть лишние знаки или номер-заглушка. Исправьте или удалите его.',
      en: '{record}: one of the phones cannot be called: digits are missing, there are other signs, or it is a placeholder. Correct or delete it.',
    },
  },
  K02: {
    title: { ru: 'Неверный e-mail', en: 'Wrong e-mail' },
    clause: {
      ru: 'E-mail контактов и компаний записан без ошибок; адресов-заглушек нет.',
      en: 'E-mails of contacts and companies are written correctly; there are no dummies.',
    },
    feedback: {
      ru: '{record}: один из адресов e-mail написан с ошибкой или это заглушка. Исправьте или удалите его.',
      en: '{record}: one of the e-mails is misspelt or a dummy. Correct or delete it.',
    },
  },
  K03: {
    title: { ru: 'Ошибка в реквизитах', en: 'Wrong requisites' },
    clause: {
      ru: 'До выставления счёта ИНН, КПП, ОГРН и ОГРНИП компании проверены и верны.',
      en: 'INN, KPP, OGRN and OGRNIP of a company are checked and right before an invoice is issued.',
    },
    feedback: {
      ru: '{record}: счёт выставлен, а в реквизитах ошибка: контрольная цифра или формат ИНН, КПП, ОГРН или ОГРНИП. Сверьте с карточкой клиента, исправьте реквизиты и перевыставьте счёт.',
      en: '{record}: an invoice was issued and the requisites are wrong: check digit or form of INN, KPP, OGRN or OGRNIP. Compare with the client’s papers, correct them and issue the invoice anew.',
    },
  },
  K04: {
    title: { ru: 'Компания без реквизитов', en: 'Company without requisites' },
    clause: {
      ru: 'К стадиям {stages} у компании внесены реквизиты.',
      en: 'By the stages {stages} the requisites of the company are entered.',
    },
    feedback: {
      ru: '{record}: сделка дошла до стадии, где нужны реквизиты, а их нет. Запросите карточку клиента и внесите реквизиты.',
      en: '{record}: a deal of it has come to a stage that needs requisites, and there are none. Ask the client for them and enter them.',
    },
    parameters: { stages: { ru: 'Стадии, где нужны реквизиты', en: 'Stages that need requisites' } },
  },
  K05: {
    title: { ru: 'Дубль контакта', en: 'Duplicate contact' },
    clause: {
      ru: 'Человек заведён в CRM один раз: контакт с тем же телефоном или e-mail объединяют со старшим.',
      en: 'A person is in the CRM once: a contact with the same phone or e-mail is merged into the older one.',
    },
    feedback: {
      ru: '{record}: тот же телефон или e-mail есть у более раннего контакта. Объедините их; если это разные люди, исправьте телефон или e-mail.',
      en: '{record}: an older contact has the same phone or e-mail. Merge them; if they are different people, correct the phone or e-mail.',
    },
  },
  K06: {
    title: { ru: 'Дубль компании', en: 'Duplicate company' },
    clause: {
      ru: 'Компания заведена в CRM один раз: с тем же ИНН или с тем же названием в том же городе второй нет.',
      en: 'A company is in the CRM once: there is no second one with the same INN, or the same name in the same city.',
    },
    feedback: {
      ru: '{record}: есть более ранняя компания с тем же ИНН или с тем же названием и городом. Объедините их; если это разные организации, исправьте реквизиты.',
      en: '{record}: an older company has the same INN, or the same name and city. Merge them; if they are different organisations, correct the requisites.',
    },
  },
  K07: {
    title: { ru: 'Вместо имени – компания или слово', en: 'No person’s name' },
    clause: {
      ru: 'В имени контакта – имя человека, а не название компании и не слово вроде «клиент».',
      en: 'The name of a contact is a person’s, not that of a company nor a word such as "client".',
    },
    feedback: {
      ru: '{record}: в имени название компании или слово-заглушка. Узнайте, как зовут человека, и запишите имя; компанию заведите отдельно.',
      en: '{record}: its name is that of a company or a placeholder. Ask for the person’s name and write it down; enter the company separately.',
    },
  },
  K08: {
    title: { ru: 'Контакт без компании', en: 'Contact without a company' },
    clause: {
      ru: 'У контакта с открытой сделкой в воронках {pipelines} указана компания не позже чем через {days} раб. дн.',
      en: 'A contact with an open deal in the pipelines {pipelines} has a company within {days} working days.',
    },
    feedback: {
      ru: '{record}: в работе сделка с организацией, а компания у контакта не указана. Привяжите компанию или создайте её.',
      en: '{record}: a deal with an organisation is open and the contact has no company. Link the company or enter it.',
    },
    parameters: {
      pipelines: { ru: 'Воронки продаж организациям', en: 'Pipelines of sales to organisations' },
      days: { ru: 'Рабочих дней', en: 'Working days' },
    },
  },
  K09: {
    title: { ru: 'У сделок клиента разные ответственные', en: 'Deals of one client, different owners' },
    clause: {
      ru: 'Открытые сделки одной компании ведёт один ответственный; исключения: {allowed}.',
      en: 'One owner has all open deals of a company; exceptions: {allowed}.',
    },
    feedback: {
      ru: '{record}: открытые сделки компании у разных ответственных. Решите, кто ведёт клиента, и передайте сделки ему.',
      en: '{record}: its open deals have different owners. Decide who has the client and give the deals to them.',
    },
    parameters: { allowed: { ru: 'Кто не учитывается', en: 'Who is left out' } },
  },
  K10: {
    title: { ru: 'Ключевой клиент без касаний', en: 'Key client not touched' },
    clause: {
      ru: 'Ключевого клиента (поле {field}) касаются не реже чем раз в {days} раб. дн.',
      en: 'A key client (field {field}) is touched at least every {days} working days.',
    },
    feedback: {
      ru: '{record}: ключевого клиента, его контактов и сделок никто не касался {days} раб. дн. Позвоните или напишите и запланируйте следующую встречу.',
      en: '{record}: nobody touched this key client, its contacts or deals for {days} working days. Call or write, and plan the next meeting.',
    },
    parameters: {
      field: { ru: 'Поле ключевого клиента', en: 'Field of key clients' },
      days: { ru: 'Рабочих дней без касания', en: 'Working days without a touch' },
    },
  },
  K11: {
    title: { ru: 'Нет согласия на обработку данных', en: 'No consent to data processing' },
    clause: {
      ru: 'Согласие человека на обработку персональных данных отмечено в поле {field}.',
      en: 'A person’s consent to the processing of personal data is recorded in the field {field}.',
    },
    feedback: {
      ru: '{record}: согласие на обработку персональных данных не отмечено. Получите его и заполните поле; если согласия нет, сообщите администратору.',
      en: '{record}: consent to the processing of personal data is not recorded. Get it and fill the field; if there is none, tell the administrator.',
    },
    parameters: { field: { ru: 'Поле согласия', en: 'Field of the consent' } },
  },
  K12: {
    title: { ru: 'Контактные данные сотрудника у клиента', en: 'An employee’s contact data at a client' },
    clause: {
      ru: 'В карточках клиентов нет телефонов и e-mail сотрудников.',
      en: 'Cards of clients hold no phone or e-mail of an employee.',
    },
    feedback: {
      ru: '{record}: телефон или e-mail совпадает с данными сотрудника. Замените их на данные клиента; если это тестовая запись, удалите её.',
      en: '{record}: its phone or e-mail is that of an employee. Replace it with the client’s; if it is a test record, delete it.',
    },
  },
};
