import type { JsonValue } from '@funnelwatch/kernel';
import type { WorkingTime } from '@funnelwatch/calendar';
import { endOfLocalDay, localDay } from '../episodes/portal-days.js';
import type { RecordState } from '../world/record-state.js';
import type { World } from '../world/world.js';
import { forwardMoves, laterCloses } from './moves-and-dates.js';
import { type ActivitySums, activitySums, PerRevision } from './activity-sums.js';

/** What views need besides the world: the portal's working time and zone. */
export interface ViewSurroundings {
  workingTime: WorkingTime;
  zone: string;
}

const never = new Date(0);
const isFilled = (value: JsonValue | undefined): boolean =>
  !(
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    value === '0' ||
    value === 0 ||
    value === 'N'
  ) && !(Array.isArray(value) && value.length === 0);

/** A lead, deal, invoice, contact or company as conditions see it, at the instant the world is told up to. */
export class RecordView {
  private readonly sums: PerRevision<ActivitySums>;
  private known: RecordState | null = null;

  constructor(
    protected readonly world: World,
    protected readonly around: ViewSurroundings,
    readonly stream: string,
  ) {
    const counter = this.touchesOfOthersCount ? 'revision' : 'activityRevision';
    this.sums = new PerRevision(world, () => activitySums(world, this.streamsOfTouches()), counter);
  }

  /** Whether touches of other records may count as touches of this one. */
  protected get touchesOfOthersCount(): boolean {
    return false;
  }

  /** Records whose touches count as touches of this one. */
  protected streamsOfTouches(): string[] {
    return [this.stream];
  }

  /** A record of the world is never replaced by another one: it is looked up once. */
  protected get state(): RecordState | null {
    return (this.known ??= this.world.records.get(this.stream) ?? null);
  }

  protected text(field: string): string {
    return this.state?.text(field) ?? '';
  }

  get exists(): boolean {
    return this.state !== null && this.state.goneAt === null;
  }
  get id(): string {
    return this.state?.id ?? '';
  }
  get owner(): string {
    return this.text('ownerId');
  }
  /** Who changed it last, as far as the portal tells. */
  get editor(): string {
    return this.state?.lastEditor ?? '';
  }
  get creator(): string {
    return this.state?.createdBy ?? '';
  }
  get created_at(): Date {
    return new Date(this.state?.createdAt ?? 0);
  }
  get is_open(): boolean {
    return this.state?.isOpen ?? false;
  }
  get is_won(): boolean {
    return this.state?.isWon ?? false;
  }
  get is_lost(): boolean {
    return this.state?.isLost ?? false;
  }
  get pipeline(): string {
    return this.state?.stage?.pipelineId ?? '';
  }
  get stage(): string {
    return this.state?.stage?.stageId ?? '';
  }
  get stage_rank(): number {
    const stage = this.state?.stage;
    return stage ? this.world.pipelines.rankOf(stage.pipelineId, stage.stageId, this.world.nowMs) : -1;
  }
  get entered_stage_at(): Date {
    return new Date(this.state?.stage?.at ?? 0);
  }
  /** Kopecks. */
  get amount(): number {
    return Number(this.text('amountKopecks') || 0);
  }
  get currency(): string {
    return this.text('currency');
  }
  get is_amount_manual(): boolean {
    return this.state?.fields['isAmountManual'] === true;
  }
  get source(): string {
    return this.text('sourceId');
  }
  get has_channel_origin(): boolean {
    return this.text('originId') !== '' || this.text('originatorId') !== '';
  }
  get contact(): string {
    return this.text('contactId');
  }
  get company(): string {
    return this.text('companyId');
  }
  get lead(): string {
    return this.text('leadId');
  }
  get quote(): string {
    return this.text('quoteId');
  }
  /** Its own contact, and those of its company. */
  get contacts(): number {
    const own = this.state?.extra['CONTACT_IDS'] ?? this.state?.extra['contactIds'];
    const ids = new Set([
      ...(Array.isArray(own) ? own.map(String) : []),
      ...(this.contact === '' ? [] : [this.contact]),
    ]);
    const { company } = this;
    if (company === '') return ids.size;
    for (const { kind, id, goneAt, fields } of this.world.records.values()) {
      if (kind === 'contact' && goneAt === null && fields['companyId'] === company) ids.add(id);
    }
    return ids.size;
  }
  get title_length(): number {
    return Number(this.state?.derivedOf('title')['length'] ?? 0);
  }
  get has_default_title(): boolean {
    return this.state?.derivedOf('title')['isDefaultTitle'] === true;
  }
  /** Letters of the comment; of a lead, of what is said about its status. */
  get comment_length(): number {
    const field = this.state?.kind === 'lead' ? 'statusDescription' : 'comments';
    return Number(this.state?.derivedOf(field)['length'] ?? 0);
  }
  get has_expected_close(): boolean {
    return this.text('expectedCloseDate') !== '';
  }
  get expected_close_end(): Date {
    return this.has_expected_close ? endOfLocalDay(this.text('expectedCloseDate'), this.around.zone) : never;
  }
  /** How often the expected close was moved later while the record was open. */
  get pushes(): number {
    return this.state ? laterCloses(this.state).length : 0;
  }
  get pushed_days(): number {
    return this.state ? laterCloses(this.state).reduce((sum, days) => sum + days, 0) : 0;
  }

  get touches(): number {
    return this.sums.get().touches;
  }
  get outgoing_touches(): number {
    return this.sums.get().outgoingTouches;
  }
  get attempts(): number {
    return this.sums.get().attempts;
  }
  get planned(): number {
    return this.sums.get().planned;
  }
  get files(): number {
    return this.sums.get().files;
  }
  get files_sent(): number {
    return this.sums.get().filesSent;
  }
  get meetings_held(): number {
    return this.sums.get().meetingsHeld;
  }
  get has_touch(): boolean {
    return this.sums.get().lastTouchMs !== null;
  }
  /** The last touch; the creation without one. */
  get last_touch_at(): Date {
    return new Date(this.sums.get().lastTouchMs ?? this.state?.createdAt ?? 0);
  }
  /** The last connected call; long ago without one. */
  get last_connected_at(): Date {
    return new Date(this.sums.get().lastConnectedMs ?? 0);
  }
  get last_outgoing_message_at(): Date {
    return new Date(this.sums.get().lastOutgoingMessageMs ?? 0);
  }
  /**
   * Whether the record was moved or changed, another activity of it made or done after an instant, or a result of the
   * activity itself written down.
   */
  actedAfter(activity: string, since: Date): boolean {
    const { state, world } = this;
    const sinceMs = since.getTime();
    if (!state) return false;
    if ((state.stage?.at ?? 0) > sinceMs || (state.changes.at(-1)?.at ?? 0) > sinceMs) return true;
    return world.activitiesOf(this.stream).some((one) => {
      if (one.stream === activity) return world.read(one).hasResult;
      return one.createdAt > sinceMs || (world.doneAt(one) ?? 0) > sinceMs;
    });
  }
  /** How often the deadline of an activity was moved later since the last touch of the record. */
  reschedulesOf(activity: string): number {
    const touchMs = this.sums.get().lastTouchMs ?? Number.NEGATIVE_INFINITY;
    return this.world.reschedulesOf(activity).filter((at) => at > touchMs).length;
  }

  get has_rows(): boolean {
    return (this.state?.rows?.length ?? 0) > 0;
  }
  /** Kopecks: price times quantity of all product rows. */
  get rows_sum(): number {
    return Math.round(
      (this.state?.rows ?? []).reduce(
        (sum, row) => sum + Number(row['priceKopecks'] ?? 0) * Number(row['quantity'] ?? 0),
        0,
      ),
    );
  }
  get max_discount(): number {
    return Math.max(0, ...(this.state?.rows ?? []).map((row) => Number(row['discountRatePercent'] ?? 0)));
  }
  get products(): string[] {
    return (this.state?.rows ?? []).map((row) => String((row['productId'] as string | null) ?? ''));
  }

  /** Whether a field of the record, canonical or the portal's own, has a value: not blank, not the "no" of a yes/no field. */
  filled(field: string): boolean {
    const { state } = this;
    if (!state || field === '') return false;
    const derived = state.derivedOf(field);
    if ('length' in derived) return Number(derived['length']) > 0;
    return isFilled(state.fields[field] ?? state.extra[field]);
  }
  /** Whether a field's text was only typed to get past it. */
  protected isPlaceholder(field: string): boolean {
    return this.state?.derivedOf(field)['isPlaceholder'] === true;
  }
  /** Value of a field as text; empty without one. */
  value(field: string): string {
    const value = this.state?.fields[field] ?? this.state?.extra[field] ?? '';
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  }
  visited(stage: string): boolean {
    return this.state?.moves.some((move) => move.stageId === stage) ?? false;
  }
  /** Whether a text was written anew at an instant or after it: one form may save a move and its reason at once. */
  rewritten(text: string, since: Date): boolean {
    return (this.state?.textsChangedAt.get(text) ?? Number.NEGATIVE_INFINITY) >= since.getTime();
  }
  changedSince(field: string, since: Date): boolean {
    return this.state?.changes.some((change) => change.field === field && change.at >= since.getTime()) ?? false;
  }
  changesWithin(field: string, minutes: number): number {
    const from = this.world.nowMs - minutes * 60_000;
    return (this.state?.changes ?? []).filter((change) => change.field === field && change.at >= from).length;
  }
  forwardMovesWithin(minutes: number, by: string): number {
    const from = this.world.nowMs - minutes * 60_000;
    return this.state ? forwardMoves(this.state, this.world.pipelines, from, by) : 0;
  }
  /** Owner changes since the last touch, the first of which lies at most so many working days back. */
  ownerChangesWithin(days: number): number {
    const touchMs = this.sums.get().lastTouchMs ?? Number.NEGATIVE_INFINITY;
    const { workingTime } = this.around;
    return (this.state?.changes ?? []).filter(
      ({ field, at }) =>
        field === 'ownerId' && at > touchMs && workingTime.addDays(new Date(at), days).getTime() >= this.world.nowMs,
    ).length;
  }
  touchedBetween(from: Date, to: Date): boolean {
    return this.world.activitiesOf(this.stream).some((activity) => {
      const at = this.world.read(activity).touchAt;
      return at !== null && at >= from.getTime() && at <= to.getTime();
    });
  }
  /** Records of a kind that match on one of the keys, exist, and were created earlier (same instant: smaller id). */
  protected olderTwins(keys: readonly string[], isCounted: (twin: RecordState) => boolean): RecordState[] {
    const { state } = this;
    if (!state) return [];
    const streams = new Set(state.matches.filter(({ on }) => keys.includes(on)).map(({ stream }) => stream));
    return [...streams].flatMap((stream) => {
      const twin = this.world.records.get(stream);
      if (!twin || twin.kind !== state.kind || twin.goneAt !== null || !isCounted(twin)) return [];
      const isOlder =
        twin.createdAt < state.createdAt || (twin.createdAt === state.createdAt && Number(twin.id) < Number(state.id));
      return isOlder ? [twin] : [];
    });
  }
  get open_older_twins(): number {
    return this.olderTwins(['phone', 'email'], (twin) => twin.isOpen).length;
  }
  get open_older_namesakes(): number {
    return this.olderTwins(['title'], (twin) => twin.isOpen).length;
  }
  get older_twins(): number {
    return this.olderTwins(['phone', 'email'], () => true).length;
  }
  get shares_contact_with_staff(): boolean {
    const { state } = this;
    return (state?.matches ?? []).some(
      ({ stream, on }) => stream.startsWith('user:') && (on === 'phone' || on === 'email'),
    );
  }
  get local_created_day(): string {
    return localDay(this.state?.createdAt ?? 0, this.around.zone);
  }
}
