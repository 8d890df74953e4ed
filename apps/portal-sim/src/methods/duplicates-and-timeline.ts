import { entityTypeById } from '../model/entity-types.js';
import { offsetPage } from '../protocol/list-page.js';
import { either, listOf, mapOf, numberOf, textOf } from '../protocol/parameters.js';
import { classicError, RestError } from '../protocol/rest-error.js';
import { requireFields } from './crm-classic.js';
import { startOf } from './list-request.js';
import { listMethod, type Method, method } from './method.js';

const maxHits = 20;
const maxValues = 20;

function normalised(type: string, value: string): string {
  if (type === 'EMAIL') return value.trim().toLowerCase();
  const digits = value.replaceAll(/\D/g, '');
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
}

/** Duplicates, merges, and comments in the timeline. */
export const duplicateAndTimelineMethods: Method[] = [
  method('crm.duplicate.findbycomm', 'crm', (parameters, context) => {
    const type = textOf(parameters.type).toUpperCase();
    if (type !== 'PHONE' && type !== 'EMAIL') {
      throw new RestError('Communication type is not defined', 'Communication type is not defined', 400);
    }
    const wanted = new Set(
      listOf(parameters.values)
        .slice(0, maxValues)
        .map((value) => normalised(type, textOf(value))),
    );
    wanted.delete('');
    const only = textOf(parameters.entity_type).toUpperCase();
    const found: Record<string, number[]> = {};
    for (const entity of ['lead', 'contact', 'company'] as const) {
      if (only !== '' && only !== entity.toUpperCase()) continue;
      const visible = context.visibility(entity);
      const hits = context.model.tables[entity].records.filter(
        (record) =>
          (!visible || visible(record)) &&
          record.parts.multi?.[type]?.some((value) => wanted.has(normalised(type, value.VALUE))),
      );
      if (hits.length > 0) found[entity.toUpperCase()] = hits.slice(0, maxHits).map((record) => record.id);
    }
    return Object.keys(found).length === 0 ? [] : found;
  }),
  method('crm.entity.mergeBatch', 'crm', (parameters, context) => {
    const params = mapOf(parameters.params);
    const type = entityTypeById(numberOf(params.entityTypeId));
    const ids = listOf(params.entityIds).map(numberOf);
    if (!type || type.entity === 'invoice' || ids.length < 2) throw classicError("Parameter 'params' must be array.");
    const { entity } = type;
    if (ids.some((id) => !context.model.tables[entity].get(id))) return { STATUS: 'ERROR', ENTITY_IDS: [] };
    const [winner, ...losers] = ids;
    context.write({ op: 'merge', entity, id: String(winner), losers: losers.map(String) });
    return { STATUS: 'SUCCESS', ENTITY_IDS: losers };
  }),
  method('crm.timeline.comment.add', 'crm', (parameters, context) => {
    const fields = requireFields(parameters);
    const entityId = numberOf(fields.ENTITY_ID);
    const entityType = textOf(fields.ENTITY_TYPE).toLowerCase();
    const text = textOf(fields.COMMENT);
    if (!(entityId > 0) || entityType === '') throw classicError('Owner is not defined.');
    if (text === '') throw classicError('The field COMMENT is required.');
    return context.addComment({ entityType, entityId, text });
  }),
  listMethod('crm.timeline.comment.list', 'crm', (parameters, { model }) => {
    const filter = mapOf(either(parameters, 'filter', 'FILTER'));
    const entityId = numberOf(filter.ENTITY_ID);
    const entityType = textOf(filter.ENTITY_TYPE).toLowerCase();
    if (!(entityId > 0) || entityType === '') throw classicError('The fields ENTITY_ID and ENTITY_TYPE are required.');
    const found = model.comments.filter(
      (comment) => comment.entityId === entityId && comment.entityType === entityType,
    );
    if (textOf(mapOf(parameters.order).ID).toUpperCase() === 'DESC') found.reverse();
    const { rows, ...counts } = offsetPage(found, { start: startOf(parameters), floorsStart: false });
    const result = rows.map((comment) => ({
      ID: String(comment.id),
      ENTITY_ID: String(comment.entityId),
      ENTITY_TYPE: comment.entityType,
      CREATED: model.time.dateTime(comment.createdMs),
      COMMENT: comment.comment,
      AUTHOR_ID: String(comment.authorId),
      FILES: [],
    }));
    return { result, ...counts };
  }),
];
