import { type FieldMap, field, mapRow, repeated } from './field-map.js';
import { noFieldTypes, type Observation, type PortalRow } from './observation.js';
import { idOf, integerOf, textOf } from './scalars.js';

const departmentFields: FieldMap = {
  ID: repeated,
  NAME: field('name', textOf),
  SORT: field('sort', integerOf),
  PARENT: field('parentId', idOf),
  UF_HEAD: field('headId', idOf),
};

/** A row of `department.get`. */
export function normaliseDepartment(row: PortalRow): Observation {
  return {
    kind: 'department',
    id: String(row['ID']),
    ...mapRow(departmentFields, row, noFieldTypes),
    appearedAt: null,
    changedAt: null,
    createdBy: null,
    changedBy: null,
  };
}
