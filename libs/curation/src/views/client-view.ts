import type { RecordState } from '../world/record-state.js';
import { clientOf, type World } from '../world/world.js';
import { PerRevision } from './activity-sums.js';
import { RecordView, type ViewSurroundings } from './record-view.js';

/** An open deal of a client. */
export class ClientDeal {
  constructor(
    readonly ref: string,
    readonly pipeline: string,
    readonly stage: string,
    readonly owner: string,
  ) {}
}

/** The first version of derived facts says only whether any one is right. */
const wrongChannels = (facts: Record<string, unknown>, anyIsRight: string): number =>
  Number(facts['invalidCount'] ?? (Number(facts['length'] ?? 0) > 0 && facts[anyIsRight] === false ? 1 : 0));

const isDummy = (facts: Record<string, unknown>): boolean => facts['isDummy'] === true;

/** A contact or company as conditions see it. */
export class ClientView extends RecordView {
  private readonly dealsNow: PerRevision<RecordState[]>;

  constructor(world: World, around: ViewSurroundings, stream: string) {
    super(world, around, stream);
    const field = stream.startsWith('company:') ? 'companyId' : 'contactId';
    this.dealsNow = new PerRevision(world, () => {
      const { id } = this;
      return [...world.records.values()].filter(
        (record) => record.kind === 'deal' && record.goneAt === null && record.text(field) === id,
      );
    });
  }

  private get isCompany(): boolean {
    return this.stream.startsWith('company:');
  }

  private deals(): RecordState[] {
    return this.dealsNow.get();
  }

  protected override get touchesOfOthersCount(): boolean {
    return this.isCompany;
  }

  protected override streamsOfTouches(): string[] {
    if (!this.isCompany) return [this.stream];
    const { id } = this;
    const contacts = [...this.world.records.values()].filter(
      (record) => record.kind === 'contact' && record.goneAt === null && record.text('companyId') === id,
    );
    return [this.stream, ...contacts.map(({ stream }) => stream), ...this.deals().map(({ stream }) => stream)];
  }

  get phones(): number {
    return Number(this.state?.derivedOf('phones')['length'] ?? 0);
  }
  get emails(): number {
    return Number(this.state?.derivedOf('emails')['length'] ?? 0);
  }
  get has_wrong_phone(): boolean {
    return wrongChannels(this.state?.derivedOf('phones') ?? {}, 'validPhone') > 0;
  }
  get has_wrong_email(): boolean {
    const facts = this.state?.derivedOf('emails') ?? {};
    return wrongChannels(facts, 'validEmail') > 0 || isDummy(facts);
  }
  get has_odd_name(): boolean {
    const { state } = this;
    return ['name', 'lastName'].some((field) => {
      const facts = state?.derivedOf(field) ?? {};
      return facts['looksLikeCompany'] === true || (facts['isPlaceholder'] === true && Number(facts['length']) > 0);
    });
  }

  get open_deals(): ClientDeal[] {
    return this.deals()
      .filter((deal) => deal.isOpen)
      .map(
        (deal) =>
          new ClientDeal(deal.stream, deal.stage?.pipelineId ?? '', deal.stage?.stageId ?? '', deal.text('ownerId')),
      );
  }
  /** Owners of its open deals, those allowed left out. */
  ownersOfOpenDeals(allowed: readonly string[]): number {
    const owners = this.open_deals
      .map(({ owner }) => owner)
      .filter((owner) => owner !== '' && !allowed.includes(owner));
    return new Set(owners).size;
  }
  /** Deals of which this is the client that stand lost now, and were lost at most so many days before. */
  lostWithin(days: number, except: string): number {
    const from = this.world.nowMs - days * 86_400_000;
    return this.deals().filter(
      (deal) =>
        deal.stream !== except && deal.isLost && clientOf(deal) === this.stream && (deal.stage?.at ?? 0) >= from,
    ).length;
  }

  private requisitesOf(): RecordState[] {
    const { id } = this;
    const kind = this.isCompany ? 'company' : 'contact';
    return [...this.world.records.values()].filter(
      (record) =>
        record.kind === 'requisite' &&
        record.goneAt === null &&
        record.text('ownerKind') === kind &&
        record.text('ownerObjectId') === id,
    );
  }
  get requisites(): number {
    return this.requisitesOf().length;
  }
  get wrong_requisites(): number {
    const checks = { RQ_INN: 'validInn', RQ_KPP: 'validKpp', RQ_OGRN: 'validOgrn', RQ_OGRNIP: 'validOgrnip' };
    return this.requisitesOf().filter((requisite) =>
      Object.entries(checks).some(([field, check]) => {
        const facts = requisite.derivedOf(field);
        return Number(facts['length'] ?? 0) > 0 && facts[check] === false;
      }),
    ).length;
  }
  get invoices(): number {
    const { id } = this;
    return [...this.world.records.values()].filter(
      (record) => record.kind === 'invoice' && record.goneAt === null && record.text('companyId') === id,
    ).length;
  }
  /** Older companies with the same INN, or with the same name and city. */
  get older_companies(): number {
    const { state } = this;
    if (!state) return 0;
    const byName = this.olderTwins(['company'], () => true).map(({ stream }) => stream);
    const byInn = this.requisitesOf().flatMap((requisite) =>
      requisite.matches.flatMap(({ stream, on }) => {
        const other = on === 'inn' ? this.world.records.get(stream) : undefined;
        if (!other || other.goneAt !== null || other.text('ownerKind') !== 'company') return [];
        const company = this.world.records.get(`company:${other.text('ownerObjectId')}`);
        if (!company || company.goneAt !== null || company.stream === this.stream) return [];
        const isOlder =
          company.createdAt < state.createdAt ||
          (company.createdAt === state.createdAt && Number(company.id) < Number(state.id));
        return isOlder ? [company.stream] : [];
      }),
    );
    return new Set([...byName, ...byInn]).size;
  }
}
