import type { JsonObject } from '@funnelwatch/kernel';
import type { PortalAddress } from '@funnelwatch/event-log';

export interface SealedText {
  subject: string;
  text: string;
}

/** Opens personal data for those who may see it. A text whose key was destroyed opens as null. */
export abstract class SealedTexts {
  abstract open(portal: PortalAddress, texts: readonly SealedText[]): Promise<(JsonObject | null)[]>;
}
