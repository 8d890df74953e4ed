import { describe, expect, it } from '@jest/globals';
import { monthOf, periodOf, presetPeriod, readFunnelSearch } from './funnel-search.js';

describe('the address of the Funnel page', () => {
  it('keeps what is valid', () => {
    const address = {
      view: 'cohort',
      pipeline: 'deal:0',
      seller: '4',
      month: '2026-03',
      definition: 'strict',
      horizon: '30',
      figure: 'cohort.converted',
      stage: 'C1:NEW',
      toStage: 'C1:WON',
      record: 'deal:15',
      asOf: '2026-03-12T15:00:00.000Z',
    };
    expect(readFunnelSearch(address)).toEqual(address);
  });

  it('leaves out what is not', () => {
    expect(
      readFunnelSearch({
        view: 'yesterday',
        pipeline: "deal:0'; drop table",
        seller: 'x'.repeat(10_000),
        month: '2026-13',
        from: '9999-01-01',
        to: '2026-02-30',
        horizon: '0',
        figure: 'now.nothing',
        stage: 'NEW',
        record: '../../etc',
        asOf: 'yesterday',
      }),
    ).toEqual({});
    expect(readFunnelSearch({ from: '2026-03-05', to: '2026-03-01' })).toEqual({});
    expect(readFunnelSearch({ figure: 'now.open', stage: 'A\u0000B' })).toEqual({ figure: 'now.open' });
  });

  it('a month excludes a range', () => {
    expect(readFunnelSearch({ month: '2026-03', from: '2026-01-01', to: '2026-02-01' })).toEqual({ month: '2026-03' });
  });
});

describe('periods', () => {
  it('are the present month unless asked otherwise', () => {
    expect(periodOf({}, '2026-12-15')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
    expect(periodOf({ month: '2026-02' }, '2026-12-15')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(periodOf({ from: '2026-02-03', to: '2026-02-05' }, '2026-12-15')).toEqual({
      from: '2026-02-03',
      to: '2026-02-05',
    });
  });

  it('know when they are a whole month', () => {
    expect(monthOf({ from: '2026-02-01', to: '2026-03-01' })).toBe('2026-02');
    expect(monthOf({ from: '2026-02-01', to: '2026-04-01' })).toBeNull();
  });

  it('have presets that include today', () => {
    expect(presetPeriod('last7', '2026-03-03')).toEqual({ from: '2026-02-25', to: '2026-03-04' });
    expect(presetPeriod('quarter', '2026-11-03')).toEqual({ from: '2026-10-01', to: '2027-01-01' });
    expect(presetPeriod('previousQuarter', '2026-02-03')).toEqual({ from: '2025-10-01', to: '2026-01-01' });
    expect(presetPeriod('year', '2026-02-03')).toEqual({ from: '2026-01-01', to: '2027-01-01' });
  });
});
