import { either, textOf } from '../protocol/parameters.js';
import { classicDialect, classicOrder } from './dialects.js';
import { listRecords, requireMaps, selectOf, startOf } from './list-request.js';
import { listMethod, type Method } from './method.js';
import { classicSelect, classicView } from './record-view.js';

/** Call statistics, and the legal details of companies. */
export const telephonyAndRequisiteMethods: Method[] = [
  listMethod('voximplant.statistic.get', 'telephony', (parameters, context) => {
    const { model } = context;
    const sort = textOf(either(parameters, 'SORT', 'sort')) || 'ID';
    const direction = textOf(either(parameters, 'ORDER', 'order')) || 'ASC';
    const { rows, ...counts } = listRecords(model.tables.call, {
      filter: either(parameters, 'FILTER', 'filter'),
      dialect: classicDialect(model, 'call'),
      order: classicOrder(model, 'call', { [sort]: direction }),
      start: startOf(parameters),
      floorsStart: true,
      visible: context.visibility('call'),
    });
    return {
      result: rows.map(({ fields }) => ({
        ...fields,
        RECORD_FILE_ID: fields.RECORD_FILE_ID === null ? null : Number(fields.RECORD_FILE_ID),
      })),
      ...counts,
    };
  }),
  listMethod('crm.requisite.list', 'crm', (parameters, context) => {
    requireMaps(parameters);
    const { model } = context;
    const { rows, ...counts } = listRecords(model.tables.requisite, {
      filter: parameters.filter,
      dialect: classicDialect(model, 'requisite'),
      order: classicOrder(model, 'requisite', parameters.order),
      start: startOf(parameters),
      floorsStart: false,
      visible: undefined,
    });
    const select = classicSelect(selectOf(parameters));
    return { result: rows.map((record) => classicView(record, select)), ...counts };
  }),
];
