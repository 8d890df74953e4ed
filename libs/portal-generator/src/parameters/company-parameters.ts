/** Everything that decides what a simulated company looks like and how it lives. */
export interface CompanyParameters {
  /** The same seed and parameters give the same script, operation by operation. */
  seed: number;
  /** The history covers [startAt, endAt], milliseconds since the epoch, whole seconds. */
  startAt: number;
  endAt: number;
  /** IANA zone of the portal. */
  zone: string;
  /** Without working hours people work at any moment. */
  keepsWorkingHours: boolean;
  currency: string;
  foreignCurrency: { code: string; name: string; rate: string };
  people: PersonParameters[];
  departments: DepartmentParameters[];
  pipelines: PipelineParameters[];
  quirks: QuirkRates;
  imports: ImportParameters[];
  configurationChanges: ConfigurationChange[];
  /** Exact numbers of first entries in the first month of one pipeline, and the money of its wins. */
  firstMonth: FirstMonthParameters | null;
  /** `full`: calls, meetings, mails, tasks, files, requisites. `light`: a few activities per deal, for volume. */
  detail: 'full' | 'light';
  plantsBreaches: boolean;
}

export interface PersonParameters {
  id: string;
  lastName: string;
  name: string;
  secondName: string;
  gender: 'M' | 'F';
  position: string;
  role: 'admin' | 'head' | 'seller';
  departmentId: string;
}

export interface DepartmentParameters {
  id: string;
  name: string;
  parentId: string | null;
  headId: string | null;
}

export type Semantics = 'P' | 'S' | 'F';

export interface StageParameters {
  id: string;
  name: string;
  semantics: Semantics;
  sort: number;
  color: string;
}

export interface PipelineParameters {
  kind: 'deal' | 'lead' | 'invoice';
  /** `0` for leads and the default deal pipeline. */
  categoryId: string;
  name: string;
  sort: number;
  /** In the order of the configuration; exactly one has semantics S. */
  stages: StageParameters[];
  /** New objects a month that start by themselves (not those other records bring about). */
  monthlyArrivals: number;
  /** Chance to go on, for each stage in process in their order; the last one is the chance to win. */
  conversions: number[];
  /** Chance that an object that does not go on is lost; the others stay where they are. */
  lossShare: number;
  /** Time in each stage in process: half of the stays are shorter than the median. */
  medianDwellDays: number[];
  dwellSigma: number;
  ticket: { medianRoubles: number; sigma: number };
  /** Share of deals that begin as a lead (deals), or of leads that become a deal (leads: the rest is junk). */
  leadShare: number;
}

/** Chances of the things that make real histories awkward, each per object unless said otherwise. */
export interface QuirkRates {
  createdInMiddle: number;
  createdWon: number;
  /** Per move forward. */
  skip: number;
  /** Per stay in a stage after the first. */
  rollback: number;
  reopenAfterLost: number;
  reopenAfterWon: number;
  pipelineChange: number;
  /** Per pipeline change: comes back later. */
  pipelineReturn: number;
  deletion: number;
  merge: number;
  /** Per move forward: two moves in one second. */
  doubleMove: number;
  /** Per move: made by automation. */
  robotMove: number;
  ownerChange: number;
  amountEditAfterWon: number;
  foreignCurrency: number;
  missingAmount: number;
  missingContact: number;
  missingSource: number;
  defaultTitle: number;
  duplicateContact: number;
  /** Per imported row: nobody is responsible. */
  unownedImport: number;
  /** Per stay: an update with a stage of another pipeline, which the portal ignores. */
  foreignStageUpdate: number;
  /** Per stay: an update that changes nothing but the modified time. */
  emptyUpdate: number;
  /** Per stay: an internal update that moves no modified time. */
  silentUpdate: number;
}

/** Rows brought in by an import: they carry old dates, have no stage history and never move again. */
export interface ImportParameters {
  at: number;
  count: number;
  /** Created and moved inside [from, to], milliseconds since the epoch. */
  datedFrom: number;
  datedTo: number;
}

export type ConfigurationChange =
  | { at: number; kind: 'rename'; pipelineId: string; stageId: string; name: string }
  | { at: number; kind: 'resort'; pipelineId: string; stageId: string; sort: number }
  | { at: number; kind: 'add'; pipelineId: string; stage: StageParameters }
  /** Objects still standing there keep a history that names the removed stage. */
  | { at: number; kind: 'remove'; pipelineId: string; stageId: string };

export interface FirstMonthParameters {
  pipelineId: string;
  /** First entries into each ranked stage, the won one last; never growing. */
  entries: number[];
  /** The wins of the first month together. */
  wonTotalRoubles: number;
}

/** `deal:0`, `lead:0`, `invoice:9`. */
export function pipelineIdOf(pipeline: Pick<PipelineParameters, 'kind' | 'categoryId'>): string {
  return `${pipeline.kind}:${pipeline.categoryId}`;
}
