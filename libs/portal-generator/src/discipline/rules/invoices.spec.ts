import type { Tale } from '../small-portal.spec-fixture.js';
import { testTales } from '../test-tales.spec-fixture.js';

const row = (fields: Record<string, unknown>) => ({ PRICE: 1000, QUANTITY: 1, ...fields });

const rules: Record<string, Tale[]> = {
  I01: [
    {
      story: 'no deal; linked',
      tell: (portal) =>
        portal
          .invoice('01 10:00', { parentId2: null })
          .change('02 10:00', 'invoice:1', { parentId2: 7 })
          .invoice('01 10:00', { parentId2: 8 }),
      live: ['invoice:1 01 10:00 > 01 10:00 resolved 02 10:00'],
      history: [],
    },
  ],
  I02: [
    {
      story: 'more than a rouble beside the deal; corrected, or declined',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00', { opportunity: 1001.01 })
          .change('02 10:00', 'invoice:1', { opportunity: 1000 })
          .invoice('01 11:00', { opportunity: 900 })
          .move('02 11:00', 'invoice:2', 'D'),
      live: ['invoice:1 01 10:00 > 01 10:00 resolved 02 10:00', 'invoice:2 01 11:00 > 01 11:00 resolved 02 11:00'],
      history: ['invoice:2 01 11:00 > 01 11:00 resolved 02 11:00'],
    },
    {
      story: 'a rouble, another currency, a deal that is not there; the deal changes afterwards, and goes',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00', { opportunity: 1001 })
          .invoice('01 10:00', { opportunity: 5, currencyId: 'USD' })
          .invoice('01 10:00', { opportunity: 5, parentId2: 9 })
          .change('02 10:00', 'deal:1', { OPPORTUNITY: '999.99' })
          .remove('03 10:00', 'deal:1'),
      live: ['invoice:1 02 10:00 > 02 10:00 resolved 03 10:00'],
      history: [],
    },
  ],
  I03: [
    {
      story: 'two working days past its day and the last touch of the deal',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00', { closedate: '2026-09-03' })
          .letter('09 12:00', 'deal:1')
          .move('15 10:00', 'invoice:1', 'P'),
      live: ['invoice:1 01 10:00 > 08 09:00 resolved 09 12:00', 'invoice:1 09 12:00 > 11 12:00 resolved 15 10:00'],
      // The portal writes the day of the payment over the due date.
      history: [],
    },
    {
      story: 'paid or reminded in time',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00', { closedate: '2026-09-03' })
          .call('08 09:00', 'deal:1')
          .move('10 09:00', 'invoice:1', 'P'),
      live: [],
    },
  ],
  I04: [
    {
      story: 'issued from another company of ours than that of the pipeline',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00', { mycompanyId: 2 })
          .change('02 10:00', 'invoice:1', { mycompanyId: 1 })
          .invoice('01 10:00', { mycompanyId: 1 })
          .invoice('01 10:00', { mycompanyId: null })
          .deal('01 09:00', { CATEGORY_ID: '5', STAGE_ID: 'C5:NEW' })
          .invoice('01 10:00', { mycompanyId: 2, parentId2: 2 }),
      live: ['invoice:1 01 10:00 > 01 10:00 resolved 02 10:00'],
      history: [],
    },
  ],
  I05: [
    {
      story: 'sum, rows or client change after sending; two at one instant are one',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00')
          .rows('01 10:00', 'invoice:1', [row({})])
          .change('01 11:00', 'invoice:1', { opportunity: 2000 })
          .move('01 12:00', 'invoice:1', 'S')
          .rows('01 13:00', 'invoice:1', [row({ QUANTITY: 5 })])
          .change('01 14:00', 'invoice:1', { contactId: 4 })
          .change('01 15:00', 'invoice:1', { comments: 'text' })
          .move('02 10:00', 'invoice:1', 'D')
          .change('02 11:00', 'invoice:1', { opportunity: 1 }),
      live: ['invoice:1 01 13:00 > 01 13:00', 'invoice:1 01 14:00 > 01 14:00'],
      history: [],
    },
  ],
  I06: [
    {
      story: 'from paid to declined',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00')
          .move('01 12:00', 'invoice:1', 'P')
          .move('02 12:00', 'invoice:1', 'D')
          .invoice('01 10:00')
          .move('01 12:00', 'invoice:2', 'P')
          .move('01 13:00', 'invoice:2', 'S')
          .move('02 12:00', 'invoice:2', 'D'),
      live: ['invoice:1 02 12:00 > 02 12:00'],
    },
  ],
  I07: [
    {
      story: 'paid, and the deal does not move for a working day',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00')
          .move('02 10:00', 'invoice:1', 'P')
          .move('03 11:00', 'deal:1', 'WON'),
      live: ['deal:1 02 10:00 > 03 10:00 resolved 03 11:00'],
    },
    {
      story: 'moved in time; a second payment begins anew',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00')
          .invoice('01 10:00')
          .move('02 10:00', 'invoice:1', 'P')
          .move('03 10:00', 'invoice:2', 'P')
          .move('04 10:00', 'deal:1', 'WON'),
      live: [],
    },
  ],
  I08: [
    {
      story: 'two open invoices of one sum; one declined',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00')
          .invoice('01 11:00')
          .invoice('01 11:00', { opportunity: 7 })
          .move('04 10:00', 'invoice:2', 'D'),
      live: ['deal:1 01 11:00 > 02 11:00 resolved 04 10:00'],
    },
    {
      story: 'sums of nothing, other sums, and one declined within a working day',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .invoice('01 10:00', { opportunity: 0 })
          .invoice('01 10:00', { opportunity: 0 })
          .invoice('01 10:00', { opportunity: 5 })
          .invoice('01 10:00', { opportunity: 5 })
          .move('02 10:00', 'invoice:3', 'D'),
      live: [],
    },
  ],
  I09: [
    {
      story: 'nothing attached where a file belongs; whoever sent it',
      tell: (portal) =>
        portal
          .deal('01 09:00')
          .letter('01 09:30', 'deal:1')
          .move('01 10:00', 'deal:1', 'OFFER')
          .letter('01 11:00', 'deal:1', { incoming: true, files: 1 })
          .deal('01 09:00')
          .letter('01 09:30', 'deal:2', { files: 2 })
          .move('01 10:00', 'deal:2', 'OFFER'),
      live: ['deal:1 01 10:00 > 01 10:00 resolved 01 11:00'],
    },
  ],
  I10: [
    {
      story: 'dated before its deal, or with the number of an older one',
      tell: (portal) =>
        portal
          .deal('10 00:30')
          .invoice('10 10:00', { begindate: '2026-09-09', accountNumber: 'A-1' })
          .change('14 10:00', 'invoice:1', { begindate: '2026-09-10' })
          .invoice('10 10:00', { begindate: '2026-09-10', accountNumber: 'A-1' })
          .invoice('10 10:00', { begindate: '2026-09-10', accountNumber: 'A-2' }),
      live: ['invoice:1 10 10:00 > 11 10:00 resolved 14 10:00', 'invoice:2 10 10:00 > 11 10:00'],
      history: ['invoice:2 10 10:00 > 11 10:00'],
    },
  ],
};

testTales(rules);
