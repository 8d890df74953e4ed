import { textOf } from '../protocol/parameters.js';
import { RestError, systemError } from '../protocol/rest-error.js';
import { portalScopes } from '../portal/webhooks.js';
import { listMethod, type Method, method } from './method.js';

/** Methods that need an application: a webhook is refused. */
const applicationMethods = [
  'event.bind',
  'event.unbind',
  'event.get',
  'event.test',
  'event.offline.get',
  'event.offline.list',
  'event.offline.clear',
  'event.offline.error',
  'placement.bind',
  'placement.get',
  'app.option.get',
  'app.option.set',
];

/** What the portal tells about itself. */
export const systemMethods: Method[] = [
  method('server.time', null, (_parameters, { nowMs }) => `${new Date(nowMs).toISOString().slice(0, 19)}+00:00`),
  method('scope', null, (parameters, { webhook }) => (parameters.full ? portalScopes : webhook.scopes)),
  listMethod('methods', null, (_parameters, context) => ({ result: context.methodNames() })),
  method('method.get', null, (parameters, context) => {
    const name = textOf(parameters.name).toLowerCase();
    const isExisting = context.methodNames().some((known) => known.toLowerCase() === name);
    return { isExisting, isAvailable: isExisting && !applicationMethods.includes(name) };
  }),
  method('feature.get', null, (parameters) => {
    const code = textOf(parameters.CODE ?? parameters.code);
    return { value: code === 'rest_offline_extended' || code === 'rest_auth_connector' ? 'Y' : 'N' };
  }),
  method('app.info', null, (_parameters, { webhook }) => ({ SCOPE: webhook.scopes, LICENSE: 'ru_pro100' })),
  method('events', null, () => []),
  method('crm.settings.mode.get', 'crm', () => 1),
  ...applicationMethods.map((name) =>
    method(name, null, (_parameters, { settings }) => {
      throw systemError('WRONG_AUTH_TYPE', settings.statusProfile);
    }),
  ),
];

/** `batch` inside `batch` is not allowed. */
export function nestedBatchError(): RestError {
  return new RestError('ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage', 405);
}
