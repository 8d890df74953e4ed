import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PortalRegistry } from '@funnelwatch/portals';
import { PortalViews } from './answer-portals.js';
import {
  ChangePortalCommand,
  RemovePortalCommand,
  ReplaceWebhookCommand,
  SwitchCaptureCommand,
} from './manage-portal.commands.js';
import { PortalDirectory } from './portal-directory.js';
import { PortalProber } from './portal-prober.js';
import type { PortalView } from './portals.schemas.js';

@CommandHandler(ChangePortalCommand)
export class ChangePortal implements ICommandHandler<ChangePortalCommand> {
  constructor(
    private readonly registry: PortalRegistry,
    private readonly views: PortalViews,
  ) {}

  async execute({ portalId, body }: ChangePortalCommand): Promise<PortalView> {
    const { version, ...settings } = body;
    return this.views.of(await this.registry.changeSettings(portalId, version, settings));
  }
}

@CommandHandler(SwitchCaptureCommand)
export class SwitchCapture implements ICommandHandler<SwitchCaptureCommand> {
  constructor(
    private readonly registry: PortalRegistry,
    private readonly views: PortalViews,
  ) {}

  async execute({ portalId, status }: SwitchCaptureCommand): Promise<PortalView> {
    return this.views.of(await this.registry.setStatus(portalId, status));
  }
}

@CommandHandler(ReplaceWebhookCommand)
export class ReplaceWebhook implements ICommandHandler<ReplaceWebhookCommand> {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly registry: PortalRegistry,
    private readonly prober: PortalProber,
    private readonly views: PortalViews,
  ) {}

  async execute({ portalId, webhookUrl }: ReplaceWebhookCommand): Promise<PortalView> {
    await this.portals.get(portalId);
    await this.prober.probe(webhookUrl);
    return this.views.of(await this.registry.replaceWebhook(portalId, webhookUrl));
  }
}

@CommandHandler(RemovePortalCommand)
export class RemovePortal implements ICommandHandler<RemovePortalCommand> {
  constructor(private readonly registry: PortalRegistry) {}

  execute({ portalId }: RemovePortalCommand): Promise<void> {
    return this.registry.remove(portalId);
  }
}
