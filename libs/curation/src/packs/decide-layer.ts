import { Rejection } from '@funnelwatch/kernel';
import type { DisciplineEvent } from '../cases/discipline-events.js';
import type { DisciplineSettings, RuleSetting } from '../cases/discipline-state.js';
import { type PackLayer, readLayer } from './layer.js';
import { reasonOfLayer } from './pack-of-portal.js';
import type { Pack } from './pack.js';

/** More layers than anybody keeps in mind. */
const mostLayers = 5;

interface By {
  accountId: string;
  /** Episodes that began before are baseline of what is switched on; ISO 8601. */
  from: string;
}

/**
 * Sets a layer between the pack and the portal, and switches the rules that it turns on or off where no person has. Throws
 * `Rejection` PACK_LAYERS_FULL and those of `readLayer`.
 */
export function decideLayer(draft: unknown, settings: DisciplineSettings, pack: Pack, by: By): DisciplineEvent[] {
  const layer = readLayer(draft, pack.rules);
  const { layers = [] } = settings;
  const others = layers.filter(({ id }) => id !== layer.id);
  if (others.length >= mostLayers) {
    throw new Rejection('PACK_LAYERS_FULL', `A portal has at most ${mostLayers} layers. Remove one first.`);
  }
  const after =
    others.length === layers.length ? [...layers, layer] : layers.map((one) => (one.id === layer.id ? layer : one));
  return [{ type: 'PackLayerSet', data: { layer, by: by.accountId } }, ...switches(after, settings, pack, by)];
}

/** Removes a layer; what it had switched is as it is without it. Throws `Rejection` PACK_LAYER_UNKNOWN. */
export function decideLayerRemoved(
  layerId: string,
  settings: DisciplineSettings,
  pack: Pack,
  by: By,
): DisciplineEvent[] {
  const { layers = [] } = settings;
  const after = layers.filter(({ id }) => id !== layerId);
  if (after.length === layers.length) throw new Rejection('PACK_LAYER_UNKNOWN', 'The portal has no such layer.');
  return [{ type: 'PackLayerRemoved', data: { layerId, by: by.accountId } }, ...switches(after, settings, pack, by)];
}

/** Rules that are on or off otherwise by these layers than they are now, where nobody switched them by hand. */
function switches(
  layers: readonly PackLayer[],
  settings: DisciplineSettings,
  pack: Pack,
  { accountId, from }: By,
): DisciplineEvent[] {
  return pack.rules.flatMap(({ id: ruleId }): DisciplineEvent[] => {
    const setting = settings.rules[ruleId];
    if (setting && !isLeftToLayers(setting)) return [];
    const isStarter = (pack.starters ?? []).includes(ruleId);
    const isDecided = setting !== undefined && setting.from !== '';
    // Starters are on as soon as the portal has chosen its pack.
    const isOnNow = isDecided ? setting.status === 'active' : settings.pack === null && isStarter;
    const last = layers.findLast(({ rules }) => rules[ruleId]?.isOn !== undefined);
    const isOn = last?.rules[ruleId]?.isOn ?? isStarter;
    if (isOn === isOnNow) return [];
    const reason = last ? reasonOfLayer(last.id) : 'starter';
    return [{ type: 'RuleStatusSet', data: { ruleId, status: isOn ? 'active' : 'off', from, by: accountId, reason } }];
  });
}

/** Whether nobody has switched a rule by hand, written it anew, or has to mend it. */
const isLeftToLayers = ({ from, reason, own, status, outage }: RuleSetting): boolean =>
  !own && !outage && status !== 'broken' && (from === '' || reason === 'starter' || reason.startsWith('layer:'));
