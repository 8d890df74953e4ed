/**
 * The history of a simulated company is a script: operations in time order that a portal model applies. The portal
 * model (apps/portal-sim) adds the side effects a real portal has: modified times, stage history rows, closing of
 * activities. Field names are those of the portal's classic methods (UPPER_CASE), values its classic scalars
 * (strings, or null), for invoices those of `crm.item.*` (camelCase).
 *
 * - Instants inside fields are ISO 8601 in UTC (`2026-09-01T10:00:00Z`), dates `YYYY-MM-DD`.
 * - `category`: as in `crm.category.list` (`entityTypeId`, `name`, `sort`, `isDefault`); `status`: as in
 *   `crm.status.list`; `userfield`: as in `crm.deal.userfield.list` with ENTITY_ID; `currency`: id is the code.
 * - `user` and `department`: as in `user.get` (ACTIVE is a boolean, UF_DEPARTMENT numbers) and `department.get`.
 * - `activity`: COMMUNICATIONS `[{TYPE, VALUE, ENTITY_ID, ENTITY_TYPE_ID}]`, FILES `[{id, url}]`,
 *   BINDINGS `[{OWNER_TYPE_ID, OWNER_ID}]` (the owner included); CREATED is the time of the operation.
 * - `task`: keys as in `tasks.task.add`; a finished one gets STATUS `5`.
 * - `import` keeps DATE_CREATE, DATE_MODIFY, MOVED_TIME and CREATED_BY_ID as given and writes no stage history row;
 *   an ASSIGNED_BY_ID of null stays: nobody is responsible.
 * - Ids of one entity grow with the time of creation. Operations of one second are applied in the order given.
 */
export type PortalEntity =
  | 'user'
  | 'department'
  | 'category'
  | 'status'
  | 'userfield'
  | 'currency'
  | 'lead'
  | 'deal'
  | 'contact'
  | 'company'
  | 'requisite'
  | 'invoice'
  | 'activity'
  | 'call'
  | 'task';

export type PortalFields = Record<string, unknown>;

/** Who acts: a user id, `robot` (automation of the portal), or `import` (keeps old dates, starts no automation). */
export type PortalDoer = string;

interface OperationBase {
  /** CRM time in milliseconds since the epoch; whole seconds. */
  at: number;
  by: PortalDoer;
}

export type PortalOperation = OperationBase &
  (
    | { op: 'add'; entity: PortalEntity; id: string; fields: PortalFields }
    /**
     * `classic`: as crm.deal.update (modified time moves even when nothing changed, category is dropped).
     * `item`: as crm.item.update (may change the category). `silent`: an internal update that moves no modified time.
     */
    | { op: 'update'; entity: PortalEntity; id: string; fields: PortalFields; way: 'classic' | 'item' | 'silent' }
    | { op: 'delete'; entity: PortalEntity; id: string }
    /** The losers vanish without a pointer; their activities, calls and links are re-bound to the winner. */
    | { op: 'merge'; entity: 'lead' | 'deal' | 'contact' | 'company'; id: string; losers: string[] }
    | { op: 'set-product-rows'; ownerType: 'L' | 'D' | 'SI'; ownerId: string; rows: PortalFields[] }
  );
