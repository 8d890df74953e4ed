import { describe, expect, it } from '@jest/globals';
import { SmallPortal } from './small-portal.spec-fixture.js';

const ten = '2026-09-01T10:00:00+03:00';
const five = '2026-09-01T10:05:00+03:00';

describe('a deal in its stages', () => {
  it('gets the defaults of the portal and a row of its creation', () => {
    const portal = new SmallPortal().add('deal', '7', { OPPORTUNITY: '1500' }, '2');
    expect(portal.fields('deal', 7)).toMatchObject({
      ID: '7',
      TITLE: 'Сделка #7',
      STAGE_ID: 'NEW',
      CATEGORY_ID: '0',
      STAGE_SEMANTIC_ID: 'P',
      OPPORTUNITY: '1500.00',
      CURRENCY_ID: 'RUB',
      IS_NEW: 'Y',
      CLOSED: 'N',
      BEGINDATE: '2026-09-01T03:00:00+03:00',
      CLOSEDATE: '2026-09-08T03:00:00+03:00',
      ASSIGNED_BY_ID: '2',
      CREATED_BY_ID: '2',
      DATE_CREATE: ten,
      DATE_MODIFY: ten,
      MOVED_TIME: ten,
    });
    expect(portal.history('deal', 7)).toEqual([[1, 0, 'NEW']]);
  });

  it('notes who moved it and when, and leaves a row for each move', () => {
    const portal = new SmallPortal().add('deal', '7', {});
    portal.later(5).update('deal', '7', { STAGE_ID: 'PREPARATION' });
    expect(portal.fields('deal', 7)).toMatchObject({
      IS_NEW: 'N',
      MOVED_BY_ID: '2',
      MOVED_TIME: five,
      DATE_MODIFY: five,
    });
    expect(portal.history('deal', 7)).toEqual([
      [1, 0, 'NEW'],
      [2, 0, 'PREPARATION'],
    ]);
  });

  it('is closed by a final stage: the close date becomes a fact and open activities complete themselves', () => {
    const portal = new SmallPortal().add('deal', '7', { CLOSEDATE: '2026-10-01' });
    portal.add('activity', '1', {
      TYPE_ID: '6',
      PROVIDER_ID: 'CRM_TODO',
      OWNER_TYPE_ID: '2',
      OWNER_ID: '7',
      SUBJECT: 'Позвонить',
    });
    portal.later(5).update('deal', '7', { STAGE_ID: 'WON' });
    expect(portal.fields('deal', 7)).toMatchObject({
      CLOSED: 'Y',
      STAGE_SEMANTIC_ID: 'S',
      CLOSEDATE: '2026-09-01T03:00:00+03:00',
    });
    expect(portal.fields('activity', 1)).toMatchObject({ COMPLETED: 'Y', STATUS: '3', LAST_UPDATED: five });
    expect(portal.history('deal', 7).at(-1)).toEqual([3, 0, 'WON']);
  });

  it('opens again without restoring its close date', () => {
    const portal = new SmallPortal()
      .add('deal', '7', { CLOSEDATE: '2026-10-01' })
      .update('deal', '7', { STAGE_ID: 'LOSE' });
    portal.later(5).update('deal', '7', { STAGE_ID: 'NEW' });
    expect(portal.fields('deal', 7)).toMatchObject({
      CLOSED: 'N',
      STAGE_SEMANTIC_ID: 'P',
      CLOSEDATE: '2026-09-01T03:00:00+03:00',
    });
  });

  it('ignores a stage of another pipeline, yet counts as modified', () => {
    const portal = new SmallPortal().add('deal', '7', {});
    portal.later(5).update('deal', '7', { STAGE_ID: 'C5:WON', CATEGORY_ID: '5' });
    expect(portal.fields('deal', 7)).toMatchObject({
      STAGE_ID: 'NEW',
      CATEGORY_ID: '0',
      DATE_MODIFY: five,
      MODIFY_BY_ID: '2',
    });
    expect(portal.history('deal', 7)).toHaveLength(1);
  });

  it('changes the pipeline through the universal method only, with a row of its own type', () => {
    const portal = new SmallPortal().add('deal', '7', {});
    portal.later(5).update('deal', '7', { CATEGORY_ID: '5', STAGE_ID: 'C5:WON' }, { way: 'item' });
    expect(portal.fields('deal', 7)).toMatchObject({
      CATEGORY_ID: '5',
      STAGE_ID: 'C5:WON',
      STAGE_SEMANTIC_ID: 'S',
      CLOSED: 'Y',
    });
    expect(portal.history('deal', 7)).toEqual([
      [1, 0, 'NEW'],
      [5, 5, 'C5:WON'],
    ]);
  });

  it('starts in the first stage of a pipeline it is moved to without a stage', () => {
    const portal = new SmallPortal().add('deal', '7', { STAGE_ID: 'PREPARATION' });
    portal.update('deal', '7', { CATEGORY_ID: '5' }, { way: 'item' });
    expect(portal.history('deal', 7).at(-1)).toEqual([5, 5, 'C5:NEW']);
  });

  it('created in a final stage has a row of the final type', () => {
    const portal = new SmallPortal().add('deal', '7', { STAGE_ID: 'WON' });
    expect(portal.history('deal', 7)).toEqual([[3, 0, 'WON']]);
  });

  it('imported keeps its old dates and has no history', () => {
    const old = {
      DATE_CREATE: '2025-03-01T12:00:00+03:00',
      DATE_MODIFY: '2025-04-01T12:00:00+03:00',
      MOVED_TIME: '2025-03-15T12:00:00+03:00',
    };
    const portal = new SmallPortal().add('deal', '7', { ...old, STAGE_ID: 'PREPARATION' }, 'import');
    expect(portal.fields('deal', 7)).toMatchObject({ ...old, STAGE_ID: 'PREPARATION' });
    expect(portal.history('deal', 7)).toEqual([]);
    expect(portal.model.tables.deal.modifiedSince(Date.parse(old.DATE_MODIFY))).toHaveLength(1);
    expect(portal.model.tables.deal.modifiedSince(Date.parse(old.DATE_MODIFY) + 1)).toHaveLength(0);
  });
});

describe('modified time', () => {
  it('moves with an empty classic update, not with an empty universal one, not with an internal one', () => {
    const portal = new SmallPortal().add('deal', '7', { TITLE: 'Поставка', OPPORTUNITY: '10' });
    portal.later(5).update('deal', '7', { TITLE: 'Поставка' }, { way: 'item' });
    portal.update('deal', '7', { COMMENTS: 'пересчитано' }, { way: 'silent' });
    expect(portal.fields('deal', 7)).toMatchObject({ DATE_MODIFY: ten, COMMENTS: 'пересчитано' });
    portal.update('deal', '7', { TITLE: 'Поставка' });
    expect(portal.fields('deal', 7).DATE_MODIFY).toBe(five);
  });

  it('does not move when something happens around the deal', () => {
    const portal = new SmallPortal().add('deal', '7', {});
    portal.later(5).add('activity', '1', { TYPE_ID: '2', OWNER_TYPE_ID: '2', OWNER_ID: '7', SUBJECT: 'Звонок' }, '2');
    expect(portal.fields('deal', 7)).toMatchObject({
      DATE_MODIFY: ten,
      LAST_ACTIVITY_TIME: five,
      LAST_ACTIVITY_BY: '2',
    });
  });

  it('ignores blank titles, blank dates and nobody as the responsible person', () => {
    const portal = new SmallPortal().add('deal', '7', { TITLE: 'Поставка', ASSIGNED_BY_ID: '2' });
    portal.update('deal', '7', { TITLE: '', CLOSEDATE: '', ASSIGNED_BY_ID: '0' });
    expect(portal.fields('deal', 7)).toMatchObject({
      TITLE: 'Поставка',
      ASSIGNED_BY_ID: '2',
      CLOSEDATE: '2026-09-08T03:00:00+03:00',
    });
  });
});

describe('history of older builds', () => {
  it('keeps only the latest pipeline and drops the final row of a reopened deal', () => {
    const portal = new SmallPortal();
    portal.model.historyMode = 'legacy-rewrite';
    portal
      .add('deal', '7', {})
      .update('deal', '7', { STAGE_ID: 'LOSE' })
      .update('deal', '7', { STAGE_ID: 'PREPARATION' });
    expect(portal.history('deal', 7)).toEqual([
      [1, 0, 'NEW'],
      [2, 0, 'PREPARATION'],
    ]);
    portal.update('deal', '7', { CATEGORY_ID: '5' }, { way: 'item' });
    expect(portal.history('deal', 7)).toEqual([[1, 5, 'C5:NEW']]);
    expect(portal.model.history.deal.rows).toHaveLength(1);
  });
});

describe('leads and invoices', () => {
  it('move under their own names', () => {
    const portal = new SmallPortal().add('lead', '3', { TITLE: 'Заявка' });
    portal.later(5).update('lead', '3', { STATUS_ID: 'CONVERTED' });
    expect(portal.fields('lead', 3)).toMatchObject({ STATUS_SEMANTIC_ID: 'S', DATE_CLOSED: five });
    expect(portal.history('lead', 3).at(-1)).toEqual([3, 0, 'CONVERTED']);
    portal.add('invoice', '4', { title: 'Счёт', opportunity: 12.5, parentId2: 7 });
    portal.update('invoice', '4', { stageId: 'DT31_9:P' }, { way: 'item' });
    expect(portal.fields('invoice', 4)).toMatchObject({
      OPPORTUNITY: '12.50',
      PREVIOUS_STAGE_ID: 'DT31_9:N',
      PARENT_ID_2: '7',
    });
    expect(portal.history('invoice', 4)).toEqual([
      [1, 9, 'DT31_9:N'],
      [3, 9, 'DT31_9:P'],
    ]);
  });
});
