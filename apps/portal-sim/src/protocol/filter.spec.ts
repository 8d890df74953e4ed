import { describe, expect, it } from '@jest/globals';
import { classicDialect, itemDialect } from '../methods/dialects.js';
import { SmallPortal } from '../model/small-portal.spec-fixture.js';
import { compileFilter } from './filter.js';
import { RestError } from './rest-error.js';

const portal = new SmallPortal()
  .add('deal', '1', {
    TITLE: 'Поставка труб',
    OPPORTUNITY: '100',
    STAGE_ID: 'NEW',
    ASSIGNED_BY_ID: '2',
    CLOSEDATE: '2026-10-01',
  })
  .later(5)
  .add('deal', '2', {
    TITLE: 'Монтаж',
    OPPORTUNITY: '20.5',
    STAGE_ID: 'PREPARATION',
    CONTACT_ID: '55',
    CLOSEDATE: '2026-11-01',
  })
  .later(5)
  .add('deal', '3', { TITLE: 'Поставка_100%', OPPORTUNITY: '3000', STAGE_ID: 'WON', SOURCE_ID: 'CALL' });

function classic(filter: Record<string, unknown>): number[] {
  const { matches } = compileFilter(filter, classicDialect(portal.model, 'deal'));
  return portal.model.tables.deal.records.filter((record) => !matches || matches(record)).map((record) => record.id);
}

function item(filter: Record<string, unknown>): number[] {
  const { matches } = compileFilter(filter, itemDialect(portal.model, 'deal'));
  return portal.model.tables.deal.records.filter((record) => !matches || matches(record)).map((record) => record.id);
}

describe('classic filter', () => {
  it('compares numbers, instants and days', () => {
    expect(classic({ '>ID': '1', '<=ID': 2 })).toEqual([2]);
    expect(classic({ '>OPPORTUNITY': '99' })).toEqual([1, 3]);
    expect(classic({ '>=DATE_CREATE': '2026-09-01T10:05:00+03:00' })).toEqual([2, 3]);
    expect(classic({ '>=DATE_CREATE': '2026-09-01T07:05:01Z' })).toEqual([3]);
    expect(classic({ '>DATE_MODIFY': '2026-09-01 10:05:00' })).toEqual([3]);
    expect(classic({ '<=CLOSEDATE': '2026-10-01' })).toEqual([1, 3]);
  });

  it('knows equality, lists and their opposites', () => {
    expect(classic({ STAGE_ID: 'NEW' })).toEqual([1]);
    expect(classic({ '@STAGE_ID': ['NEW', 'WON'] })).toEqual([1, 3]);
    expect(classic({ STAGE_ID: ['NEW', 'WON'] })).toEqual([1, 3]);
    expect(classic({ '!@STAGE_ID': ['NEW', 'WON'] })).toEqual([2]);
    expect(classic({ '!STAGE_ID': 'NEW' })).toEqual([2, 3]);
    expect(classic({ SOURCE_ID: '' })).toEqual([1, 2]);
    expect(classic({ '!SOURCE_ID': null })).toEqual([3]);
    expect(classic({ CONTACT_ID: 55 })).toEqual([2]);
  });

  it('finds text inside and by pattern', () => {
    expect(classic({ '%TITLE': 'постав' })).toEqual([1, 3]);
    expect(classic({ '=%TITLE': 'Монт%' })).toEqual([2]);
    expect(classic({ '!%TITLE': 'постав' })).toEqual([2]);
  });

  it('ignores fields it does not know, which returns more rows than meant', () => {
    expect(classic({ '>=DATE_MODIFIED': '2026-09-01T10:05:00+03:00' })).toEqual([1, 2, 3]);
  });

  it('takes a list in the place of a number for one', () => {
    expect(classic({ '>ID': ['a', 'b'] })).toEqual([2, 3]);
  });

  it('tells where a walk may begin', () => {
    const filter = compileFilter(
      { '>ID': '1', '>=DATE_MODIFY': '2026-09-01T10:05:00+03:00' },
      classicDialect(portal.model, 'deal'),
    );
    expect(filter).toMatchObject({ idAbove: 1, modifiedFromMs: Date.parse('2026-09-01T10:05:00+03:00') });
  });
});

describe('universal filter', () => {
  it('goes by universal names and refuses others', () => {
    expect(item({ '>id': 1, '@stageId': ['WON'] })).toEqual([3]);
    expect(item({ '>updatedTime': '2026-09-01T10:05:00+03:00' })).toEqual([3]);
    expect(item({ contactId: 55 })).toEqual([2]);
    expect(() => item({ dateModify: 'x' })).toThrow(
      new RestError('INVALID_ARG_VALUE', "Invalid filter: field 'dateModify' is not allowed in filter"),
    );
  });

  it('has groups of alternatives', () => {
    expect(item({ 0: { logic: 'OR', 0: { stageId: 'NEW' }, 1: { '>opportunity': 1000 } }, '>id': 1 })).toEqual([3]);
    expect(item({ 0: { logic: 'OR', stageId: 'NEW', title: 'Монтаж' } })).toEqual([1, 2]);
  });
});
