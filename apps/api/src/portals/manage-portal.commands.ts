import { Command } from '@nestjs/cqrs';
import type { ChangePortalBody, PortalView } from './portals.schemas.js';

/** Changes name, zone, language or working hours, for who has seen the latest ones. */
export class ChangePortalCommand extends Command<PortalView> {
  constructor(
    readonly portalId: string,
    readonly body: ChangePortalBody,
  ) {
    super();
  }
}

/** Stops reading a portal, or goes on where it was stopped. */
export class SwitchCaptureCommand extends Command<PortalView> {
  constructor(
    readonly portalId: string,
    readonly status: 'active' | 'paused',
  ) {
    super();
  }
}

/** Gives a portal another webhook, after the portal has accepted it. */
export class ReplaceWebhookCommand extends Command<PortalView> {
  constructor(
    readonly portalId: string,
    readonly webhookUrl: string,
  ) {
    super();
  }
}

/** Takes a portal out of every list and forgets its webhook; its history stays in the log. */
export class RemovePortalCommand extends Command<void> {
  constructor(readonly portalId: string) {
    super();
  }
}
