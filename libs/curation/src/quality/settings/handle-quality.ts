import type { Decided, DecisionLog, PortalAddress } from '@funnelwatch/event-log';
import type { Actor } from '@funnelwatch/kernel';
import { decideOnStream } from '../../own-events/own-event.js';
import { type QualityEvent, qualityStream } from './quality-events.js';
import { evolveQuality, type QualityState, usualQuality } from './quality-state.js';

/** Carries out a decision about the control of quality of a portal. Throws what `decide` throws. */
export const handleQuality = (
  parts: DecisionLog,
  portal: PortalAddress,
  decide: (state: QualityState) => QualityEvent[],
  actor: Actor,
): Promise<Decided<QualityState>> =>
  decideOnStream(parts, portal, {
    streamId: qualityStream,
    initial: usualQuality,
    evolve: evolveQuality,
    decide,
    actor,
  });
