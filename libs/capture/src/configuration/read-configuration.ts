import type { BatchOutcome, BitrixClient, BitrixFailure, Command, PortalTime } from '@funnelwatch/bitrix24';
import type { PortalRow } from '../normalise/observation.js';
import {
  type ConfigurationReplies,
  configurationOf,
  type FieldedKind,
  type PortalConfiguration,
} from './portal-configuration.js';

export interface ReadConfiguration {
  configuration: PortalConfiguration;
  departments: PortalRow[];
  time: PortalTime;
}

/** Offsets read in one go; most portals have fewer than 200 statuses. */
const STATUS_STARTS = [0, 50, 100, 150];
const fieldCommands: Record<FieldedKind, Command> = {
  lead: { method: 'crm.lead.fields' },
  deal: { method: 'crm.deal.fields' },
  contact: { method: 'crm.contact.fields' },
  company: { method: 'crm.company.fields' },
  invoice: { method: 'crm.item.fields', params: { entityTypeId: 31 } },
};
const fieldedKinds = Object.keys(fieldCommands) as FieldedKind[];

/** Commands of the configuration, to be put into a batch under these keys. */
export function configurationCommands(): Record<string, Command> {
  return {
    dealCategories: { method: 'crm.category.list', params: { entityTypeId: 2 } },
    invoiceCategories: { method: 'crm.category.list', params: { entityTypeId: 31 } },
    ...Object.fromEntries(STATUS_STARTS.map((start) => [`statuses${start}`, statusCommand(start)])),
    currencies: { method: 'crm.currency.list' },
    departments: departmentCommand(0),
    ...Object.fromEntries(fieldedKinds.map((kind) => [`fields_${kind}`, fieldCommands[kind]])),
  };
}

/** Puts the configuration together from the outcomes of `configurationCommands`, reading further pages if need be. */
export async function configurationFrom(
  client: BitrixClient,
  outcomes: Record<string, BatchOutcome>,
  signal: AbortSignal,
): Promise<ReadConfiguration> {
  const dealCategories = demanded(outcomes['dealCategories']);
  const statuses: PortalRow[] = [];
  let furtherStatuses: number | null = null;
  for (const start of STATUS_STARTS) {
    const outcome = demanded(outcomes[`statuses${start}`]);
    statuses.push(...rowList(outcome.result));
    furtherStatuses = outcome.next !== null && outcome.next > start ? outcome.next : null;
    if (furtherStatuses === null) break;
  }
  while (furtherStatuses !== null) {
    const { method, params } = statusCommand(furtherStatuses);
    const answer = await client.call(method, params, { priority: 'live', signal });
    statuses.push(...rowList(answer.result));
    furtherStatuses = answer.next !== null && answer.next > furtherStatuses ? answer.next : null;
  }
  const fields: ConfigurationReplies['fields'] = {};
  for (const kind of fieldedKinds) {
    const result = optional(outcomes[`fields_${kind}`])?.result;
    const descriptors = kind === 'invoice' ? memberOf(result, 'fields') : result;
    if (typeof descriptors === 'object' && descriptors !== null) fields[kind] = descriptors as Record<string, unknown>;
  }
  const invoiceCategories = optional(outcomes['invoiceCategories']);
  const configuration = configurationOf({
    dealCategories: rowList(memberOf(dealCategories.result, 'categories')),
    invoiceCategories: invoiceCategories ? rowList(memberOf(invoiceCategories.result, 'categories')) : null,
    statuses,
    currencies: rowList(optional(outcomes['currencies'])?.result),
    fields,
  });
  const time = dealCategories.time;
  if (!time) throw new Error('The portal answered without its time');
  return { configuration, departments: await allDepartments(client, outcomes['departments'], signal), time };
}

async function allDepartments(
  client: BitrixClient,
  first: BatchOutcome | undefined,
  signal: AbortSignal,
): Promise<PortalRow[]> {
  const outcome = optional(first);
  const rows = rowList(outcome?.result);
  let start = outcome?.next ?? null;
  while (start !== null) {
    const { method, params } = departmentCommand(start);
    const answer = await client.call(method, params, { priority: 'live', signal });
    rows.push(...rowList(answer.result));
    start = answer.next !== null && answer.next > start ? answer.next : null;
  }
  return rows;
}

function statusCommand(start: number): Required<Pick<Command, 'method' | 'params'>> {
  return { method: 'crm.status.list', params: { order: { ID: 'ASC' }, start } };
}

function departmentCommand(start: number): Required<Pick<Command, 'method' | 'params'>> {
  return { method: 'department.get', params: { sort: 'ID', order: 'ASC', START: start } };
}

type Answered = Extract<BatchOutcome, { ok: true }>;

function demanded(outcome: BatchOutcome | undefined): Answered {
  if (!outcome) throw new Error('A command of the batch has no outcome');
  if (!outcome.ok) throw outcome.failure;
  return outcome;
}

/** Null when the portal will not offer it; a passing failure is thrown, so that nothing is taken for absent. */
function optional(outcome: BatchOutcome | undefined): Answered | null {
  if (!outcome) return null;
  if (outcome.ok) return outcome;
  if (isRefusal(outcome.failure)) return null;
  throw outcome.failure;
}

/** Whether the portal refuses something for good: no right, no such method, not on this tariff. */
export function isRefusal(error: BitrixFailure): boolean {
  return ['SCOPE_MISSING', 'ACCESS_DENIED', 'METHOD_UNKNOWN', 'INVALID_ARGUMENT', 'NOT_FOUND'].includes(error.code);
}

/**
 * A refusal, or a failure that nobody knows: a listing that others can do without is passed over, since waiting for it
 * would hold up everything else. Reconciliation reads what such a listing would have shown.
 */
export function isUnavailable(error: BitrixFailure): boolean {
  return isRefusal(error) || error.code === 'UNKNOWN';
}

function rowList(result: unknown): PortalRow[] {
  const rows = Array.isArray(result)
    ? result
    : typeof result === 'object' && result !== null
      ? Object.values(result)
      : [];
  return rows.filter((row): row is PortalRow => typeof row === 'object' && row !== null && !Array.isArray(row));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
