import { Command } from '@nestjs/cqrs';
import type { PortalView, RegisterPortalBody } from './portals.schemas.js';

/** Asks the portal whether the webhook works and stores it. Answers the portal as it stands then. */
export class RegisterPortalCommand extends Command<PortalView> {
  constructor(readonly body: RegisterPortalBody) {
    super();
  }
}
