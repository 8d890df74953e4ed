import type { PortalScope } from '@funnelwatch/postgres';
import { portalParams } from '../portals/portals.schemas.js';

/**
 * Whose rows a request may touch: of the portal that its route names, or, while there are no accounts, of all where it
 * names none. What is malformed is nobody's; the schemas of the route refuse it.
 */
export function scopeOfRequest({ params }: { params: Record<string, unknown> }): PortalScope {
  if (params['portalId'] === undefined) return 'all';
  const named = portalParams.safeParse({ portalId: params['portalId'] });
  return named.success ? [named.data.portalId] : [];
}
