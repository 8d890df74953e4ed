import {
  basePack,
  decidedSettings,
  decideDiscipline,
  decideLayer,
  decideLayerRemoved,
  type DisciplineEvent,
  faultOfScope,
  fitting,
  LimitReader,
  QueueReader,
  rulesOfPortal,
} from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type Access, noteForAudit } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { LayerBody, LayerList, ScopeBody } from './pack-layers.schemas.js';

/** Layers between the pack and a portal, where rules apply, and what was learned to be usual. */
@Injectable()
export class PackLayerDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly queue: QueueReader,
    private readonly learned: LimitReader,
  ) {}

  async list(portalId: string): Promise<LayerList> {
    const portal = await this.portals.get(portalId);
    const { settings } = await this.queue.settings(portal);
    const items = (settings.layers ?? []).map((layer) => ({
      ...{ id: layer.id, version: layer.version, rules: layer.rules },
      unfit: fitting(layer, basePack).unfit,
    }));
    return { items };
  }

  /** Throws the `Rejection`s of `decideLayer`. */
  async set(portalId: string, layerId: string, { version, rules }: LayerBody, access: Access) {
    const portal = await this.portals.get(portalId);
    const { settings } = await decidedSettings(this.log, portal);
    const draft = { id: layerId, version, rules };
    noteForAudit({ object: layerId, details: { version, rules: Object.keys(rules).length } });
    return this.decide(portal, decideLayer(draft, settings, basePack, this.by(access)));
  }

  /** Throws `Rejection` PACK_LAYER_UNKNOWN. */
  async remove(portalId: string, layerId: string, access: Access) {
    const portal = await this.portals.get(portalId);
    const { settings } = await decidedSettings(this.log, portal);
    noteForAudit({ object: layerId });
    return this.decide(portal, decideLayerRemoved(layerId, settings, basePack, this.by(access)));
  }

  /** Throws `Rejection` RULE_UNKNOWN, PACK_SCOPE_INVALID. */
  async setScope(portalId: string, ruleId: string, { scope }: ScopeBody, access: Access) {
    const portal = await this.portals.get(portalId);
    const { settings } = await decidedSettings(this.log, portal);
    const known = rulesOfPortal(basePack, settings).find((one) => one.ruleId === ruleId);
    if (!known) throw new Rejection('RULE_UNKNOWN', 'There is no such rule.');
    const { on } = known.draft as { on: Parameters<typeof faultOfScope>[0] };
    const fault = faultOfScope(on, scope);
    if (fault) throw new Rejection('PACK_SCOPE_INVALID', `The rule cannot have this scope: ${fault}`);
    noteForAudit({ object: ruleId, details: { scope: Object.keys(scope).join(' ') } });
    const { position } = await this.decide(portal, [
      { type: 'RuleScopeSet', data: { ruleId, scope, by: access.accountId } },
    ]);
    return { position };
  }

  /** What was learned last. */
  async limits(portalId: string) {
    return { limits: await this.learned.last(await this.portals.get(portalId)) };
  }

  private by({ accountId }: Access) {
    return { accountId, from: this.clock.now().toISOString() };
  }

  private async decide(portal: RegisteredPortal, events: DisciplineEvent[]) {
    const { position } = await decideDiscipline(this.log, this.clock, portal, events, randomUUID());
    const switched = events.flatMap((event) =>
      event.type === 'RuleStatusSet' ? [{ ruleId: event.data.ruleId, status: event.data.status }] : [],
    );
    return { position: `${portal.bucket}:${position}`, switched };
  }
}
