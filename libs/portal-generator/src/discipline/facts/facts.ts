/**
 * What is known of a portal, as plain histories: every record with its values over time. Instants are milliseconds.
 * Ids are texts; null means none. Money is whole kopecks. How the facts came to be known is the business of
 * `live-facts.ts` and `history-facts.ts`.
 */
export type CardKind = 'lead' | 'deal' | 'contact' | 'company' | 'invoice';

/** A value from an instant on, oldest first, at most one an instant. */
export interface Version<Fields> {
  at: number;
  fields: Fields;
}

export interface FactRecord<Fields> {
  id: string;
  createdAt: number;
  /** The first one lies at `createdAt`. */
  versions: Version<Fields>[];
  /** Deleted, or merged into another record. */
  goneAt: number | null;
}

/** Fields of leads, deals, contacts, companies and invoices; those a kind lacks are empty. */
export interface CardFields {
  ownerId: string | null;
  title: string | null;
  /** First and last name of a contact or lead. */
  name: string | null;
  lastName: string | null;
  amountKopecks: number;
  isAmountManual: boolean;
  currency: string | null;
  contactId: string | null;
  companyId: string | null;
  leadId: string | null;
  dealId: string | null;
  quoteId: string | null;
  myCompanyId: string | null;
  sourceId: string | null;
  /** Channel that made the record. */
  origin: string | null;
  comments: string | null;
  statusDescription: string | null;
  /** Expected close of a deal, due date of an invoice, `YYYY-MM-DD`. */
  closeDate: string | null;
  beginDate: string | null;
  number: string | null;
  /** Of the address, or of the one it is registered at. */
  city: string | null;
  phones: string[];
  emails: string[];
  /** User fields; a "no" is empty. */
  user: Readonly<Record<string, string | null>>;
}

export interface Move {
  at: number;
  /** Orders moves of one instant. */
  order: number;
  pipelineId: string;
  stageId: string;
  semantics: 'P' | 'S' | 'F';
  /** User who moved it, where the portal tells. */
  mover: string | null;
  /** A row of the stage history; false when it was reconstructed from the record alone. */
  isRow: boolean;
}

export interface ProductRow {
  productId: string | null;
  priceKopecks: number;
  quantity: number;
  discountPercent: number;
}

export interface Card extends FactRecord<CardFields> {
  kind: CardKind;
  createdBy: string | null;
  /** Ascending by instant and order; none for contacts and companies. */
  moves: Move[];
  productRows: Version<ProductRow[]>[];
  /** A merge that took no activity along looks like a deletion and counts as one. */
  goneAs: 'deleted' | 'merged' | null;
}

export type Direction = 'incoming' | 'outgoing' | 'none';

export interface ActivityFields {
  what: 'meeting' | 'call' | 'letter' | 'message' | 'to-do' | 'other';
  direction: Direction;
  isDone: boolean;
  /** Closed by the portal itself because its record came to an end. */
  isClosedByPortal: boolean;
  responsibleId: string | null;
  editorId: string | null;
  /** `deal:12`: the record whose card it was made on. */
  owner: string | null;
  /** The owner alone: what else an activity is bound to nobody learns. */
  boundTo: string[];
  startAt: number | null;
  endAt: number | null;
  deadline: number | null;
  fileCount: number;
  description: string | null;
}

export type Activity = FactRecord<ActivityFields>;

export interface TaskFields {
  isDone: boolean;
  closedAt: number | null;
  changedBy: string | null;
  deadline: number | null;
  boundTo: string[];
}

export type Task = FactRecord<TaskFields>;

/** A row of the telephony statistics. */
export interface Call {
  id: string;
  activityId: string | null;
  userId: string | null;
  direction: Direction;
  startedAt: number;
  seconds: number;
  isConnected: boolean;
  phone: string | null;
  comment: string | null;
}

export interface RequisiteFields {
  companyId: string | null;
  inn: string | null;
  kpp: string | null;
  ogrn: string | null;
  ogrnip: string | null;
}

export type Requisite = FactRecord<RequisiteFields>;

export interface EmployeeFields {
  isActive: boolean;
  phones: string[];
  email: string | null;
}

export type Employee = FactRecord<EmployeeFields>;

export interface ConfiguredPipeline {
  id: string;
  /** In the order of the configuration. */
  stages: { id: string; semantics: 'P' | 'S' | 'F' }[];
}

/** The pipelines of one kind as they were read at an instant. */
export interface ConfigurationReading {
  at: number;
  kind: 'lead' | 'deal' | 'invoice';
  pipelines: ConfiguredPipeline[];
  /** Names and all: two readings that differ have different texts. */
  text: string;
}

export interface Facts {
  cards: Card[];
  activities: Activity[];
  tasks: Task[];
  calls: Call[];
  requisites: Requisite[];
  employees: Employee[];
  /** Ascending by instant. */
  configurations: ConfigurationReading[];
}
