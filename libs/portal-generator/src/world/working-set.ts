import type { Randomness } from './randomness.js';

/** A deal as the people who work on it know it. */
export interface DealState {
  id: string;
  categoryId: string;
  stageId: string;
  open: boolean;
  ownerId: string;
  amountKopecks: number;
  currency: string;
  /** Entered by hand: product rows do not decide the amount. */
  manualAmount: boolean;
  hasRows: boolean;
  contactId: string | null;
  phone: string | null;
  companyId: string | null;
  openTodoId: string | null;
  invoiceId: string | null;
  /** Kept out of live activity: its story is told to the end by its own process. */
  reserved: boolean;
  /** Deleted, or merged into another deal. */
  gone: boolean;
}

export interface LeadState {
  id: string;
  stageId: string;
  ownerId: string;
  phone: string;
  fullName: { lastName: string; name: string; secondName: string };
  openTodoId: string | null;
  sourceId: string | null;
}

export interface ClientState {
  contactId: string;
  phone: string;
  companyId: string | null;
}

/** A set of records that gives any member in constant time and keeps at most `capacity`, the oldest going first. */
class Pool<T extends { id: string }> {
  private readonly members: T[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly capacity = Number.POSITIVE_INFINITY) {}

  get size(): number {
    return this.members.length;
  }

  add(member: T): void {
    if (this.places.has(member.id)) return;
    if (this.members.length >= this.capacity) {
      const replaced = this.members[0];
      if (replaced) this.delete(replaced.id);
    }
    this.places.set(member.id, this.members.push(member) - 1);
  }

  delete(id: string): void {
    const place = this.places.get(id);
    const last = this.members.pop();
    if (place === undefined) {
      if (last) this.members.push(last);
      return;
    }
    this.places.delete(id);
    if (last && last.id !== id) {
      this.members[place] = last;
      this.places.set(last.id, place);
    }
  }

  any(random: Randomness): T | null {
    return this.members.length > 0 ? random.pick(this.members) : null;
  }
}

/** Open deals and leads, recent wins and losses, known clients. */
export class WorkingSet {
  readonly deals = new Pool<DealState>(5000);
  readonly leads = new Pool<LeadState>(2000);
  readonly won = new Pool<DealState>(200);
  readonly lost = new Pool<DealState>(200);
  readonly clients = new Pool<ClientState & { id: string }>(400);
  readonly tasks = new Pool<{ id: string; ownerId: string }>(100);
}
