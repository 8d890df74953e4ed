import { endOfLocalDay, localDay } from '../episodes/portal-days.js';
import type { RecordState } from '../world/record-state.js';
import { type ActivitySums, activitySums, PerRevision } from './activity-sums.js';
import { RecordView, type ViewSurroundings } from './record-view.js';
import type { World } from '../world/world.js';

/** Map of a stage to what it demands: `{"PREPARATION": ["meeting"]}`. */
export type Demands = Record<string, unknown> | Map<string, unknown>;

const demandsOf = (demands: Demands, stage: string): string[] => {
  const listed = demands instanceof Map ? demands.get(stage) : demands[stage];
  return Array.isArray(listed) ? listed.map(String) : [];
};

/** A lead, deal or invoice as conditions see it. */
export class PipelineRecordView extends RecordView {
  private readonly invoices: PerRevision<RecordState[]>;
  private readonly dealSums: PerRevision<ActivitySums>;

  constructor(world: World, around: ViewSurroundings, stream: string) {
    super(world, around, stream);
    this.dealSums = new PerRevision(world, () => activitySums(world, this.has_deal ? [`deal:${this.deal}`] : []));
    this.invoices = new PerRevision(world, () => {
      const { id } = this;
      return [...world.records.values()].filter(
        (record) => record.kind === 'invoice' && record.goneAt === null && record.text('dealId') === id,
      );
    });
  }

  /** The last touch of the deal of an invoice; long ago without one. */
  get deal_last_touch_at(): Date {
    return new Date(this.dealSums.get().lastTouchMs ?? 0);
  }

  private invoicesOfDeal(): RecordState[] {
    return this.stream.startsWith('deal:') ? this.invoices.get() : [];
  }
  get invoices_issued(): number {
    return this.invoicesOfDeal().length;
  }
  get paid_invoices(): number {
    return this.invoicesOfDeal().filter((invoice) => invoice.isWon).length;
  }
  get last_paid_at(): Date {
    const paid = this.invoicesOfDeal().flatMap((invoice) => (invoice.isWon ? [invoice.stage?.at ?? 0] : []));
    return new Date(Math.max(0, ...paid));
  }
  /** Most open invoices of one sum above 0. */
  get open_invoices_of_one_sum(): number {
    const counts = new Map<string, number>();
    for (const invoice of this.invoicesOfDeal()) {
      const amount = invoice.text('amountKopecks');
      if (invoice.isOpen && Number(amount) > 0) counts.set(amount, (counts.get(amount) ?? 0) + 1);
    }
    return Math.max(0, ...counts.values());
  }

  /** By what was known when its stay in the stage began. */
  get learned_amount_limit(): number {
    const { state } = this;
    const stage = state?.kind === 'deal' ? state.stage : null;
    return stage ? this.world.pipelines.usual.amountOf(stage.pipelineId, this.currency, stage.at) : 0;
  }
  get learned_days(): number {
    const { state } = this;
    return state?.kind === 'deal' ? this.world.pipelines.usual.daysOf(this.stage, this.world.nowMs) : 0;
  }

  get deal(): string {
    return this.text('dealId');
  }
  private get dealState(): RecordState | null {
    const deal = this.world.records.get(`deal:${this.deal}`);
    return deal && deal.goneAt === null ? deal : null;
  }
  get has_deal(): boolean {
    return this.dealState !== null;
  }
  get deal_amount(): number {
    return Number(this.dealState?.text('amountKopecks') || 0);
  }
  get deal_currency(): string {
    return this.dealState?.text('currency') ?? '';
  }
  get deal_pipeline(): string {
    return this.dealState?.stage?.pipelineId ?? '';
  }
  get my_company(): string {
    return this.text('myCompanyId');
  }
  get has_due_date(): boolean {
    return this.text('closeDate') !== '';
  }
  get due_end(): Date {
    return this.has_due_date ? endOfLocalDay(this.text('closeDate'), this.around.zone) : new Date(0);
  }
  get is_dated_before_deal(): boolean {
    const date = this.text('beginDate');
    const { dealState } = this;
    return date !== '' && dealState !== null && date < localDay(dealState.createdAt, this.around.zone);
  }
  get older_same_numbers(): number {
    return this.olderTwins(['number'], () => true).length;
  }

  /** An incoming call with the record's phone, not bound to it, that started so near its creation. */
  calledNearCreation(hours: number): boolean {
    const { state } = this;
    if (!state) return false;
    return [...this.world.records.values()].some((call) => {
      if (call.kind !== 'call' || !call.text('direction').startsWith('incoming')) return false;
      if (!call.matches.some(({ stream }) => stream === this.stream)) return false;
      const activity = this.world.records.get(`activity:${call.text('activityId')}`);
      const isBound =
        (activity && this.world.boundTo(activity).includes(this.stream)) ||
        `${call.text('crmKind')}:${call.text('crmObjectId')}` === this.stream;
      return !isBound && Math.abs(call.createdAt - state.createdAt) <= hours * 3_600_000;
    });
  }

  private hasProof(proof: string): boolean {
    if (proof.startsWith('field:')) return this.filled(proof.slice('field:'.length));
    switch (proof) {
      case 'meeting':
        return this.meetings_held > 0;
      case 'file':
        return this.files_sent > 0;
      case 'call':
        return this.last_connected_at.getTime() > 0;
      case 'invoice':
        return this.invoices_issued > 0;
      default:
        return false;
    }
  }
  /** Proofs that a stage demands and the record lacks. */
  missingProofs(stage: string, proofs: Demands): string[] {
    return demandsOf(proofs, stage).filter((proof) => !this.hasProof(proof));
  }
  /** Whether all stages demand something and it is all there. */
  proven(stages: readonly string[], proofs: Demands): boolean {
    return stages.every((stage) => {
      const demanded = demandsOf(proofs, stage);
      return demanded.length > 0 && demanded.every((proof) => this.hasProof(proof));
    });
  }
  /** Fields that the stage or a lower one of the pipeline requires and that are empty. */
  missingFields(required: Demands): string[] {
    const { stage, stage_rank: rank } = this;
    const ranked = this.world.pipelines.ranked(this.pipeline, this.world.nowMs);
    const stages = rank < 0 ? [stage] : ranked.slice(0, rank + 1);
    return [...new Set(stages.flatMap((one) => demandsOf(required, one)))].filter(
      (field) => !this.filled(field) || this.isPlaceholder(field),
    );
  }
}
