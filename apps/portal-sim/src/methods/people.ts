import type { PortalFields } from '@funnelwatch/portal-generator';
import { plainText } from '../model/classic-value.js';
import { compileFilter, type FilterDialect, type FilterField } from '../protocol/filter.js';
import { offsetPage, sortRows } from '../protocol/list-page.js';
import { either, mapOf, textOf } from '../protocol/parameters.js';
import { sortKeys } from './dialects.js';
import { selectOf, startOf } from './list-request.js';
import { type CallContext, listMethod, type Method, method } from './method.js';

/** Fields that the narrow scopes leave out. */
const contactData = new Set([
  'EMAIL',
  'PERSONAL_MOBILE',
  'PERSONAL_PHONE',
  'WORK_PHONE',
  'PERSONAL_BIRTHDAY',
  'PERSONAL_CITY',
]);

function userView(user: PortalFields, context: CallContext): PortalFields {
  const { webhook, settings, model } = context;
  const changedMs = typeof user.DATE_REGISTER === 'string' ? Date.parse(user.DATE_REGISTER) : context.nowMs;
  const leaked =
    settings.userDates === 'object'
      ? {}
      : settings.userDates === 'text'
        ? model.time.dateTime(changedMs).slice(0, 19).replace('T', ' ')
        : model.time.dateTime(changedMs).replace(/^(\d{4})-(\d{2})-(\d{2})T(.{8}).*$/, '$3.$2.$1 $4');
  const view: PortalFields = {
    ID: user.ID,
    XML_ID: null,
    ACTIVE: true,
    NAME: '',
    LAST_NAME: '',
    SECOND_NAME: '',
    EMAIL: '',
    LAST_LOGIN: '',
    DATE_REGISTER: '',
    TIME_ZONE: '',
    IS_ONLINE: 'N',
    TIMESTAMP_X: leaked,
    LAST_ACTIVITY_DATE: leaked,
    PERSONAL_GENDER: '',
    PERSONAL_MOBILE: '',
    WORK_PHONE: '',
    WORK_POSITION: '',
    UF_EMPLOYMENT_DATE: '',
    UF_DEPARTMENT: [],
    USER_TYPE: 'employee',
    ...user,
  };
  delete view.ADMIN;
  view.ACTIVE = isActive(user);
  if (typeof view.DATE_REGISTER === 'string' && view.DATE_REGISTER !== '') {
    view.DATE_REGISTER = `${new Date(Date.parse(view.DATE_REGISTER)).toISOString().slice(0, 19)}+00:00`;
  }
  const isNarrow = !webhook.scopes.includes('user') && !webhook.scopes.includes('user_basic');
  if (isNarrow) for (const name of contactData) delete view[name];
  return view;
}

function isActive(user: PortalFields): boolean {
  return user.ACTIVE !== false && user.ACTIVE !== 'N';
}

function userField(name: string): FilterField<PortalFields> {
  if (name === 'ID') return { comparison: 'number', value: (user) => user.ID, isId: true };
  if (name === 'ACTIVE') return { comparison: 'text', value: (user) => (isActive(user) ? 'y' : 'n') };
  if (name === 'UF_DEPARTMENT') return { comparison: 'list', value: (user) => user.UF_DEPARTMENT };
  return { comparison: 'text', value: (user) => user[name] };
}

/** A truth value in any of the spellings that clients send. */
function activeFilter(value: unknown): string {
  return value === true || value === 'true' || value === 'Y' || value === '1' || value === 1 ? 'y' : 'n';
}

/** Whether the owner of the webhook administers the portal. */
function isAdministrator(context: CallContext): boolean {
  const user = context.model.users.get(context.webhook.userId);
  return user?.ADMIN === true || user?.ADMIN === 'Y' || context.webhook.userId === 1;
}

function profile(context: CallContext): PortalFields {
  const user = context.model.users.get(context.webhook.userId) ?? {};
  return {
    ID: String(context.webhook.userId),
    ADMIN: isAdministrator(context),
    NAME: user.NAME ?? '',
    LAST_NAME: user.LAST_NAME ?? '',
    PERSONAL_GENDER: user.PERSONAL_GENDER ?? '',
    TIME_ZONE: user.TIME_ZONE ?? '',
  };
}

/** People, their departments, and who the caller is. */
export const peopleMethods: Method[] = [
  method('profile', null, (_parameters, context) => profile(context)),
  method('user.admin', null, (_parameters, context) => isAdministrator(context)),
  method('user.current', 'user', (_parameters, context) =>
    userView(context.model.users.get(context.webhook.userId) ?? { ID: String(context.webhook.userId) }, context),
  ),
  listMethod('user.get', 'user', (parameters, context) => {
    const { model } = context;
    const raw = { ...mapOf(either(parameters, 'FILTER', 'filter')) };
    for (const name of ['ID', 'ACTIVE', 'NAME', 'LAST_NAME', 'EMAIL', 'UF_DEPARTMENT']) {
      if (parameters[name] !== undefined) raw[name] = parameters[name];
    }
    if (raw.ACTIVE !== undefined) raw.ACTIVE = activeFilter(raw.ACTIVE);
    const dialect: FilterDialect<PortalFields> = {
      time: model.time,
      allowsLogic: false,
      unknownField: () => undefined,
      field: userField,
    };
    const filter = compileFilter(raw, dialect);
    // Dismissed people are shown to administrators only.
    const administers = isAdministrator(context);
    const found = [...model.users.values()].filter(
      (user) => (administers || isActive(user)) && (!filter.matches || filter.matches(user)),
    );
    const sort = textOf(either(parameters, 'sort', 'SORT')) || 'ID';
    const direction = textOf(either(parameters, 'order', 'ORDER')) || 'ASC';
    sortRows(found, sortKeys({ [sort.toUpperCase()]: direction.toUpperCase() }, userField));
    const { rows, ...counts } = offsetPage(found, { start: startOf(parameters), floorsStart: true });
    const select = selectOf(parameters);
    return { result: rows.map((user) => selected(userView(user, context), select)), ...counts };
  }),
  listMethod('department.get', 'department', (parameters, { model }) => {
    const wanted = (name: string) => parameters[name];
    const found = [...model.departments.values()].filter((department) =>
      ['ID', 'NAME', 'PARENT', 'UF_HEAD'].every((name) => {
        const value = wanted(name);
        if (value === undefined) return true;
        const own = department[name];
        return Array.isArray(value) ? value.map(String).includes(plainText(own)) : plainText(own) === textOf(value);
      }),
    );
    const sort = textOf(parameters.sort).toUpperCase() || 'ID';
    const direction = textOf(parameters.order).toUpperCase() || 'ASC';
    sortRows(
      found,
      sortKeys({ [sort]: direction }, (name) => ({
        comparison: name === 'NAME' ? 'text' : 'number',
        value: (department: PortalFields) => department[name],
      })),
    );
    const { rows, ...counts } = offsetPage(found, { start: startOf(parameters), floorsStart: true });
    return { result: rows.map(departmentView), ...counts };
  }),
];

function selected(view: PortalFields, select: readonly unknown[]): PortalFields {
  if (select.length === 0 || select.includes('*')) return view;
  return Object.fromEntries(Object.entries(view).filter(([name]) => name === 'ID' || select.includes(name)));
}

function departmentView(department: PortalFields): PortalFields {
  const view: PortalFields = {
    ID: department.ID,
    NAME: department.NAME ?? '',
    SORT: Number(department.SORT ?? 500),
  };
  if (department.PARENT !== undefined && department.PARENT !== null) view.PARENT = plainText(department.PARENT);
  if (department.UF_HEAD !== undefined && department.UF_HEAD !== null) view.UF_HEAD = plainText(department.UF_HEAD);
  return view;
}
