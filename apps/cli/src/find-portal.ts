import { Rejection } from '@funnelwatch/kernel';
import type { PortalRegistry, RegisteredPortal } from '@funnelwatch/portals';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The id of a portal as a person typed it. Throws `Rejection` PORTAL_UNKNOWN when it is no such id. */
export function portalIdOf(text: string): string {
  if (UUID.test(text)) return text.toLowerCase();
  throw unknown(text);
}

/** The portal of an id that a person typed. Throws `Rejection` PORTAL_UNKNOWN. */
export async function findPortal(registry: PortalRegistry, text: string): Promise<RegisteredPortal> {
  const portal = await registry.get(portalIdOf(text));
  if (!portal) throw unknown(text);
  return portal;
}

/** As `findPortal`, removed portals too: what is known of them is still there. */
export async function locatePortal(
  registry: PortalRegistry,
  text: string,
): Promise<{ portalId: string; bucket: number }> {
  const place = await registry.locate(portalIdOf(text));
  if (!place) throw unknown(text);
  return place;
}

const unknown = (text: string): Rejection =>
  new Rejection('PORTAL_UNKNOWN', `There is no portal ${text.slice(0, 60)}.`);
