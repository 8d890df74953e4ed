import { expect, test } from '@jest/globals';
import { columnsOf } from './columns-of.js';

test('values are read by the types that Grafana knows', () => {
  const fields = [
    { name: 'bigint', dataTypeID: 20 },
    { name: 'numeric', dataTypeID: 1700 },
    { name: 'boolean', dataTypeID: 16 },
    { name: 'text', dataTypeID: 25 },
    { name: 'timestamptz', dataTypeID: 1184 },
    { name: 'timestamp', dataTypeID: 1114 },
    { name: 'date', dataTypeID: 1082 },
  ];
  const row = ['12', '0.50', 't', '12', '2026-11-30 02:00:00.5+00', '2026-11-30 02:00:00', '2026-11-30'];
  const instants = ['2026-11-30T02:00:00.500Z', '2026-11-30T02:00:00Z', '2026-11-30T00:00:00Z'].map((at) =>
    Date.parse(at),
  );
  expect(columnsOf(fields, [row, fields.map(() => null)])).toEqual([
    { name: 'bigint', type: 'number', values: [12, null] },
    { name: 'numeric', type: 'number', values: [0.5, null] },
    { name: 'boolean', type: 'boolean', values: [true, null] },
    { name: 'text', type: 'string', values: ['12', null] },
    { name: 'timestamptz', type: 'time', values: [instants[0], null] },
    { name: 'timestamp', type: 'time', values: [instants[1], null] },
    { name: 'date', type: 'time', values: [instants[2], null] },
  ]);
});
