import { type FieldMap, extra, field, mapRow, personal, repeated } from './field-map.js';
import { noFieldTypes, type Observation, type PortalRow } from './observation.js';
import { codeOf, idOf, integerOf, moneyOf, rawOf, timeOf } from './scalars.js';

const DIRECTION_BY_TYPE: Readonly<Record<string, string>> = {
  '1': 'outgoing',
  '2': 'incoming',
  '3': 'incoming-redirected',
  '4': 'call-back',
  '5': 'informational',
};

const callFields: FieldMap = {
  ID: repeated,
  PORTAL_USER_ID: field('userId', idOf),
  CALL_ID: field('callId', codeOf),
  EXTERNAL_CALL_ID: field('externalCallId', codeOf),
  CALL_CATEGORY: field('category', codeOf),
  CALL_TYPE: field('callType', codeOf),
  CALL_START_DATE: field('startedAt', timeOf),
  CALL_DURATION: field('durationSeconds', integerOf),
  CALL_FAILED_CODE: field('failedCode', codeOf),
  CALL_FAILED_REASON: field('failedReason', codeOf),
  CALL_VOTE: field('vote', codeOf),
  COST: field('costKopecks', moneyOf),
  COST_CURRENCY: field('costCurrency', codeOf),
  CRM_ENTITY_TYPE: field('crmKind', (value) => codeOf(value)?.toLowerCase() ?? null),
  CRM_ENTITY_ID: field('crmObjectId', idOf),
  CRM_ACTIVITY_ID: field('activityId', idOf),
  SESSION_ID: field('sessionId', codeOf),
  REDIAL_ATTEMPT: extra(),
  REST_APP_ID: extra(),
  REST_APP_NAME: extra(),
  TRANSCRIPT_ID: field('transcriptId', idOf),
  TRANSCRIPT_PENDING: extra(),
  RECORD_DURATION: field('recordSeconds', integerOf),
  RECORD_FILE_ID: field('recordFileId', idOf),
  PORTAL_NUMBER: personal('portalNumber'),
  PHONE_NUMBER: personal('phoneNumber'),
  COMMENT: personal('comment'),
  CALL_RECORD_URL: personal('recordUrl'),
  CALL_LOG: personal('callLog', rawOf),
};

/** A row of `voximplant.statistic.get`. Duration, record and CRM links are filled by the portal after the call. */
export function normaliseCall(row: PortalRow): Observation {
  const mapped = mapRow(callFields, row, noFieldTypes);
  const type = codeOf(row['CALL_TYPE']);
  return {
    kind: 'call',
    id: String(row['ID']),
    fields: { ...mapped.fields, direction: type === null ? null : (DIRECTION_BY_TYPE[type] ?? null) },
    extra: mapped.extra,
    personal: mapped.personal,
    appearedAt: timeOf(row['CALL_START_DATE']),
    changedAt: null,
    createdBy: null,
    changedBy: null,
  };
}
