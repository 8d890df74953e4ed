import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import { noFieldTypes, type Observation, type PortalRow } from './observation.js';
import { codeOf, flagOf, idOf, rawOf, timeOf } from './scalars.js';
import { kindOfTypeId } from './shared-fields.js';

const directionOf = (value: unknown): 'none' | 'incoming' | 'outgoing' => {
  const direction = codeOf(value);
  return direction === '1' ? 'incoming' : direction === '2' ? 'outgoing' : 'none';
};

const activityFields: FieldMap = {
  ID: repeated,
  OWNER_TYPE_ID: field('ownerKind', kindOfTypeId),
  OWNER_ID: field('ownerObjectId', idOf),
  TYPE_ID: field('activityType', (value) => codeOf(value) ?? '0'),
  PROVIDER_ID: field('providerId', codeOf),
  PROVIDER_TYPE_ID: field('providerTypeId', codeOf),
  PROVIDER_GROUP_ID: field('providerGroupId', codeOf),
  ASSOCIATED_ENTITY_ID: field('associatedObjectId', idOf),
  DIRECTION: field('direction', directionOf),
  RESPONSIBLE_ID: field('responsibleId', idOf),
  AUTHOR_ID: field('authorId', idOf),
  EDITOR_ID: field('editorId', idOf),
  COMPLETED: field('completed', (value) => flagOf(value) ?? false),
  STATUS: field('status', codeOf),
  PRIORITY: field('priority', codeOf),
  CREATED: field('createdAt', timeOf),
  LAST_UPDATED: field('modifiedAt', timeOf),
  START_TIME: field('startAt', timeOf),
  END_TIME: field('endAt', timeOf),
  DEADLINE: field('deadline', timeOf),
  NOTIFY_TYPE: extra(),
  NOTIFY_VALUE: extra(),
  DESCRIPTION_TYPE: extra(),
  ORIGINATOR_ID: field('originatorId', codeOf),
  ORIGIN_ID: field('originId', codeOf),
  RESULT_STATUS: extra(),
  RESULT_STREAM: extra(),
  RESULT_SOURCE_ID: extra(),
  RESULT_MARK: extra(),
  RESULT_VALUE: extra(),
  RESULT_SUM: extra(),
  RESULT_CURRENCY_ID: extra(),
  AUTOCOMPLETE_RULE: extra(),
  IS_INCOMING_CHANNEL: field('isIncomingChannel', flagOf),
  BINDINGS: extra(),
  SUBJECT: personal('subject'),
  DESCRIPTION: personal('description'),
  LOCATION: personal('location'),
  SETTINGS: personal('settings', rawOf),
  PROVIDER_PARAMS: personal('providerParams', rawOf),
  PROVIDER_DATA: personal('providerData', rawOf),
  COMMUNICATIONS: personal('communications', rawOf),
  FILES: personal('files', rawOf),
  WEBDAV_ELEMENTS: personal('webdavElements', rawOf),
};

/** A row of `crm.activity.list`. */
export function normaliseActivity(row: PortalRow): Observation {
  const mapped = mapRow(activityFields, row, noFieldTypes);
  const files = row['FILES'];
  return {
    kind: 'activity',
    id: String(row['ID']),
    fields: { ...mapped.fields, fileCount: Array.isArray(files) ? files.length : 0 },
    extra: mapped.extra,
    personal: mapped.personal,
    appearedAt: timeOf(row['CREATED']),
    changedAt: timeOf(row['LAST_UPDATED']),
    createdBy: idOf(row['AUTHOR_ID']),
    changedBy: idOf(row['EDITOR_ID']),
  };
}
