import type { CaseEvent, CaseOpenedData, Verdict } from './case-events.js';
import { type CaseState, evolveCase } from './case-state.js';
import { type CaseCommand, decideCase } from './decide-case.js';
import type { ReviewControl, Reviewer } from './reviewer.js';

export const noon = Date.parse('2026-03-02T09:00:00.000Z');

/** A case about everything that user 4 did, whose head is user 9. */
export const opened = (told: Partial<CaseOpenedData> = {}): CaseEvent => ({
  type: 'CaseOpened',
  data: {
    caseId: '018f0000-0000-8000-8000-000000000001',
    ruleId: 'L01',
    ruleVersion: 1,
    severity: 'S1',
    mode: 'active',
    subject: 'lead:1',
    about: 'lead:1',
    startAt: '2026-03-02T07:00:00.000Z',
    startEventId: '018f0000-0000-8000-8000-000000000002',
    opensAt: '2026-03-02T07:30:00.000Z',
    dueAt: '2026-03-02T11:00:00.000Z',
    people: { doer: '4', owner: '4', creator: '4', assignee: null, editor: '4', head: '9', responsible: '4' },
    items: [],
    evidence: {},
    parameters: {},
    asAt: 1,
    regressedFrom: null,
    ...told,
  },
});

export const curator = (accountId: string, told: Partial<Reviewer> = {}): Reviewer => ({
  accountId,
  userId: null,
  ownUserIds: [],
  isHead: false,
  isInTraining: false,
  ...told,
});

export const headOfSales = curator('head', { userId: '9', ownUserIds: ['9'], isHead: true });

/** A case whose draw never, or always, asks for a second review. */
export const undrawn: ReviewControl = { nowMs: noon, lot: 1, share: 0 };
export const drawn: ReviewControl = { nowMs: noon, lot: 0.01, share: 0.07 };

export const verdict = (given: Verdict): CaseCommand => ({
  type: 'GiveVerdict',
  verdict: given,
  seconds: 5,
  template: '',
});

/** A case in the making: what happens to it, told one after another. */
export class ToldCase {
  state: CaseState | null = null;
  readonly events: CaseEvent[] = [];

  constructor(...events: CaseEvent[]) {
    this.tell(...events);
  }

  tell(...events: CaseEvent[]): this {
    for (const event of events) this.state = evolveCase(this.state, event);
    this.events.push(...events);
    return this;
  }

  /** Carries a command out and returns what it made happen. Throws what `decideCase` throws. */
  handle(command: CaseCommand, who: Reviewer, control: ReviewControl = undrawn): CaseEvent[] {
    const events = decideCase(command, this.state, who, control);
    this.tell(...events);
    return events;
  }
}
