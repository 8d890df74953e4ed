/** Words that occur nowhere else: whatever holds one of them holds the person. */
export const client = {
  subject: 'contact:900001',
  words: ['Зыквартов', 'Жюхомир', 'zykvartova', '9990175386', '999 017-53-86'],
};
export const employee = {
  subject: 'user:901',
  words: ['Вышкребцев', 'Протоген', 'vyshkrebtseva', '9990286497', '999 028-64-97'],
};
/** What the portal says of the same two people after they were erased. */
export const laterWords = ['Щекмарёвнин', 'Гликерь', 'shchekmarevnina', '9990397508', '999 039-75-08'];

/** Records that speak of the client, each a stream of its own. */
export const linkedRecords = ['deal:900002', 'activity:900003', 'task:900004'];
export const laterRecords = ['deal:900012', 'activity:900013'];

type Operation = Record<string, unknown>;
const SELLER = '1';

const phoneOf = (value: string) => [{ VALUE: value, VALUE_TYPE: 'WORK', TYPE_ID: 'PHONE' }];
const emailOf = (value: string) => [{ VALUE: value, VALUE_TYPE: 'WORK', TYPE_ID: 'EMAIL' }];
const add = (entity: string, id: string, fields: Operation): Operation => ({ op: 'add', entity, id, fields });
const update = (entity: string, id: string, fields: Operation): Operation => ({ op: 'update', entity, id, fields });

const deal = (id: string, title: string) =>
  add('deal', id, {
    ...{ TITLE: title, CATEGORY_ID: '0', STAGE_ID: 'NEW', CURRENCY_ID: 'RUB', OPPORTUNITY: '1000.00' },
    ...{ ASSIGNED_BY_ID: SELLER, CONTACT_ID: '900001', COMMENTS: `${title}: перезвонить` },
  });
const call = (id: string, dealId: string, phone: string, subject: string) =>
  add('activity', id, {
    ...{ OWNER_TYPE_ID: '2', OWNER_ID: dealId, RESPONSIBLE_ID: SELLER, AUTHOR_ID: SELLER, PRIORITY: '2' },
    ...{ TYPE_ID: '2', PROVIDER_ID: 'VOXIMPLANT_CALL', PROVIDER_TYPE_ID: 'CALL', DIRECTION: '2', COMPLETED: 'Y' },
    ...{ STATUS: '2', DESCRIPTION_TYPE: '1', SUBJECT: subject, DESCRIPTION: `Говорили: ${subject}` },
    COMMUNICATIONS: [{ TYPE: 'PHONE', VALUE: phone, ENTITY_TYPE_ID: '3', ENTITY_ID: '900001' }],
    BINDINGS: [{ OWNER_TYPE_ID: '2', OWNER_ID: dealId }],
  });

/** Both people appear in the portal, with records about the client. */
export const appearing: Operation[] = [
  add('user', '901', {
    ...{ ACTIVE: true, NAME: 'Протогена', LAST_NAME: 'Вышкребцева', EMAIL: 'vyshkrebtseva@planted.example' },
    ...{ WORK_POSITION: 'Менеджер', WORK_PHONE: '+7 999 028-64-97', UF_DEPARTMENT: [1], USER_TYPE: 'employee' },
  }),
  add('contact', '900001', {
    ...{ NAME: 'Жюхомира', LAST_NAME: 'Зыквартова', ASSIGNED_BY_ID: SELLER, COMMENTS: 'Зыквартова ждёт звонка' },
    ...{ PHONE: phoneOf('+79990175386'), EMAIL: emailOf('zykvartova.zh@planted.example') },
  }),
  deal('900002', 'Поставка для Зыквартовой'),
  call('900003', '900002', '+7 999 017-53-86', 'Исходящий на +7 999 017-53-86'),
  add('task', '900004', {
    ...{ TITLE: 'Отправить договор Зыквартовой', DESCRIPTION: 'на zykvartova.zh@planted.example' },
    ...{ RESPONSIBLE_ID: SELLER, CREATED_BY: SELLER, PRIORITY: '1', STATUS: '2', UF_CRM_TASK: ['D_900002'] },
  }),
];

/** A change of the client that comes after the event in quarantine. */
export const changing: Operation[] = [update('contact', '900001', { COMMENTS: 'Жюхомира просит скидку' })];

/** The portal still knows both, and learns more. */
export const returning: Operation[] = [
  update('user', '901', { LAST_NAME: 'Щекмарёвнина', EMAIL: 'shchekmarevnina@planted.example' }),
  update('contact', '900001', {
    ...{ LAST_NAME: 'Щекмарёвнина', NAME: 'Гликерья', COMMENTS: 'Бывшая Зыквартова' },
    ...{ PHONE: phoneOf('+79990397508'), EMAIL: emailOf('shchekmarevnina@planted.example') },
  }),
  update('deal', '900002', { TITLE: 'Поставка для Щекмарёвниной' }),
  deal('900012', 'Вторая поставка, Щекмарёвнина'),
  call('900013', '900012', '+7 999 039-75-08', 'Исходящий на +7 999 039-75-08'),
];
