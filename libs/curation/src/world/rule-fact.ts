import type { FactType } from '../rules/rule.js';

/** What a fact rule sees as `fact`. Fields that a type of fact does not have are empty or 0. */
export class RuleFact {
  readonly at: Date;
  by = '';
  /** The record, activity or configuration that the fact is about: `deal:12`. */
  ref = '';
  from = '';
  to = '';
  from_type = '';
  to_type = '';
  from_rank = -1;
  to_rank = -1;
  from_pipeline = '';
  to_pipeline = '';
  /** Stages of the pipeline between `from` and `to` that the record never entered. */
  skipped: string[] = [];
  entry = '';
  field = '';
  seconds = 0;
  minutes = 0;
  is_open = false;
  is_outgoing = false;
  is_overdue = false;
  is_passed = false;
  score = 0;
  has_result = false;
  channel = '';
  usual_hours = 0;

  constructor(
    readonly type: FactType,
    readonly atMs: number,
    readonly eventId: string,
    readonly position: number,
    fields: Partial<Omit<RuleFact, 'at' | 'atMs' | 'type' | 'eventId' | 'position'>> = {},
  ) {
    this.at = new Date(atMs);
    Object.assign(this, fields);
  }
}
