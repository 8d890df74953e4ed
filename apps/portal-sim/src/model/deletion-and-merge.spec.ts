import { describe, expect, it } from '@jest/globals';
import { SmallPortal } from './small-portal.spec-fixture.js';

describe('deletion', () => {
  it('takes the history, the product rows and the activities of the object with it', () => {
    const portal = new SmallPortal().add('contact', '5', { NAME: 'Анна' }).add('deal', '7', {});
    portal.add('activity', '1', { TYPE_ID: '2', OWNER_TYPE_ID: '2', OWNER_ID: '7', SUBJECT: 'Звонок' });
    const bindings = [{ OWNER_TYPE_ID: '3', OWNER_ID: '5' }];
    portal.add('activity', '2', {
      TYPE_ID: '2',
      OWNER_TYPE_ID: '2',
      OWNER_ID: '7',
      SUBJECT: 'Звонок',
      BINDINGS: bindings,
    });
    portal.apply({ op: 'set-product-rows', ownerType: 'D', ownerId: '7', rows: [{ PRICE: 10, QUANTITY: 2 }] });
    portal.apply({ op: 'delete', entity: 'deal', id: '7' });
    expect(portal.model.tables.deal.size).toBe(0);
    expect(portal.model.history.deal.rows).toEqual([]);
    expect(portal.model.productRows.size).toBe(0);
    expect(portal.model.tables.activity.records.map((record) => record.id)).toEqual([2]);
    expect(portal.fields('activity', 2)).toMatchObject({ OWNER_TYPE_ID: '3', OWNER_ID: '5' });
  });
});

describe('merge', () => {
  it('removes the losers and hangs what they had on the winner', () => {
    const portal = new SmallPortal()
      .add('contact', '5', { NAME: 'Анна', PHONE: [{ VALUE: '+79990000001', VALUE_TYPE: 'WORK' }] })
      .add('contact', '6', { NAME: 'Анна', PHONE: [{ VALUE: '+79990000002', VALUE_TYPE: 'MOBILE' }] })
      .add('deal', '7', { CONTACT_ID: '6' })
      .add('activity', '1', { TYPE_ID: '2', OWNER_TYPE_ID: '3', OWNER_ID: '6', SUBJECT: 'Звонок' })
      .add('call', '1', { CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: '6', CALL_ID: 'a' });
    portal.later(5).apply({ op: 'merge', entity: 'contact', id: '5', losers: ['6'] }, '2');
    expect(portal.model.tables.contact.records.map((record) => record.id)).toEqual([5]);
    expect(portal.model.tables.contact.get(5)?.parts.multi?.PHONE?.map((phone) => phone.VALUE)).toEqual([
      '+79990000001',
      '+79990000002',
    ]);
    const now = '2026-09-01T10:05:00+03:00';
    expect(portal.fields('deal', 7)).toMatchObject({ CONTACT_ID: '5', DATE_MODIFY: now, MODIFY_BY_ID: '2' });
    expect(portal.fields('activity', 1)).toMatchObject({ OWNER_ID: '5', LAST_UPDATED: now });
    expect(portal.fields('call', 1)).toMatchObject({ CRM_ENTITY_ID: '5' });
    expect(portal.fields('contact', 5)).toMatchObject({ DATE_MODIFY: now });
  });

  it('follows chains of merges', () => {
    const portal = new SmallPortal();
    for (const id of ['5', '6', '7']) portal.add('contact', id, { NAME: 'Анна' });
    portal.add('deal', '1', { CONTACT_ID: '7' });
    portal.apply({ op: 'merge', entity: 'contact', id: '6', losers: ['7'] });
    portal.apply({ op: 'merge', entity: 'contact', id: '5', losers: ['6'] });
    expect(portal.fields('deal', 1).CONTACT_ID).toBe('5');
    expect(portal.model.tables.deal.get(1)?.parts.contactIds).toEqual([5]);
  });

  it('of deals takes the history of the losers away', () => {
    const portal = new SmallPortal()
      .add('deal', '1', {})
      .add('deal', '2', {})
      .add('invoice', '3', { title: 'Счёт', parentId2: 2 });
    portal.apply({ op: 'merge', entity: 'deal', id: '1', losers: ['2'] });
    expect(portal.model.history.deal.rows.map((row) => row.ownerId)).toEqual([1]);
    expect(portal.fields('invoice', 3).PARENT_ID_2).toBe('1');
  });
});

describe('product rows', () => {
  it('set the amount unless it was set by hand', () => {
    const rows = [
      { PRICE: 899.1, QUANTITY: 2 },
      { PRICE: 0.05, QUANTITY: 1 },
    ];
    const portal = new SmallPortal()
      .add('deal', '1', {})
      .add('deal', '2', { OPPORTUNITY: '5', IS_MANUAL_OPPORTUNITY: 'Y' });
    for (const ownerId of ['1', '2']) portal.apply({ op: 'set-product-rows', ownerType: 'D', ownerId, rows });
    expect(portal.fields('deal', 1).OPPORTUNITY).toBe('1798.25');
    expect(portal.fields('deal', 2).OPPORTUNITY).toBe('5.00');
  });
});

describe('user fields', () => {
  it('appear on records that were there before, and vanish again', () => {
    const portal = new SmallPortal().add('deal', '1', {});
    portal.add('userfield', '10', { ENTITY_ID: 'CRM_DEAL', FIELD_NAME: 'UF_CRM_CITY', USER_TYPE_ID: 'string' });
    expect(portal.fields('deal', 1)).toHaveProperty('UF_CRM_CITY', null);
    portal.update('deal', '1', { UF_CRM_CITY: 'Казань' });
    expect(portal.fields('deal', 1)).toHaveProperty('UF_CRM_CITY', 'Казань');
    portal.apply({ op: 'delete', entity: 'userfield', id: '10' });
    expect(portal.fields('deal', 1)).not.toHaveProperty('UF_CRM_CITY');
  });
});
