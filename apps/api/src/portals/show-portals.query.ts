import { Query } from '@nestjs/cqrs';
import type { PortalView } from './portals.schemas.js';

export class ListPortalsQuery extends Query<{ items: PortalView[] }> {}

export class ShowPortalQuery extends Query<PortalView> {
  constructor(readonly portalId: string) {
    super();
  }
}
