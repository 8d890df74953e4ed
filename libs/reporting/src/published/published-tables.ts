import type { MonthFigures } from './figures.js';

type ColumnType = 'text' | 'uuid' | 'int' | 'bigint' | 'float8' | 'numeric' | 'date';

/** A table of rows of type `Row`: which columns tell rows of a month apart, and all of them with their types. */
interface PublishedTable<Row> {
  table: string;
  key: readonly (keyof Row & string)[];
  columns: Readonly<Record<keyof Row & string, ColumnType>>;
}

type PublishedTables = { [Part in keyof MonthFigures]: PublishedTable<MonthFigures[Part][number]> };

const named = { indicatorId: 'text', indicatorRu: 'text', indicatorEn: 'text' } as const;

/** Where each part of a month's figures stands. */
export const publishedTables: PublishedTables = {
  pace: {
    table: 'pace',
    key: ['planId', 'userId', 'place'],
    columns: {
      ...{ planId: 'uuid', planName: 'text', place: 'int', userId: 'text', ...named },
      ...{ norm: 'bigint', done: 'int', today: 'int', due: 'float8', toGo: 'bigint' },
      ...{ perDay: 'bigint', runRate: 'float8', chance: 'float8' },
    },
  },
  planMoney: {
    table: 'plan_money',
    key: ['planId', 'userId'],
    columns: {
      ...{ planId: 'uuid', planName: 'text', pipelineId: 'text', teamId: 'text', userId: 'text' },
      ...{ soldKopecks: 'bigint', targetKopecks: 'bigint', currency: 'text' },
      ...{ elapsed: 'float8', workingDays: 'int', daysLeft: 'int' },
    },
  },
  paceDays: {
    table: 'pace_day',
    key: ['planId', 'place', 'day'],
    columns: {
      ...{ planId: 'uuid', place: 'int', day: 'date', due: 'float8', done: 'int' },
      ...{ dueKopecks: 'bigint', soldKopecks: 'bigint' },
    },
  },
  scores: {
    table: 'score',
    key: ['userId'],
    columns: {
      ...{ userId: 'text', schemeId: 'uuid', version: 'int', points: 'numeric', target: 'numeric', ratio: 'float8' },
      ...{ reached: 'float8', nextThreshold: 'float8', pointsMissing: 'numeric' },
    },
  },
  scoreIndicators: {
    table: 'score_indicator',
    key: ['userId', 'indicatorId'],
    columns: { userId: 'text', ...named, actions: 'int', credited: 'int', points: 'numeric' },
  },
  scoreThresholds: {
    table: 'score_threshold',
    key: ['schemeId', 'version', 'fromRatio'],
    columns: { schemeId: 'uuid', version: 'int', fromRatio: 'float8' },
  },
  agreement: {
    table: 'agreement',
    key: ['ruleId'],
    columns: {
      ...{ ruleId: 'text', fromDay: 'date', toDay: 'date', n: 'int', alike: 'int' },
      ...{ observed: 'float8', kappa: 'float8', pabak: 'float8' },
    },
  },
};

/** A column as SQL names it: `planId` → `plan_id`. */
export const columnOf = (property: string): string =>
  property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
