import { Injectable } from '@nestjs/common';
import type { EntityKind } from '@funnelwatch/capture-contracts';
import { KeyRing, type PortalAddress } from '@funnelwatch/event-log';
import { type SealedTitle, titleText } from '@funnelwatch/funnel';

export interface Titled {
  kind: EntityKind;
  title: SealedTitle;
}

/** Opens the titles of records, all keys of a page with one statement. */
@Injectable()
export class Titles {
  constructor(private readonly keyRing: KeyRing) {}

  /** In the order given; null where a record has no title or its key was destroyed. */
  async open(portal: PortalAddress, records: readonly Titled[]): Promise<(string | null)[]> {
    const opened = await this.keyRing.openMany(
      portal,
      records.flatMap(({ title }) => title.map(({ subject, text }) => ({ subject, text }))),
    );
    let taken = 0;
    return records.map(({ kind, title }) => {
      const parts = opened.slice(taken, taken + title.length);
      taken += title.length;
      return titleText(kind, title, parts);
    });
  }
}
