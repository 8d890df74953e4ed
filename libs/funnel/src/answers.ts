import type { PipelineObjectKind, StageSemantics } from '@funnelwatch/capture-contracts';
import type { Provenance } from '@funnelwatch/kernel';
import type { Interval } from '@funnelwatch/statistics';
import type { Amounts, AsOf, CohortDefinition } from './scope.js';

export interface StageView {
  stageId: string;
  name: string;
  sort: number;
  semantics: StageSemantics;
  color: string | null;
  /** Place on the way to the win, 0 first; null for lost stages and for stages no configuration ever named. */
  rank: number | null;
  isRemoved: boolean;
  /** What the stage means to the business (`meeting`, `proposal` …), as decided for the moment asked about. */
  meaning: string | null;
}

export interface PipelineView {
  pipelineId: string;
  kind: PipelineObjectKind;
  name: string;
  sort: number;
  isDefault: boolean;
  isRemoved: boolean;
  /** Ranked stages by rank, then lost ones in the order of the configuration, then unknown ones. */
  stages: StageView[];
}

/** A rate as integers: `converted` of `counted`. The interval is null when nothing counts. */
export interface Rate {
  counted: number;
  converted: number;
  /** Wilson 95 % as shares from 0 to 1. */
  interval: Interval | null;
  /** True when the rate must be printed as "too few". */
  tooFew: boolean;
}

interface FunnelAnswer {
  asOf: AsOf;
  pipeline: PipelineView;
}

export interface NowTotals {
  stages: { stageId: string; count: number; amount: Amounts }[];
  count: number;
  amount: Amounts;
  open: { count: number; amount: Amounts };
  won: { count: number; amount: Amounts };
  lost: { count: number; amount: Amounts };
}

export interface FunnelNow extends FunnelAnswer {
  definition: 'now';
  all: NowTotals;
  sellers: (NowTotals & { sellerId: string })[];
  /** Objects that left every figure; not narrowed to a seller. */
  gone: { deleted: number; merged: number };
}

export interface FlowTotals {
  stages: { stageId: string; entries: number; visits: number }[];
  created: number;
  won: number;
  wonAmount: Amounts;
  lost: number;
  lostAmount: Amounts;
  rollbacks: number;
  reopened: number;
  left: number;
  /** Entries over entries: not a probability, may exceed 1. `from` is the denominator. */
  periodRatios: { fromStageId: string; toStageId: string; from: number; to: number }[];
}

export interface FunnelFlow extends FunnelAnswer {
  definition: 'flow';
  from: string;
  to: string;
  all: FlowTotals;
  sellers: (FlowTotals & { sellerId: string })[];
}

export interface CohortStep extends Rate {
  fromStageId: string;
  toStageId: string;
  population: number;
  immature: number;
  /** Of the immature ones, those that left for another pipeline. */
  censored: number;
}

export interface CohortTotals {
  /** Each stage to the next one. */
  steps: CohortStep[];
  /** The first stage to the won one; null when the pipeline has no two ranked stages. */
  overall: CohortStep | null;
  /** One population at the first stage, followed through all; always by `reached`. Its rates multiply exactly. */
  chain: CohortStep[];
}

export interface FunnelCohort extends FunnelAnswer {
  definition: CohortDefinition;
  from: string;
  to: string;
  horizonDays: number | null;
  all: CohortTotals;
  sellers: (CohortTotals & { sellerId: string })[];
}

export interface TransitionRow {
  fromStageId: string;
  exits: number;
  /** `toStageId` null: left for another pipeline. The counts add up to `exits`. */
  to: (Rate & { toStageId: string | null })[];
}

export interface FunnelTransitions extends FunnelAnswer {
  definition: 'transition';
  from: string;
  to: string;
  all: TransitionRow[];
  sellers: { sellerId: string; rows: TransitionRow[] }[];
}

export interface FunnelMonths extends FunnelAnswer {
  definition: 'flow';
  months: (Omit<FunnelFlow, 'asOf' | 'pipeline' | 'definition'> & { month: string })[];
}

/** Sealed text of a record's title; open it with `openTitle`. */
export type SealedTitle = { subject: string; text: string; fields: string[] | null }[];

export interface FigureRecord {
  kind: PipelineObjectKind;
  id: string;
  title: SealedTitle;
  sellerId: string;
  /** The instant that put the record into the figure: entry, exit or start of the cohort. */
  countedAt: string;
  /** When the step was made, for cohort figures. */
  convertedAt: string | null;
  stageId: string | null;
  /** Where it stands now. */
  currentPipelineId: string | null;
  currentStageId: string | null;
  amountKopecks: bigint | null;
  currency: string | null;
  createdAt: string | null;
}

export interface FigureRecords {
  asOf: AsOf;
  records: FigureRecord[];
  /** Opaque; null on the last page. */
  next: string | null;
}

export interface StageVisit {
  pipelineId: string;
  stageId: string;
  semantics: StageSemantics;
  enteredAt: string;
  leftAt: string | null;
  /** Time in the stage, up to the moment asked about for the last visit. */
  durationMs: number;
  provenance: Provenance;
  /** The event that began the visit. */
  eventId: string;
}

export interface RecordView {
  asOf: AsOf;
  kind: string;
  id: string;
  title: SealedTitle;
  state: 'present' | 'deleted' | 'merged';
  mergedInto: string | null;
  goneAt: string | null;
  ownerId: string | null;
  amountKopecks: bigint | null;
  currency: string | null;
  createdAt: string | null;
  modifiedAt: string | null;
  contactId: string | null;
  companyId: string | null;
  leadId: string | null;
  pipelineId: string | null;
  stageId: string | null;
  visits: StageVisit[];
}

export interface SellerView {
  sellerId: string;
  /** Null when the portal has not told the name or it was erased. */
  name: string | null;
  isActive: boolean;
  departmentIds: string[];
}

export interface Annotation {
  /** `bucket:position` of the event that brought the change. */
  position: string;
  at: string;
  pipelineId: string;
  stageId: string | null;
  change:
    | 'pipeline-added'
    | 'pipeline-removed'
    | 'pipeline-renamed'
    | 'stage-added'
    | 'stage-removed'
    | 'stage-restored'
    | 'stage-renamed'
    | 'stage-retyped'
    | 'stages-reordered'
    | 'meaning-mapped';
  before: string | null;
  after: string | null;
}

export interface Explanation {
  asOf: AsOf;
  /** Key of the definition's text in the console's dictionaries: `funnel.cohort.reached.converted`. */
  textKey: string;
  /** The definition in English, as docs/funnel-definitions.md words it. */
  definition: string;
  /** Version of the read model and of the rules behind it. */
  version: string;
  pipeline: PipelineView;
  /** What was asked, with every default filled in. */
  inputs: Record<string, string | number | null>;
  value: number;
  /** For cohort figures, the parts of the rate. */
  rate: CohortStep | null;
  /** Facts behind the first records of the figure. */
  sample: { kind: string; id: string; eventId: string | null; at: string }[];
}
