import {
  type EntityKind,
  factType,
  type FactVerb,
  type PipelineConfiguration,
  type StageSemantics,
  streamOf,
} from '@funnelwatch/capture-contracts';
import { type AppendGroup, type EventLog, eventIdOf, type KeyRing, type PortalAddress } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';

/** Facts of a company so small that every figure can be counted by hand. */

const semantics: Record<string, StageSemantics> = { NEW: 'P', MEETING: 'P', PROPOSAL: 'P', WON: 'S', LOSE: 'F' };
const stageNames: Record<string, string> = {
  NEW: 'Новая',
  MEETING: 'Встреча',
  PROPOSAL: 'Предложение',
  WON: 'Успех',
  LOSE: 'Отказ',
};

const salesPipeline: PipelineConfiguration = {
  pipelineId: 'deal:0',
  name: 'Продажи',
  sort: 10,
  isDefault: true,
  stages: Object.entries(stageNames).map(([stageId, name], index) => ({
    stageId,
    name,
    sort: (index + 1) * 10,
    semantics: semantics[stageId] ?? 'P',
    color: null,
  })),
};

const servicePipeline: PipelineConfiguration = {
  ...salesPipeline,
  pipelineId: 'deal:1',
  name: 'Сервис',
  sort: 20,
  isDefault: false,
};

interface Journey {
  id: string;
  ownerId: string | null;
  roubles: number;
  currency?: string;
  /** Stage and the March day of 2026 it was entered, 12:00 in Moscow. */
  path: [stage: string, day: number][];
}

/**
 * March: 6 deals created by two sellers; 4 reach a meeting, 3 a proposal, 2 are won (150 000.50 ₽ and 1 000 $), one is
 * lost, one goes back from proposal to meeting.
 */
const journeys: Journey[] = [
  {
    id: '1',
    ownerId: '4',
    roubles: 150_000.5,
    path: [
      ['NEW', 2],
      ['MEETING', 4],
      ['PROPOSAL', 6],
      ['WON', 10],
    ],
  },
  {
    id: '2',
    ownerId: '4',
    roubles: 1000,
    currency: 'USD',
    path: [
      ['NEW', 2],
      ['MEETING', 5],
      ['PROPOSAL', 9],
      ['WON', 12],
    ],
  },
  {
    id: '3',
    ownerId: '4',
    roubles: 70_000,
    path: [
      ['NEW', 3],
      ['MEETING', 6],
      ['PROPOSAL', 8],
      ['MEETING', 11],
    ],
  },
  {
    id: '4',
    ownerId: '5',
    roubles: 20_000,
    path: [
      ['NEW', 4],
      ['MEETING', 8],
      ['LOSE', 20],
    ],
  },
  { id: '5', ownerId: '5', roubles: 30_000, path: [['NEW', 5]] },
  { id: '6', ownerId: null, roubles: 40_000, path: [['NEW', 31]] },
];

const noon = (day: number) => new Date(Date.UTC(2026, 2, day, 9)).toISOString();

export interface Fact {
  kind: EntityKind;
  id: string;
  verb: FactVerb;
  occurredAt: string;
  data: JsonObject;
  sealed?: Record<string, JsonObject>;
  actor?: NewEvent['actor'];
}

/** Appends facts of one portal in one go, sealing what is personal. */
export async function appendFacts(log: EventLog, keyRing: KeyRing, portal: PortalAddress, facts: Fact[]) {
  const groups: AppendGroup[] = [];
  for (const [index, fact] of facts.entries()) {
    const sealed: Record<string, string> = {};
    for (const [subject, fields] of Object.entries(fact.sealed ?? {})) {
      const text = await keyRing.seal(portal, subject, fields);
      if (text !== null) sealed[subject] = text;
    }
    const type = factType(fact.kind, fact.verb);
    groups.push({
      streamId: streamOf(fact.kind, fact.id),
      expected: 'any',
      events: [
        {
          eventId: eventIdOf(
            fact.occurredAt,
            `${portal.portalId}|${type}|${fact.id}|${index}|${JSON.stringify(fact.data)}`,
          ),
          streamId: streamOf(fact.kind, fact.id),
          type,
          schemaVersion: 1,
          occurredAt: fact.occurredAt,
          actor: fact.actor ?? 'unknown',
          provenance: 'observed',
          data: { kind: fact.kind, id: fact.id, ...fact.data },
          ...(Object.keys(sealed).length > 0 && { sealed }),
        },
      ],
    });
  }
  return log.append(portal, groups);
}

export async function appendSmallCompany(log: EventLog, keyRing: KeyRing, portal: PortalAddress) {
  await log.append(portal, [
    {
      streamId: 'pipelines:deal',
      expected: 'none',
      events: [
        {
          eventId: eventIdOf(noon(1), `${portal.portalId}|pipelines`),
          streamId: 'pipelines:deal',
          type: 'PipelinesConfigured',
          schemaVersion: 1,
          occurredAt: noon(1),
          actor: 'unknown',
          provenance: 'observed',
          data: JSON.parse(JSON.stringify({ kind: 'deal', pipelines: [salesPipeline, servicePipeline] })) as JsonObject,
        },
      ],
    },
  ]);
  return appendFacts(log, keyRing, portal, [
    person('4', 'Анна', 'Петрова'),
    person('5', 'Борис', 'Сидоров'),
    person('6', 'Вера', 'Орлова'),
    {
      kind: 'contact',
      id: '12',
      verb: 'Appeared',
      occurredAt: noon(2),
      data: appeared({ ownerId: '4', createdAt: noon(2), modifiedAt: noon(2) }),
      sealed: { 'contact:12': { name: 'Иван', lastName: 'Кузнецов', phones: ['+7 900 000-00-00'] } },
    },
    ...journeys.flatMap(dealFacts),
  ]);
}

function person(id: string, name: string, lastName: string): Fact {
  return {
    kind: 'user',
    id,
    verb: 'Appeared',
    occurredAt: noon(1),
    data: appeared({ active: true, departmentIds: ['1'] }),
    sealed: { [`user:${id}`]: { name, lastName } },
  };
}

const appeared = (fields: JsonObject): JsonObject => ({ fields, extra: { UF_CRM_NOTE: 'x' }, derived: {} });

export function dealFacts({ id, ownerId, roubles, currency = 'RUB', path }: Journey): Fact[] {
  const [first] = path;
  const last = path.at(-1);
  if (!first || !last) return [];
  const createdAt = noon(first[1]);
  const subject = `deal:${id}`;
  return [
    {
      kind: 'deal',
      id,
      verb: 'Appeared',
      occurredAt: createdAt,
      actor: 'user:4',
      data: appeared({
        pipelineId: 'deal:0',
        stageId: last[0],
        stageSemantics: semantics[last[0]] ?? 'P',
        ownerId,
        createdBy: '4',
        modifiedBy: '4',
        movedBy: null,
        createdAt,
        modifiedAt: noon(last[1]),
        movedAt: noon(last[1]),
        amountKopecks: String(Math.round(roubles * 100)),
        currency,
        contactId: '12',
        companyId: null,
        leadId: null,
        sourceId: null,
        closed: last[0] === 'WON' || last[0] === 'LOSE',
        expectedCloseDate: null,
      }),
      sealed: { [subject]: { title: `Сделка № ${id}`, comments: 'позвонить' } },
    },
    ...path.map(([stageId, day], index): Fact => ({
      kind: 'deal',
      id,
      verb: 'StageMoved',
      occurredAt: noon(day),
      data: {
        moveId: `move-${id}-${index}`,
        pipelineId: 'deal:0',
        stageId,
        semantics: semantics[stageId] ?? 'P',
        order: Number(id) * 100 + index,
        entry: index === 0 ? 'created' : 'moved',
      },
    })),
  ];
}
