import type { Translate } from '../i18n/i18n.js';
import { kindKey } from './kind-names.js';

/** The name of what a backfill reads; the API's own word where the console has none. */
export function listingName(listing: string, t: Translate): string {
  const key = kindKey(listing);
  if (key !== null) return t(key, { n: 5 });
  return listing;
}
