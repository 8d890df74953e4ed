import { z } from 'zod';
import type { BitrixClient, CallOptions } from './client.js';
import { BitrixFailure } from './failure.js';
import { entityTypeIds, idOf, type Listing, listingCommand, listings, type Row, rowsOf } from './listings.js';
import { isMap, type PortalTime } from './portal-time.js';

type ReadOptions = Omit<CallOptions, 'idempotent'>;

const identifier = z.union([z.string(), z.number()]).transform(String);

const profileShape = z.looseObject({
  ID: identifier,
  ADMIN: z.union([z.boolean(), z.string()]).optional(),
  NAME: z.string().nullish(),
  LAST_NAME: z.string().nullish(),
  TIME_ZONE: z.string().nullish(),
});

export interface PortalProfile {
  userId: string;
  isAdministrator: boolean;
  /** IANA name of the owner's zone; null when the portal's own is used. */
  zone: string | null;
}

/** Who the webhook acts for. Needs no right, so it serves as a probe. */
export async function readProfile(client: BitrixClient, options?: ReadOptions): Promise<PortalProfile> {
  const { result } = await client.call('profile', {}, options);
  const profile = parse(client, 'profile', profileShape, result);
  return {
    userId: profile.ID,
    isAdministrator: profile.ADMIN === true || profile.ADMIN === 'Y',
    zone: profile.TIME_ZONE ? profile.TIME_ZONE : null,
  };
}

/** The portal's clock, with the offset of its zone as printed: `2026-08-05T09:02:13+03:00`. */
export async function readServerTime(client: BitrixClient, options?: ReadOptions): Promise<string> {
  const { result } = await client.call('server.time', {}, options);
  return parse(client, 'server.time', z.iso.datetime({ offset: true }), result);
}

/** The rights ticked for the webhook. */
export async function readScopes(client: BitrixClient, options?: ReadOptions): Promise<string[]> {
  const { result } = await client.call('scope', {}, options);
  return parse(client, 'scope', z.array(z.string()), result);
}

const categoryShape = z.looseObject({
  id: identifier,
  name: z.string(),
  sort: z.coerce.number(),
  isDefault: z.enum(['Y', 'N']).optional(),
});
export type CategoryRow = z.output<typeof categoryShape>;

/** Pipelines of a type (deals 2, invoices 31) that the webhook's owner can see. */
export async function readCategories(
  client: BitrixClient,
  entityTypeId: number,
  options?: ReadOptions,
): Promise<CategoryRow[]> {
  const shape = z.looseObject({ categories: z.array(categoryShape) });
  const rows: CategoryRow[] = [];
  for await (const result of pages(client, 'crm.category.list', { entityTypeId }, 'start', options)) {
    rows.push(...parse(client, 'crm.category.list', shape, result).categories);
  }
  return rows;
}

/** All dictionaries and stages: rows with ENTITY_ID, STATUS_ID, NAME, SORT, SEMANTICS. */
export function readStatuses(client: BitrixClient, options?: ReadOptions): Promise<Row[]> {
  return readAllPages(client, 'crm.status.list', { order: { ID: 'ASC' } }, 'start', options);
}

/** All departments; the one without PARENT is the company. */
export function readDepartments(client: BitrixClient, options?: ReadOptions): Promise<Row[]> {
  return readAllPages(client, 'department.get', { sort: 'ID', order: 'ASC' }, 'START', options);
}

/** All currencies with their rates; the base one has BASE = Y. */
export async function readCurrencies(client: BitrixClient, options?: ReadOptions): Promise<Row[]> {
  const { result } = await client.call('crm.currency.list', {}, options);
  return rowList(result);
}

const getMethods = {
  lead: { method: 'crm.lead.get', idName: 'id', at: '' },
  deal: { method: 'crm.deal.get', idName: 'id', at: '' },
  contact: { method: 'crm.contact.get', idName: 'id', at: '' },
  company: { method: 'crm.company.get', idName: 'id', at: '' },
  invoice: { method: 'crm.item.get', idName: 'id', at: 'item', entityTypeId: entityTypeIds.invoice },
  activity: { method: 'crm.activity.get', idName: 'id', at: '' },
  task: { method: 'tasks.task.get', idName: 'taskId', at: 'task' },
} as const;
/** Kinds that a method of their own reads one by one. */
export type GettableKind = keyof typeof getMethods;

/** The call that reads one record, to put into a batch. */
export function getCommand(kind: GettableKind, id: string | number) {
  const known = getMethods[kind];
  const type = 'entityTypeId' in known ? { entityTypeId: known.entityTypeId } : {};
  return { method: known.method, params: { ...type, [known.idName]: id } };
}

/** One record as the portal shows it now; null when the portal says that it does not exist. */
export async function readRecord(
  client: BitrixClient,
  kind: GettableKind | 'requisite' | 'call',
  id: string | number,
  options?: ReadOptions,
): Promise<{ row: Row; time: PortalTime | null } | null> {
  // Calls have no method for one of them, requisites not on every portal: their list is asked for one id.
  if (kind === 'requisite' || kind === 'call') return readListed(client, listings[`${kind}s`], id, options);
  const { method, params } = getCommand(kind, id);
  try {
    const { result, time } = await client.call(method, params, options);
    const { at } = getMethods[kind];
    const row = at === '' ? result : isMap(result) ? result[at] : null;
    return isMap(row) ? { row, time } : null;
  } catch (error) {
    if (error instanceof BitrixFailure && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

async function readListed(
  client: BitrixClient,
  listing: Listing,
  id: string | number,
  options?: ReadOptions,
): Promise<{ row: Row; time: PortalTime | null } | null> {
  const { method, params } = listingCommand(listing, { filter: { [listing.filterId]: id } });
  const { result, time } = await client.call(method, params, options);
  const row = rowsOf(listing, result).find((candidate) => idOf(listing, candidate) === Number(id));
  return row ? { row, time } : null;
}

/** Stage history of some owners, all pages, in the order of row ids. */
export async function readStageHistoryOf(
  client: BitrixClient,
  kind: 'lead' | 'deal' | 'invoice',
  ownerIds: readonly (string | number)[],
  options?: ReadOptions,
): Promise<{ rows: Row[]; time: PortalTime | null }> {
  const listing: Listing = listings[`${kind}StageHistory`];
  const rows: Row[] = [];
  let time: PortalTime | null = null;
  for (let start = 0; ;) {
    const params = { ...listing.fixed, filter: { '@OWNER_ID': ownerIds }, start };
    const answer = await client.call(listing.method, params, options);
    time ??= answer.time;
    rows.push(...rowsOf(listing, answer.result));
    if (answer.next === null || answer.next <= start) return { rows, time };
    start = answer.next;
  }
}

async function readAllPages(
  client: BitrixClient,
  method: string,
  params: Record<string, string | Record<string, string>>,
  startName: 'start' | 'START',
  options?: ReadOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const result of pages(client, method, params, startName, options)) rows.push(...rowList(result));
  return rows;
}

async function* pages(
  client: BitrixClient,
  method: string,
  params: Record<string, string | number | Record<string, string>>,
  startName: 'start' | 'START',
  options?: ReadOptions,
): AsyncGenerator<unknown, void, undefined> {
  for (let start = 0; ;) {
    const answer = await client.call(method, { ...params, [startName]: start }, options);
    yield answer.result;
    if (answer.next === null || answer.next <= start) return;
    start = answer.next;
  }
}

function rowList(result: unknown): Row[] {
  if (Array.isArray(result)) return result.filter(isMap);
  return isMap(result) ? Object.values(result).filter(isMap) : [];
}

/** An answer of another shape than Bitrix24's is a failure in our words, not a stack of a parser. */
function parse<Shape extends z.ZodType>(
  client: BitrixClient,
  method: string,
  shape: Shape,
  result: unknown,
): z.output<Shape> {
  const parsed = shape.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new BitrixFailure('NOT_JSON', 'never', {
    host: client.host,
    method,
    status: 200,
    portalCode: null,
    reason: 'no-result',
    scope: null,
    newHost: null,
  });
}
