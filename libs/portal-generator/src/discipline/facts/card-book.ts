import { PortalCalendar } from '../../world/portal-calendar.js';
import type { PortalFields, PortalOperation } from '../../script.js';
import type { ActivityBook } from './activity-book.js';
import type { ConfigurationBook } from './configuration-book.js';
import type { Card, CardKind, Move } from './facts.js';
import {
  cardFields,
  classicName,
  dateIn,
  doerIn,
  idIn,
  instantIn,
  kopecksIn,
  productRows,
  shortNames,
  textIn,
} from './portal-values.js';
import { writeValue, writeVersion } from './versions.js';

type Add = PortalOperation & { op: 'add' };
type Update = PortalOperation & { op: 'update' };
type Staged = 'lead' | 'deal' | 'invoice';

interface KnownCard {
  raw: PortalFields;
  phones: string[];
  emails: string[];
  stageId: string;
  pipelineId: string;
  semantics: 'P' | 'S' | 'F';
  movedAt: number;
  movedBy: string | null;
  modifiedAt: number;
  record: Card;
}

const linkFields = { contact: 'CONTACT_ID', company: 'COMPANY_ID', lead: 'LEAD_ID', deal: 'PARENT_ID_2' } as const;
const typeNames = { deal: 'Сделка', lead: 'Лид', invoice: 'Счёт' } as const;
const weekMs = 7 * 24 * 3_600_000;
const stageField = (kind: CardKind) => (kind === 'lead' ? 'STATUS_ID' : 'STAGE_ID');
const isStaged = (kind: CardKind): kind is Staged => kind === 'lead' || kind === 'deal' || kind === 'invoice';

/** Leads, deals, contacts, companies and invoices of a portal, with what the portal does to them by itself. */
export class CardBook {
  baseCurrency = 'RUB';
  /** The first entry of the dictionary of sources: what a new card gets when nobody names one. */
  defaultSource: string | null = null;
  readonly cards = new Map<string, KnownCard>();
  private readonly calendar: PortalCalendar;
  private order = 0;

  constructor(
    private readonly configuration: ConfigurationBook,
    private readonly activities: ActivityBook,
    zone: string,
  ) {
    this.calendar = new PortalCalendar(zone, true);
  }

  add(kind: CardKind, { id, at, by, fields }: Add): void {
    const given = classicNames(fields);
    const isImport = by === 'import';
    const doer = doerIn(by);
    const createdAt = (isImport ? instantIn(given['DATE_CREATE']) : null) ?? at;
    const modifiedAt = (isImport ? instantIn(given['DATE_MODIFY']) : null) ?? createdAt;
    const creator = isImport ? (idIn(given['CREATED_BY_ID']) ?? doer) : doer;
    const raw: PortalFields = { ...this.defaults(kind, id, createdAt, doer), ...given };
    if (isStaged(kind) && textIn(raw['TITLE']) === null) raw['TITLE'] = `${typeNames[kind]} #${id}`;
    const known: KnownCard = {
      raw,
      phones: valuesIn(given['PHONE']),
      emails: valuesIn(given['EMAIL']),
      stageId: '',
      pipelineId: '',
      semantics: 'P',
      movedAt: createdAt,
      movedBy: idIn(creator),
      modifiedAt,
      record: {
        kind,
        id,
        createdAt,
        createdBy: idIn(creator),
        versions: [],
        moves: [],
        productRows: [],
        goneAt: null,
        goneAs: null,
      },
    };
    if (isStaged(kind)) this.placeNew(kind, known, isImport);
    known.record.versions.push({ at: createdAt, fields: cardFields(raw, known.phones, known.emails) });
    this.cards.set(`${kind}:${id}`, known);
  }

  update(kind: CardKind, { id, at, by, way, fields }: Update): void {
    const known = this.cards.get(`${kind}:${id}`);
    if (!known || known.record.goneAt !== null) return;
    const given = classicNames(fields);
    const before = JSON.stringify([known.raw, known.phones, known.emails, known.stageId]);
    const moved = isStaged(kind) ? this.move(kind, known, given, way, at, idIn(doerIn(by))) : false;
    for (const [name, value] of Object.entries(given)) {
      if (ownFields.has(name) || name === stageField(kind) || name === 'CATEGORY_ID') continue;
      const isEmpty = textIn(value) === null;
      if ((name === 'TITLE' || name.endsWith('DATE')) && isEmpty) continue;
      if (name === 'ASSIGNED_BY_ID' && idIn(value) === null) continue;
      if (name === 'PHONE') known.phones = [...known.phones, ...valuesIn(value)];
      else if (name === 'EMAIL') known.emails = [...known.emails, ...valuesIn(value)];
      // The portal's own close date of the end of a card is written over what its mover wrote.
      else if (name !== 'CLOSEDATE' || moved !== 'ended') known.raw[name] = asKept(name, value);
    }
    const changed = before !== JSON.stringify([known.raw, known.phones, known.emails, known.stageId]);
    if (way === 'classic' || (way === 'item' && changed)) known.modifiedAt = at;
    writeVersion(known.record, at, cardFields(known.raw, known.phones, known.emails));
  }

  remove(entity: string, id: string, at: number, as: 'deleted' | 'merged'): void {
    const known = this.cards.get(`${entity}:${id}`);
    if (!known || known.record.goneAt !== null) return;
    known.record.goneAt = at;
    known.record.goneAs = as;
    this.activities.unbind(`${entity}:${id}`, at);
  }

  merge({ entity, id, losers, at, by }: PortalOperation & { op: 'merge' }): void {
    const winner = this.cards.get(`${entity}:${id}`);
    if (!winner || winner.record.goneAt !== null) return;
    for (const loserId of losers) {
      const loser = this.cards.get(`${entity}:${loserId}`);
      if (!loser || loser === winner || loser.record.goneAt !== null) continue;
      winner.phones = [...new Set([...winner.phones, ...loser.phones])];
      winner.emails = [...new Set([...winner.emails, ...loser.emails])];
      const leftTrace = this.activities.rebind(`${entity}:${loserId}`, `${entity}:${id}`, at, doerIn(by));
      this.rebindLinks(linkFields[entity], loserId, id, at);
      this.remove(entity, loserId, at, leftTrace ? 'merged' : 'deleted');
    }
    winner.modifiedAt = at;
    writeVersion(winner.record, at, cardFields(winner.raw, winner.phones, winner.emails));
  }

  setProductRows({ ownerType, ownerId, rows, at }: PortalOperation & { op: 'set-product-rows' }): void {
    const known = this.cards.get(`${shortNames[ownerType]}:${ownerId}`);
    if (!known || known.record.goneAt !== null) return;
    writeValue(known.record.productRows, at, productRows(rows));
    if (known.raw['IS_MANUAL_OPPORTUNITY'] !== 'Y') {
      const sum = rows.reduce((total, row) => total + kopecksIn(row['PRICE']) * Number(row['QUANTITY'] ?? 1), 0);
      known.raw['OPPORTUNITY'] = (Math.round(sum) / 100).toFixed(2);
    }
    known.modifiedAt = at;
    writeVersion(known.record, at, cardFields(known.raw, known.phones, known.emails));
  }

  all(): Card[] {
    return [...this.cards.values()].map(({ record }) => record);
  }

  private defaults(kind: CardKind, id: string, createdAt: number, doer: string): PortalFields {
    const assigned = { ASSIGNED_BY_ID: idIn(doer) ?? '1' };
    if (!isStaged(kind)) return assigned;
    const titled = { ...assigned, TITLE: `${typeNames[kind]} #${id}`, CURRENCY_ID: this.baseCurrency };
    if (kind === 'lead') return { ...titled, SOURCE_ID: this.defaultSource };
    const dates = {
      BEGINDATE: this.calendar.dateOf(createdAt),
      CLOSEDATE: this.calendar.dateOf(createdAt + weekMs),
    };
    return kind === 'deal'
      ? { ...titled, ...dates, SOURCE_ID: this.defaultSource }
      : { ...titled, ...dates, ACCOUNT_NUMBER: id };
  }

  private placeNew(kind: Staged, known: KnownCard, isImport: boolean): void {
    const { raw, record } = known;
    const category = textIn(raw['CATEGORY_ID']);
    known.pipelineId =
      kind === 'lead' ? 'lead:0' : category === null ? this.configuration.defaultPipeline(kind) : `${kind}:${category}`;
    const wanted = textIn(raw[stageField(kind)]) ?? '';
    const isKnown = this.configuration.semanticsOf(known.pipelineId, wanted) !== null;
    known.stageId = isKnown ? wanted : this.configuration.firstStage(known.pipelineId);
    known.semantics = this.configuration.semanticsOf(known.pipelineId, known.stageId) ?? 'P';
    if (isImport) {
      known.movedAt = instantIn(raw['MOVED_TIME']) ?? record.createdAt;
      known.movedBy = idIn(raw['MOVED_BY_ID']) ?? record.createdBy;
    }
    if (known.semantics !== 'P' && kind !== 'lead') raw['CLOSEDATE'] = this.calendar.dateOf(record.createdAt);
    record.moves.push(this.moveOf(known, known.movedAt, known.movedBy, !isImport));
  }

  /** Where an update puts a card. A stage of another pipeline is ignored; only an item update changes the pipeline. */
  private move(
    kind: Staged,
    known: KnownCard,
    given: PortalFields,
    way: Update['way'],
    at: number,
    mover: string | null,
  ): 'ended' | boolean {
    const wanted = textIn(given[stageField(kind)]) ?? '';
    const category = way === 'classic' || kind === 'lead' ? null : textIn(given['CATEGORY_ID']);
    const target = category === null ? known.pipelineId : `${kind}:${category}`;
    if (target !== known.pipelineId && !this.configuration.hasPipeline(target)) return false;
    const isKnown = this.configuration.semanticsOf(target, wanted) !== null;
    const stageId = isKnown
      ? wanted
      : target === known.pipelineId
        ? known.stageId
        : this.configuration.firstStage(target);
    if (target === known.pipelineId && stageId === known.stageId) return false;
    const wasFinal = known.semantics !== 'P';
    known.pipelineId = target;
    known.stageId = stageId;
    known.semantics = this.configuration.semanticsOf(target, stageId) ?? 'P';
    known.movedAt = at;
    known.movedBy = mover;
    const { moves } = known.record;
    // The last move of an instant is the one whose mover the portal names, for all of that instant.
    for (const move of moves) if (move.at === at) move.mover = mover;
    moves.push(this.moveOf(known, at, mover, true));
    if (known.semantics === 'P') return true;
    this.activities.completeOpen(`${kind}:${known.record.id}`, at);
    if (kind === 'lead' || wasFinal) return true;
    known.raw['CLOSEDATE'] = this.calendar.dateOf(at);
    return 'ended';
  }

  private moveOf(known: KnownCard, at: number, mover: string | null, isRow: boolean): Move {
    this.order += 1;
    const { pipelineId, stageId, semantics } = known;
    return { at, order: this.order, pipelineId, stageId, semantics, mover, isRow };
  }

  private rebindLinks(field: string, loserId: string, winnerId: string, at: number): void {
    for (const known of this.cards.values()) {
      if (known.record.goneAt !== null || idIn(known.raw[field]) !== loserId) continue;
      known.raw[field] = winnerId;
      known.modifiedAt = at;
      writeVersion(known.record, at, cardFields(known.raw, known.phones, known.emails));
    }
  }
}

/** Fields that an update never sets. */
const ownFields = new Set(['ID', 'DATE_CREATE', 'DATE_MODIFY', 'CREATED_BY_ID', 'MOVED_BY_ID', 'MOVED_TIME']);

function classicNames(fields: PortalFields): PortalFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [classicName(name), value]));
}

/** As the portal keeps it: what is the same to the portal is the same here. */
function asKept(name: string, value: unknown): unknown {
  if (name === 'OPPORTUNITY') return (kopecksIn(value) / 100).toFixed(2);
  if (name.endsWith('DATE')) return dateIn(value);
  return textIn(value);
}

function valuesIn(raw: unknown): string[] {
  if (!Array.isArray(raw)) return [];
  return (raw as PortalFields[]).map((entry) => textIn(entry['VALUE'])).filter((value) => value !== null);
}
