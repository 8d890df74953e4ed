import type { Tale } from '../small-portal.spec-fixture.js';
import { testTales } from '../test-tales.spec-fixture.js';

const phone = (value: string) => ({ PHONE: [{ VALUE: value }] });
const email = (value: string) => ({ EMAIL: [{ VALUE: value }] });
const wholesale = (fields: Record<string, unknown>) => ({ CATEGORY_ID: '5', STAGE_ID: 'C5:WAIT', ...fields });

const rules: Record<string, Tale[]> = {
  K01: [
    {
      story: 'a phone that cannot be one, also beside a good one',
      tell: (portal) =>
        portal
          .contact('01 10:00', phone('12345'))
          .change('03 10:00', 'contact:1', phone('+7 916 123-45-67'))
          .company('01 10:00', phone('+7 999 999-99-99'))
          .contact('01 10:00', phone('8 (916) 123-45-67'))
          .contact('01 10:00'),
      live: ['company:1 01 10:00 > 02 10:00', 'contact:1 01 10:00 > 02 10:00'],
    },
  ],
  K02: [
    {
      story: 'an e-mail that cannot be one, or a dummy',
      tell: (portal) =>
        portal
          .contact('01 10:00', email('anna@mail'))
          .contact('01 10:00', email('test@mail.ru'))
          .contact('01 10:00', email('anna@mail.internal'))
          .remove('03 10:00', 'contact:2'),
      live: ['contact:1 01 10:00 > 02 10:00', 'contact:2 01 10:00 > 02 10:00 void 03 10:00'],
      history: ['contact:1 01 10:00 > 02 10:00'],
    },
  ],
  K03: [
    {
      story: 'a wrong number once an invoice is issued; corrected',
      tell: (portal) =>
        portal
          .company('01 10:00')
          .requisite('01 10:00', '1', { RQ_INN: '7707083894' })
          .deal('01 10:00', { COMPANY_ID: '1' })
          .invoice('02 10:00', { companyId: 1 })
          .change('03 10:00', 'requisite:1', { RQ_INN: '7707083893' }),
      live: ['company:1 02 10:00 > 02 10:00 resolved 03 10:00'],
      history: [],
    },
    {
      story: 'KPP, OGRN and OGRNIP count as well; without an invoice nothing does',
      tell: (portal) =>
        [{ RQ_KPP: '12345' }, { RQ_OGRN: '1027700132196' }, { RQ_OGRNIP: '304500116000158' }, { RQ_KPP: '770701001' }]
          .reduce(
            (told, fields, place) =>
              told
                .company('01 10:00')
                .requisite('01 10:00', String(place + 1), fields)
                .invoice('02 10:00', { companyId: place + 1 }),
            portal,
          )
          .company('01 10:00')
          .requisite('01 10:00', '5', { RQ_OGRN: '1027700132195', RQ_INN: '1' }),
      live: ['company:1 02 10:00 > 02 10:00', 'company:2 02 10:00 > 02 10:00', 'company:3 02 10:00 > 02 10:00'],
    },
  ],
  K04: [
    {
      story: 'no requisites while an open deal stands where they are needed',
      tell: (portal) =>
        portal
          .company('01 10:00')
          .deal('01 10:00', wholesale({ COMPANY_ID: '1' }))
          .requisite('02 10:00', '1', { RQ_INN: '7707083893' })
          .company('01 10:00')
          .deal('01 10:00', wholesale({ COMPANY_ID: '2', STAGE_ID: 'C5:NEW' })),
      live: ['company:1 01 10:00 > 01 10:00 resolved 02 10:00'],
    },
  ],
  K05: [
    {
      story: 'a younger contact with the same phone; merged, it is void',
      tell: (portal) =>
        portal
          .contact('01 10:00', phone('8 916 123 45 67'))
          .contact('01 11:00', phone('+79161234567'))
          .merge('03 10:00', 'contact:1', 'contact:2')
          .contact('01 12:00', email('a@bv.internal'))
          .contact('01 12:00', email('A@BV.internal'))
          .remove('04 10:00', 'contact:3'),
      live: ['contact:2 01 11:00 > 02 11:00 void 03 10:00', 'contact:4 01 12:00 > 02 12:00 resolved 04 10:00'],
      history: [],
    },
  ],
  K06: [
    {
      story: 'the same INN, or the same name in the same city',
      tell: (portal) =>
        portal
          .company('01 10:00', { TITLE: 'ООО «Вектор»', ADDRESS_CITY: 'Тула' })
          .requisite('01 10:00', '1', { RQ_INN: '7707083893' })
          .company('01 11:00', { TITLE: 'Вектор, ООО', ADDRESS_CITY: 'тула' })
          .company('01 12:00', { TITLE: 'Альфа' })
          .requisite('02 10:00', '3', { RQ_INN: '7707083893' })
          .company('01 13:00', { TITLE: 'ООО «Вектор»', ADDRESS_CITY: 'Пермь' })
          .company('01 14:00', { TITLE: 'ООО «Вектор»' })
          .change('04 10:00', 'company:2', { TITLE: 'Вектор Плюс' }),
      live: ['company:2 01 11:00 > 02 11:00 resolved 04 10:00', 'company:3 02 10:00 > 03 10:00'],
      history: ['company:3 02 10:00 > 03 10:00'],
    },
  ],
  K07: [
    {
      story: 'a company, a word or a placeholder for a name',
      tell: (portal) =>
        [
          { LAST_NAME: null, NAME: 'ООО Вектор' },
          { LAST_NAME: null, NAME: 'Клиент' },
          { LAST_NAME: 'тест', NAME: null },
          { LAST_NAME: 'Аоки', NAME: 'Ипполит' },
        ]
          .reduce((told, fields) => told.contact('01 10:00', fields), portal)
          .change('03 10:00', 'contact:2', { NAME: 'Ольга' }),
      live: [
        'contact:1 01 10:00 > 02 10:00',
        'contact:2 01 10:00 > 02 10:00 resolved 03 10:00',
        'contact:3 01 10:00 > 02 10:00',
      ],
      history: ['contact:1 01 10:00 > 02 10:00', 'contact:3 01 10:00 > 02 10:00'],
    },
  ],
  K08: [
    {
      story: 'two working days without a company while a wholesale deal is open',
      tell: (portal) =>
        portal
          .company('01 09:00')
          .contact('01 10:00')
          .deal('01 10:00', wholesale({ CONTACT_ID: '1' }))
          .change('03 10:01', 'contact:1', { COMPANY_ID: '1' })
          .contact('01 10:00')
          .deal('01 10:00', { CONTACT_ID: '2' })
          .contact('01 10:00')
          .deal('01 10:00', wholesale({ CONTACT_ID: '3' }))
          .move('03 10:00', 'deal:3', 'C5:WON'),
      live: ['contact:1 01 10:00 > 03 10:00 resolved 03 10:01'],
      history: [],
    },
  ],
  K09: [
    {
      story: 'open deals of one company in several hands',
      tell: (portal) =>
        portal
          .company('01 09:00')
          .deal('01 10:00', { COMPANY_ID: '1' })
          .deal('01 11:00', { COMPANY_ID: '1', ASSIGNED_BY_ID: '4' })
          .deal('01 12:00', { COMPANY_ID: '1', ASSIGNED_BY_ID: '6' })
          .deal('02 12:00', { COMPANY_ID: '1', ASSIGNED_BY_ID: '4' })
          .move('04 10:00', 'deal:1', 'LOSE'),
      live: ['company:1 01 11:00 > 02 11:00 resolved 04 10:00 items deal:1 deal:2'],
    },
    {
      story: 'one who may, and one hand',
      tell: (portal) =>
        portal
          .company('01 09:00')
          .deal('01 10:00', { COMPANY_ID: '1' })
          .deal('01 11:00', { COMPANY_ID: '1', ASSIGNED_BY_ID: '6' })
          .deal('01 12:00', { COMPANY_ID: '1', ASSIGNED_BY_ID: '4', STAGE_ID: 'WON' }),
      live: [],
    },
  ],
  K10: [
    {
      story: 'twenty working days without a touch of a key client, its contacts or deals',
      tell: (portal) =>
        portal
          .company('01 09:00', { UF_KEY: '1' })
          .company('01 09:00')
          .contact('01 09:00', { COMPANY_ID: '1' })
          .deal('01 09:00', { COMPANY_ID: '1' })
          .call('01 10:00', 'contact:1')
          .letter('01 12:00', 'deal:1')
          .letter('29 13:00', 'deal:1'),
      live: ['company:1 01 12:00 > 29 12:00 resolved 29 13:00'],
    },
    {
      story: 'touched at the last moment',
      tell: (portal) => portal.company('01 09:00', { UF_KEY: 'Y' }).letter('29 09:00', 'company:1'),
      live: [],
    },
  ],
  K11: [
    {
      story: 'no consent; "no" is none',
      tell: (portal) =>
        portal
          .contact('01 10:00', { UF_CONSENT: '0' })
          .change('03 10:00', 'contact:1', { UF_CONSENT: '1' })
          .contact('01 10:00', { UF_CONSENT: null })
          .change('02 10:00', 'contact:2', { UF_CONSENT: '1' }),
      live: ['contact:1 01 10:00 > 02 10:00 resolved 03 10:00'],
      history: [],
    },
  ],
  K12: [
    {
      story: 'the phone or the address of an employee',
      tell: (portal) =>
        portal
          .contact('01 10:00', phone('8 495 120 00 13'))
          .company('01 11:00', email('SELLER4@firm.internal'))
          .contact('01 12:00', phone('8 495 120 00 19'))
          .remove('02 10:00', 'company:1'),
      live: ['contact:1 01 10:00 > 01 10:00', 'company:1 01 11:00 > 01 11:00 void 02 10:00'],
      history: ['contact:1 01 10:00 > 01 10:00'],
    },
  ],
};

testTales(rules);
