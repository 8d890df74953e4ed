import type { Tale } from '../small-portal.spec-fixture.js';
import { testTales } from '../test-tales.spec-fixture.js';

const row = (fields: Record<string, unknown>) => ({ PRODUCT_ID: 0, PRICE: 1000, QUANTITY: 1, ...fields });

const rules: Record<string, Tale[]> = {
  D06: [
    {
      story: 'empty or a placeholder from the stage on that requires it; filling it ends the case',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .meeting('01 10:00', 'deal:1', '01 10:30')
          .done('01 10:30', 'activity:1')
          .letter('01 10:30', 'deal:1', { files: 1 })
          .move('02 10:00', 'deal:1', 'MEET')
          .move('02 12:00', 'deal:1', 'OFFER')
          .change('04 10:00', 'deal:1', { UF_CITY: 'тест' })
          .change('04 12:00', 'deal:1', { UF_CITY: 'Тула' }),
      live: ['deal:1 02 10:00 > 03 10:00 resolved 04 12:00'],
      history: [],
    },
    {
      story: 'filled within a working day, or below the stage',
      tell: (portal) =>
        portal
          .deal('01 10:00', { STAGE_ID: 'MEET' })
          .change('02 10:00', 'deal:1', { UF_CITY: 'Тула' })
          .deal('01 10:00'),
      live: [],
    },
    {
      story: 'also while the proof of a stage is missing',
      tell: (portal) => portal.deal('01 10:00', { STAGE_ID: 'MEET' }).move('08 10:00', 'deal:1', 'OFFER'),
      live: ['deal:1 01 10:00 > 02 10:00'],
    },
  ],
  F01: [
    {
      story: 'four hours without a next step; planned ends it',
      tell: (portal) => portal.deal('01 10:00').meeting('01 14:01', 'deal:1', '20 10:00'),
      live: ['deal:1 01 10:00 > 01 14:00 resolved 01 14:01'],
    },
    {
      story: 'planned by the fourth hour; a deal created won needs nothing',
      tell: (portal) =>
        portal.deal('01 10:00').meeting('01 14:00', 'deal:1', '20 10:00').deal('01 10:00', { STAGE_ID: 'WON' }),
      live: [],
    },
    {
      story: 'deleted',
      tell: (portal) => portal.deal('01 10:00').remove('02 10:00', 'deal:1'),
      live: ['deal:1 01 10:00 > 01 14:00 void 02 10:00'],
      history: [],
    },
  ],
  F02: [
    {
      story: 'from the end of the day on; a later date begins anew',
      tell: (portal) =>
        portal.deal('01 10:00', { CLOSEDATE: '2026-09-03' }).change('07 10:00', 'deal:1', { CLOSEDATE: '2026-09-29' }),
      live: ['deal:1 01 10:00 > 04 00:00 resolved 07 10:00', 'deal:1 07 10:00 > 30 00:00'],
      history: ['deal:1 01 10:00 > 30 00:00'],
    },
    {
      story: 'won on the day',
      tell: (portal) => portal.deal('01 10:00', { CLOSEDATE: '2026-09-03' }).move('03 23:00', 'deal:1', 'WON'),
      live: [],
    },
    {
      story: 'a date that had passed before opens at once',
      tell: (portal) => portal.deal('10 10:00', { CLOSEDATE: '2026-09-03' }),
      live: ['deal:1 10 10:00 > 10 10:00'],
    },
  ],
  F03: [
    {
      story: 'pushed three times, or by more than thirty days; closing ends it',
      tell: (portal) =>
        portal
          .deal('01 10:00', { CLOSEDATE: '2026-09-20' })
          .change('02 10:00', 'deal:1', { CLOSEDATE: '2026-09-21' })
          .change('03 10:00', 'deal:1', { CLOSEDATE: '2026-09-22' })
          .change('04 10:00', 'deal:1', { CLOSEDATE: '2026-09-23' })
          .move('09 10:00', 'deal:1', 'LOSE')
          .deal('01 10:00', { CLOSEDATE: '2026-09-20' })
          .change('02 10:00', 'deal:2', { CLOSEDATE: '2026-10-21' }),
      live: ['deal:2 02 10:00 > 03 10:00', 'deal:1 04 10:00 > 07 10:00 resolved 09 10:00'],
      history: [],
    },
    {
      story: 'twice and thirty days in all; moved earlier; the date that the portal writes at the end',
      tell: (portal) =>
        portal
          .deal('01 10:00', { CLOSEDATE: '2026-09-20' })
          .change('02 10:00', 'deal:1', { CLOSEDATE: '2026-10-10' })
          .change('03 10:00', 'deal:1', { CLOSEDATE: '2026-09-20' })
          .change('04 10:00', 'deal:1', { CLOSEDATE: '2026-09-30' })
          .deal('01 10:00', { CLOSEDATE: '2026-08-01' })
          .move('09 10:00', 'deal:2', 'LOSE')
          .move('10 10:00', 'deal:2', 'NEW'),
      live: [],
    },
  ],
  F04: [
    {
      story: 'without an amount from the second stage on',
      tell: (portal) =>
        portal
          .deal('01 10:00', { OPPORTUNITY: '0' })
          .move('02 10:00', 'deal:1', 'MEET')
          .change('04 10:00', 'deal:1', { OPPORTUNITY: '5' })
          .deal('01 10:00', { OPPORTUNITY: '0' }),
      live: ['deal:1 02 10:00 > 03 10:00 resolved 04 10:00'],
      history: [],
    },
  ],
  F05: [
    {
      story: 'rows that do not add up; by hand they need not',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .rows('01 11:00', 'deal:1', [row({ QUANTITY: 2 })])
          .change('01 12:00', 'deal:1', { OPPORTUNITY: '2001.01' })
          .change('03 12:00', 'deal:1', { IS_MANUAL_OPPORTUNITY: 'Y' }),
      live: ['deal:1 01 12:00 > 02 12:00 resolved 03 12:00'],
      history: [],
    },
    {
      story: 'a rouble is within tolerance; whoever comes at the end dates the rows by the last change of the deal',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .rows('01 11:00', 'deal:1', [row({ QUANTITY: 2 })])
          .change('01 12:00', 'deal:1', { OPPORTUNITY: '2001' })
          .deal('01 10:00')
          .rows('01 11:00', 'deal:2', [row({})])
          .change('01 12:00', 'deal:2', { OPPORTUNITY: '5' })
          .change('02 14:00', 'deal:2', { OPENED: 'Y' }),
      live: ['deal:2 01 12:00 > 02 12:00'],
      history: ['deal:2 02 14:00 > 03 14:00'],
    },
  ],
  F06: [
    {
      story: 'a discount above ten percent until it is approved',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .rows('01 11:00', 'deal:1', [row({ DISCOUNT_RATE: 11 })])
          .change('01 12:00', 'deal:1', { UF_APPROVED: '1' })
          .deal('01 10:00')
          .rows('01 11:00', 'deal:2', [row({ DISCOUNT_RATE: 10 })])
          .deal('01 10:00', { UF_APPROVED: '1' })
          .rows('01 11:00', 'deal:3', [row({ DISCOUNT_RATE: 30 })]),
      live: ['deal:1 01 11:00 > 01 11:00 resolved 01 12:00'],
      history: [],
    },
  ],
  F07: [
    {
      story: 'a big deal with one contact; a second one of its company ends it',
      tell: (portal) =>
        portal
          .company('01 09:00')
          .contact('01 09:00', { COMPANY_ID: '1' })
          .deal('01 10:00', { OPPORTUNITY: '500001', COMPANY_ID: '1', CONTACT_ID: '1' })
          .deal('01 10:00', { OPPORTUNITY: '500000', CONTACT_ID: '1' })
          .contact('03 10:00', { COMPANY_ID: '1' }),
      live: ['deal:1 01 10:00 > 02 10:00 resolved 03 10:00'],
    },
    {
      story: 'its own contact and another of the company are two',
      tell: (portal) =>
        portal
          .company('01 09:00')
          .contact('01 09:00', { COMPANY_ID: '1' })
          .contact('01 09:00')
          .deal('01 10:00', { OPPORTUNITY: '500001', COMPANY_ID: '1', CONTACT_ID: '2' }),
      live: [],
    },
  ],
  F08: [
    {
      story: 'open for three cycles and untouched for twenty working days; the later of both',
      tell: (portal) =>
        portal
          .deal('01 10:00', { DATE_CREATE: '2026-07-10T07:00:00Z' }, 'import')
          .deal('01 10:00', { DATE_CREATE: '2026-08-10T07:00:00Z' }, 'import')
          .move('22 10:00', 'deal:2', 'WON'),
      live: ['deal:1 10 10:00 > 21 10:00', 'deal:2 10 10:00 > 21 10:00 resolved 22 10:00'],
      until: '25 10:00',
    },
    {
      story: 'touched',
      tell: (portal) =>
        portal.deal('01 10:00', { DATE_CREATE: '2026-08-10T07:00:00Z' }, 'import').call('14 10:00', 'deal:1'),
      live: [],
    },
  ],
  F09: [
    {
      story: 'neither contact nor company from the second stage on',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .move('02 10:00', 'deal:1', 'MEET')
          .change('04 10:00', 'deal:1', { CONTACT_ID: '5' })
          .deal('01 10:00')
          .deal('01 10:00', { STAGE_ID: 'MEET', COMPANY_ID: '2' }),
      live: ['deal:1 02 10:00 > 03 10:00 resolved 04 10:00'],
      history: [],
    },
  ],
  F10: [
    {
      story: "the portal's own title, or that of an older open deal",
      tell: (portal) =>
        portal
          .deal('01 10:00', { TITLE: '' })
          .change('03 10:00', 'deal:1', { TITLE: 'Racks' })
          .deal('01 10:00', { TITLE: 'сделка №2' })
          .deal('01 10:00', { TITLE: 'Сделка #2' })
          .deal('01 10:00', { TITLE: 'Pipes ' })
          .deal('01 10:00', { TITLE: 'pipes' })
          .move('04 10:00', 'deal:4', 'WON'),
      live: [
        'deal:1 01 10:00 > 02 10:00 resolved 03 10:00',
        'deal:2 01 10:00 > 02 10:00',
        'deal:5 01 10:00 > 02 10:00 resolved 04 10:00',
      ],
      history: ['deal:2 01 10:00 > 02 10:00', 'deal:5 01 10:00 > 02 10:00 resolved 04 10:00'],
    },
  ],
  F11: [
    {
      story: 'a product of another pipeline until the deal stands there',
      tell: (portal) =>
        portal
          .deal('01 10:00')
          .rows('01 11:00', 'deal:1', [row({ PRODUCT_ID: 77 })])
          .change('03 10:00', 'deal:1', { CATEGORY_ID: '5', STAGE_ID: 'C5:NEW' }, '3', 'item')
          .deal('01 10:00')
          .rows('01 11:00', 'deal:2', [row({ PRODUCT_ID: 78 })]),
      live: ['deal:1 01 11:00 > 02 11:00 resolved 03 10:00'],
      history: [],
    },
  ],
  F12: [
    {
      story: 'a stage that says "sent", and nothing went out; a file ends it',
      tell: (portal) =>
        portal
          .deal('01 10:00', { CATEGORY_ID: '5', STAGE_ID: 'C5:WAIT' })
          .letter('01 10:30', 'deal:1', { files: 1, incoming: true })
          .letter('01 10:30', 'deal:1')
          .letter('02 10:01', 'deal:1', { files: 1 }),
      live: ['deal:1 01 10:00 > 02 10:00 resolved 02 10:01'],
    },
    {
      story: 'sent in time, or a quote; also where a missing proof is said already',
      tell: (portal) =>
        portal
          .deal('01 10:00', { CATEGORY_ID: '5', STAGE_ID: 'C5:WAIT' })
          .letter('02 10:00', 'deal:1', { files: 1 })
          .deal('01 10:00', { CATEGORY_ID: '5', STAGE_ID: 'C5:WAIT', QUOTE_ID: '4' })
          .deal('01 10:00', { STAGE_ID: 'OFFER' }),
      live: ['deal:3 01 10:00 > 02 10:00'],
    },
  ],
};

testTales(rules);
