/** Entities of the CRM that share one shape: fields, stages or not, classic and universal methods. */
export type CrmEntity = 'lead' | 'deal' | 'contact' | 'company' | 'invoice';

/** A field as the portal describes it, with the two names it goes by and its value when nobody set it. */
export interface FieldDefinition {
  /** Name in the classic methods. */
  name: string;
  /** Name in `crm.item.*`. */
  itemName: string;
  type: string;
  isRequired: boolean;
  isReadOnly: boolean;
  isImmutable: boolean;
  isMultiple: boolean;
  isDynamic: boolean;
  statusType?: string;
  title: string;
  /** Classic scalar of an unset field. */
  empty: unknown;
  /** Kept by the portal, shown by no method. */
  isHidden: boolean;
}

/** Universal names that do not follow from the classic ones. */
const irregularItemNames: Record<string, string> = {
  DATE_CREATE: 'createdTime',
  DATE_MODIFY: 'updatedTime',
  CREATED_BY_ID: 'createdBy',
  MODIFY_BY_ID: 'updatedBy',
  MOVED_BY_ID: 'movedBy',
  STATUS_ID: 'stageId',
  STATUS_SEMANTIC_ID: 'stageSemanticId',
  DATE_CLOSED: 'dateClosed',
  COMPANY_TYPE: 'typeId',
  PHONE: 'phone',
};

/**
 * The universal name of a user field. The portal converts regularly only when letters and digits are not mixed in the
 * tail of the name; otherwise only the prefix changes.
 */
export function itemNameOfUserField(name: string): string {
  const tail = name.slice('UF_CRM_'.length);
  const parts = tail.split('_');
  const [first = ''] = parts;
  if (/^\d+$/.test(tail)) return `ufCrm_${tail}`;
  if (!parts.every((part) => /^[A-Z]+$/i.test(part) || /^\d+$/.test(part))) return `ufCrm_${tail}`;
  const rest = /^\d+$/.test(first) ? parts.slice(1) : parts;
  const head = /^\d+$/.test(first) ? `ufCrm${first}` : 'ufCrm';
  return head + rest.map((part) => (/^\d+$/.test(part) ? `_${part}` : capitalised(part))).join('');
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
}

function itemNameOf(name: string): string {
  const irregular = irregularItemNames[name];
  if (irregular !== undefined) return irregular;
  const [first = '', ...rest] = name.split('_');
  return first.toLowerCase() + rest.map(capitalised).join('');
}

/** `NAME:type(DICTIONARY):rim=empty`, separated by white space; r read-only, i immutable, m multiple, ! required, h hidden. */
function definitions(text: string): FieldDefinition[] {
  return text
    .trim()
    .split(/\s+/)
    .map((word) => {
      const match = /^([A-Z0-9_]+):([a-z_]+)(?:\(([A-Z_]+)\))?(?::([!rimh]+))?(?:=(.*))?$/.exec(word);
      if (!match) throw new Error(`Field definition cannot be read: ${word}`);
      const [, name = '', type = '', statusType, flags = '', empty] = match;
      return {
        name,
        itemName: itemNameOf(name),
        type,
        isRequired: flags.includes('!'),
        isReadOnly: flags.includes('r'),
        isImmutable: flags.includes('i'),
        isMultiple: flags.includes('m'),
        isDynamic: false,
        ...(statusType === undefined ? {} : { statusType }),
        title: name,
        empty: empty === undefined ? null : empty,
        isHidden: flags.includes('h'),
      };
    });
}

const utm = 'UTM_SOURCE:string UTM_MEDIUM:string UTM_CAMPAIGN:string UTM_CONTENT:string UTM_TERM:string';
const address =
  'ADDRESS:string ADDRESS_2:string ADDRESS_CITY:string ADDRESS_POSTAL_CODE:string ADDRESS_REGION:string ' +
  'ADDRESS_PROVINCE:string ADDRESS_COUNTRY:string ADDRESS_COUNTRY_CODE:string ADDRESS_LOC_ADDR_ID:integer';
const lastActivity = 'LAST_ACTIVITY_TIME:datetime:r LAST_ACTIVITY_BY:user:r';
const people = 'ASSIGNED_BY_ID:user CREATED_BY_ID:user:r MODIFY_BY_ID:user:r';
const times = 'DATE_CREATE:datetime:r DATE_MODIFY:datetime:r';
const moved = 'MOVED_BY_ID:user:r MOVED_TIME:datetime:r';
const has = 'HAS_PHONE:char:r=N HAS_EMAIL:char:r=N HAS_IMOL:char:r=N';
const origin = 'ORIGINATOR_ID:string ORIGIN_ID:string';

/** Fields of the CRM entities in the order in which the portal lists them. */
export const crmFields: Record<CrmEntity, FieldDefinition[]> = {
  deal: definitions(`ID:integer:r TITLE:string TYPE_ID:crm_status(DEAL_TYPE) STAGE_ID:crm_status(DEAL_STAGE) PROBABILITY:integer
    CURRENCY_ID:crm_currency OPPORTUNITY:double=0.00 IS_MANUAL_OPPORTUNITY:char=N TAX_VALUE:double=0.00 LEAD_ID:crm_lead:r
    COMPANY_ID:crm_company CONTACT_ID:crm_contact QUOTE_ID:crm_quote:r BEGINDATE:date CLOSEDATE:date ${people} ${times}
    OPENED:char=Y CLOSED:char=N COMMENTS:string ADDITIONAL_INFO:string LOCATION_ID:location CATEGORY_ID:crm_category:i=0
    STAGE_SEMANTIC_ID:string:r IS_NEW:char:r=N IS_RECURRING:char=N IS_RETURN_CUSTOMER:char=N IS_REPEATED_APPROACH:char=N
    SOURCE_ID:crm_status(SOURCE) SOURCE_DESCRIPTION:string ${origin} ${moved} ${lastActivity} ${utm}`),
  lead: definitions(`ID:integer:r TITLE:string HONORIFIC:crm_status(HONORIFIC) NAME:string SECOND_NAME:string LAST_NAME:string
    BIRTHDATE:date= COMPANY_TITLE:string SOURCE_ID:crm_status(SOURCE) SOURCE_DESCRIPTION:string STATUS_ID:crm_status(STATUS)
    STATUS_DESCRIPTION:string STATUS_SEMANTIC_ID:string:r POST:string ${address} CURRENCY_ID:crm_currency
    OPPORTUNITY:double=0.00 IS_MANUAL_OPPORTUNITY:char=N OPENED:char=Y COMMENTS:string ${has} ${people} ${times} ${moved}
    COMPANY_ID:crm_company CONTACT_ID:crm_contact IS_RETURN_CUSTOMER:char:r=N DATE_CLOSED:datetime:r= ${origin}
    ${lastActivity} ${utm}`),
  contact:
    definitions(`ID:integer:r HONORIFIC:crm_status(HONORIFIC) NAME:string:! SECOND_NAME:string:! LAST_NAME:string:!
    PHOTO:file BIRTHDATE:date= TYPE_ID:crm_status(CONTACT_TYPE) SOURCE_ID:crm_status(SOURCE) SOURCE_DESCRIPTION:string
    POST:string ${address} COMMENTS:string OPENED:char=Y EXPORT:char=Y ${has} ${people} ${times} COMPANY_ID:crm_company
    LEAD_ID:crm_lead:r ${origin} ORIGIN_VERSION:string FACE_ID:integer ${lastActivity} ${utm}`),
  company: definitions(`ID:integer:r TITLE:string:! COMPANY_TYPE:crm_status(COMPANY_TYPE) LOGO:file ${address}
    ADDRESS_LEGAL:string REG_ADDRESS:string BANKING_DETAILS:string INDUSTRY:crm_status(INDUSTRY)
    EMPLOYEES:crm_status(EMPLOYEES) CURRENCY_ID:crm_currency REVENUE:double=0.00 OPENED:char=Y COMMENTS:string ${has}
    IS_MY_COMPANY:char=N ${people} ${times} LEAD_ID:crm_lead:r ${origin} ORIGIN_VERSION:string ${lastActivity} ${utm}`),
  invoice:
    definitions(`ID:integer:r XML_ID:string TITLE:string ${people} ${times} OPENED:char=Y BEGINDATE:date CLOSEDATE:date
    COMPANY_ID:crm_company CONTACT_ID:crm_contact OPPORTUNITY:double=0.00 IS_MANUAL_OPPORTUNITY:char=N TAX_VALUE:double=0.00
    CURRENCY_ID:crm_currency MYCOMPANY_ID:crm_company SOURCE_ID:crm_status(SOURCE) SOURCE_DESCRIPTION:string
    WEBFORM_ID:integer COMMENTS:string ACCOUNT_NUMBER:string LOCATION_ID:location CATEGORY_ID:crm_category:i=0
    STAGE_ID:crm_status STAGE_SEMANTIC_ID:string:rh PREVIOUS_STAGE_ID:string:r ${moved} PARENT_ID_2:crm_deal ${lastActivity}
    ${utm}`),
};

/** Multi-fields are stored beside the others: the portal returns them only when a client names them. */
export const multiFieldNames = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'] as const;
export type MultiFieldName = (typeof multiFieldNames)[number];

/** Fields of the records that only classic methods know. */
export const activityFields = definitions(`ID:integer:r OWNER_ID:integer:i OWNER_TYPE_ID:crm_enum_ownertype:i
  TYPE_ID:crm_enum_activitytype:!i PROVIDER_ID:string PROVIDER_TYPE_ID:string PROVIDER_GROUP_ID:string
  ASSOCIATED_ENTITY_ID:integer:r=0 SUBJECT:string:! CREATED:datetime:r LAST_UPDATED:datetime:r START_TIME:datetime
  END_TIME:datetime DEADLINE:datetime COMPLETED:char=N STATUS:crm_enum_activitystatus=1 RESPONSIBLE_ID:user:! PRIORITY:integer=2
  NOTIFY_TYPE:integer=0 NOTIFY_VALUE:integer=0 DESCRIPTION:string DESCRIPTION_TYPE:crm_enum_contenttype=1
  DIRECTION:crm_enum_activitydirection=0 LOCATION:string SETTINGS:object ORIGINATOR_ID:string ORIGIN_ID:string
  AUTHOR_ID:user:r EDITOR_ID:user:r PROVIDER_PARAMS:object PROVIDER_DATA:string RESULT_MARK:integer=0 RESULT_VALUE:double
  RESULT_SUM:double RESULT_CURRENCY_ID:string RESULT_STATUS:integer=0 RESULT_STREAM:integer=0 RESULT_SOURCE_ID:string
  AUTOCOMPLETE_RULE:integer=0 IS_INCOMING_CHANNEL:char:r=N`);

export const callFields =
  definitions(`ID:integer:r PORTAL_USER_ID:user PORTAL_NUMBER:string PHONE_NUMBER:string CALL_ID:string
  EXTERNAL_CALL_ID:string CALL_CATEGORY:string=external CALL_DURATION:integer=0 CALL_START_DATE:datetime CALL_RECORD_URL:string
  CALL_VOTE:integer=0 COST:double=0.0000 COST_CURRENCY:string=RUR CALL_FAILED_CODE:string=200 CALL_FAILED_REASON:string
  CRM_ENTITY_TYPE:string CRM_ENTITY_ID:integer CRM_ACTIVITY_ID:integer REST_APP_ID:integer REST_APP_NAME:string
  TRANSCRIPT_ID:integer TRANSCRIPT_PENDING:char=N SESSION_ID:string REDIAL_ATTEMPT:integer COMMENT:string
  RECORD_DURATION:integer RECORD_FILE_ID:integer CALL_LOG:string CALL_TYPE:integer=1`);

export const taskFields =
  definitions(`ID:integer:r PARENT_ID:integer TITLE:string:! DESCRIPTION:string MARK:char PRIORITY:integer=1
  MULTITASK:char=N NOT_VIEWED:char=N REPLICATE:char=N STAGE_ID:integer=0 CREATED_BY:user CREATED_DATE:datetime:r
  RESPONSIBLE_ID:user:! CHANGED_BY:user:r CHANGED_DATE:datetime:r STATUS_CHANGED_BY:user:r STATUS_CHANGED_DATE:datetime:r
  CLOSED_BY:user:r CLOSED_DATE:datetime:r ACTIVITY_DATE:datetime:r DATE_START:datetime DEADLINE:datetime
  START_DATE_PLAN:datetime END_DATE_PLAN:datetime GUID:string XML_ID:string COMMENTS_COUNT:integer:r
  ALLOW_CHANGE_DEADLINE:char=N TASK_CONTROL:char=N ADD_IN_REPORT:char=N TIME_ESTIMATE:integer=0 TIME_SPENT_IN_LOGS:integer
  VIEWED_DATE:datetime:r GROUP_ID:integer=0 STATUS:integer=2`);

export const requisiteFields =
  definitions(`ID:integer:r ENTITY_TYPE_ID:integer:! ENTITY_ID:integer:! PRESET_ID:integer=1
  DATE_CREATE:datetime:r DATE_MODIFY:datetime:r CREATED_BY_ID:user:r MODIFY_BY_ID:user:r NAME:string CODE:string XML_ID:string
  ORIGINATOR_ID:string ACTIVE:char=Y ADDRESS_ONLY:char=N SORT:integer=500 RQ_NAME:string RQ_FIRST_NAME:string
  RQ_LAST_NAME:string RQ_SECOND_NAME:string RQ_COMPANY_NAME:string RQ_COMPANY_FULL_NAME:string RQ_DIRECTOR:string
  RQ_ACCOUNTANT:string RQ_PHONE:string RQ_EMAIL:string RQ_INN:string RQ_KPP:string RQ_OGRN:string RQ_OGRNIP:string
  RQ_OKPO:string RQ_OKVED:string`);

export const statusFields =
  definitions(`ID:integer:r ENTITY_ID:string:i STATUS_ID:string NAME:string NAME_INIT:string SORT:integer=10
  SYSTEM:char=N CATEGORY_ID:integer COLOR:string SEMANTICS:string`);
