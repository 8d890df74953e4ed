import type { PortalAddress } from '../port.js';

/** Stands where the subject stands for keys of subjects. */
export const MATCH_KEY = 'match key';

/** What a sealed text and a wrapped key are bound to, so that neither can be moved to another subject or portal. */
export const contextOf = (portal: Pick<PortalAddress, 'portalId'>, subject: string): string =>
  `${portal.portalId}\n${subject}`;
