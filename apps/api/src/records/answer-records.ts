import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { streamOf } from '@funnelwatch/capture-contracts';
import { KeyRing, type PortalAddress } from '@funnelwatch/event-log';
import type { FunnelReader, RecordView as FunnelRecord } from '@funnelwatch/funnel';
import { type JsonObject, Rejection, type StoredEvent } from '@funnelwatch/kernel';
import { z } from 'zod';
import { funnelReader } from '../funnel/funnel-reader.token.js';
import { PersonalReads } from '../access/personal-reads.js';
import { decodeCursor, encodeCursor } from '../http/cursor.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { Scopes } from '../time-travel/scopes.js';
import { eventView } from './event-view.js';
import { LabelReader } from './label-reader.js';
import { OwnRecords } from './own-records.js';
import { portalCardUrl } from './portal-card.js';
import { ListRecordEventsQuery, ShowRecordQuery } from './records.query.js';
import type { RecordEventPage, RecordView } from './records.schemas.js';
import { TimeLines } from './time-line.js';
import { Titles } from './titles.js';

@QueryHandler(ShowRecordQuery)
export class AnswerRecord implements IQueryHandler<ShowRecordQuery> {
  constructor(
    @Inject(funnelReader) private readonly reader: FunnelReader,
    private readonly portals: PortalDirectory,
    private readonly scopes: Scopes,
    private readonly people: People,
    private readonly labels: LabelReader,
    private readonly titles: Titles,
    private readonly own: OwnRecords,
    private readonly personal: PersonalReads,
  ) {}

  async execute({ record: asked, moment }: ShowRecordQuery): Promise<RecordView> {
    const portal = await this.portals.get(asked.portalId);
    const scope = await this.scopes.of(asked.portalId, moment.asAt);
    await this.own.refuseForeign(scope, asked.kind, asked.recordId);
    const record = await this.reader.record(
      scope,
      asked.kind,
      asked.recordId,
      moment.asOf === undefined ? {} : { asOf: new Date(moment.asOf) },
    );
    const isShown = await this.personal.opens(moment.personal, `${asked.kind}:${asked.recordId}`);
    const names = await this.people.names(scope);
    const labels = await this.labels.of(scope);
    const [title = null] = isShown ? await this.titles.open(scope, [{ kind: asked.kind, title: record.title }]) : [];
    return {
      kind: record.kind,
      id: record.id,
      title: asked.kind === 'user' ? names.of(record.id) : title,
      portalUrl: record.state === 'present' ? portalCardUrl(portal.origin, asked.kind, record.id) : null,
      state: record.state,
      mergedInto: record.mergedInto,
      goneAt: record.goneAt,
      ...names.ownerRef(record.ownerId),
      amountKopecks: record.amountKopecks === null ? null : String(record.amountKopecks),
      currency: record.currency,
      pipelineId: record.pipelineId,
      pipelineName: labels.pipeline(record.pipelineId),
      stageId: record.stageId,
      stageName: labels.stage(record.pipelineId, record.stageId),
      createdAt: record.createdAt,
      modifiedAt: record.modifiedAt,
      links: linksOf(record),
      visits: record.visits.map(({ durationMs, ...visit }) => ({
        ...visit,
        pipelineName: labels.pipeline(visit.pipelineId),
        stageName: labels.stage(visit.pipelineId, visit.stageId),
        seconds: Math.round(durationMs / 1000),
      })),
      personal: moment.personal,
      asOf: record.asOf,
    };
  }
}

function linksOf({ contactId, companyId, leadId }: FunnelRecord): RecordView['links'] {
  const links = { contact: contactId, company: companyId, lead: leadId };
  return Object.entries(links).flatMap(([kind, id]) => (id === null ? [] : [{ kind, id }]));
}

const timeLinePlace = z.strictObject({ occurredAt: z.iso.datetime(), position: z.int().positive() });

@QueryHandler(ListRecordEventsQuery)
export class AnswerRecordEvents implements IQueryHandler<ListRecordEventsQuery> {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly scopes: Scopes,
    private readonly labels: LabelReader,
    private readonly timeLines: TimeLines,
    private readonly own: OwnRecords,
    private readonly personal: PersonalReads,
    private readonly keyRing: KeyRing,
  ) {}

  async execute({ record, page }: ListRecordEventsQuery): Promise<RecordEventPage> {
    const scope = await this.portals.scopeOf(record.portalId);
    await this.own.refuseForeignStream(scope, record.kind, record.recordId);
    const streamId = streamOf(record.kind, record.recordId);
    const list = {
      portalId: record.portalId,
      streamId,
      order: page.order,
      asOf: page.asOf ?? null,
      asAt: page.asAt ?? null,
    };
    const after = page.cursor === undefined ? null : decodeCursor(list, page.cursor, timeLinePlace);
    const { events, next } = await this.timeLines.page(scope, streamId, {
      ...page,
      through: page.asOf ?? null,
      knownThrough: page.asAt === undefined ? null : await this.scopes.positionOf(scope, page.asAt),
      after,
    });
    if (events.length === 0 && after === null) {
      throw new Rejection(
        'RECORD_UNKNOWN',
        page.asOf === undefined && page.asAt === undefined
          ? 'Nothing is known of this record.'
          : 'Nothing had happened to this record, or was known of it, at the moment asked about.',
      );
    }
    const labels = await this.labels.of(scope);
    const isShown = await this.personal.opens(page.personal, streamId);
    const opened = isShown ? await this.open(scope, events) : [];
    return {
      items: events.map((event, index) => eventView(event, opened[index] ?? {}, labels)),
      personal: page.personal,
      nextCursor: next && encodeCursor(list, next),
    };
  }

  /** Personal fields of each event in clear, those of all its subjects together. */
  private async open(portal: PortalAddress, events: StoredEvent[]): Promise<JsonObject[]> {
    const texts = events.flatMap(({ sealed }) => Object.entries(sealed ?? {}));
    const opened = await this.keyRing.openMany(
      portal,
      texts.map(([subject, text]) => ({ subject, text })),
    );
    let taken = 0;
    return events.map(({ sealed }) => {
      const count = Object.keys(sealed ?? {}).length;
      taken += count;
      return Object.assign({}, ...opened.slice(taken - count, taken)) as JsonObject;
    });
  }
}
