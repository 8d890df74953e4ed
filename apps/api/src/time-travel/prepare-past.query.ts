import { Query } from '@nestjs/cqrs';
import type { PastKnowledge } from './time-travel.schemas.js';

export class PreparePastQuery extends Query<PastKnowledge> {
  constructor(
    readonly portalId: string,
    readonly asAt: string,
  ) {
    super();
  }
}
