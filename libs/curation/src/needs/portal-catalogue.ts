import type { DictionaryConfiguredData, PipelinesConfiguredData } from '@funnelwatch/capture-contracts';
import type { KeptFact } from '../facts/kept-fact.js';
import type { NeededPart, PortalNeed } from './portal-need.js';

/** A time in which something of the configuration was gone: `[from, until)`, milliseconds since the epoch. */
export interface Outage {
  from: number;
  /** Null while it is gone. */
  until: number | null;
}

interface Reading {
  at: number;
  ids: ReadonlySet<string>;
}

/** What a portal's configuration has and had, as it was captured up to the rule clock. */
export class PortalCatalogue {
  private readonly readings = new Map<string, Reading[]>();

  /** Takes the facts of configuration; later ones than `untilMs` have not happened yet. */
  constructor(facts: readonly KeptFact[], untilMs: number) {
    const known = facts.filter(({ verb, at }) => verb === 'Configured' && at <= untilMs);
    known.sort((left, right) => left.at - right.at || left.position - right.position);
    for (const { kind, stream, at, data } of known) {
      if (kind === 'pipelines') {
        const { kind: of, pipelines } = data as unknown as PipelinesConfiguredData;
        this.add(
          `pipeline ${of}`,
          at,
          pipelines.map(({ pipelineId }) => pipelineId),
        );
        this.add(
          `stage ${of}`,
          at,
          pipelines.flatMap(({ stages }) => stages.map(({ stageId }) => stageId)),
        );
      } else if (kind === 'dictionary') {
        const { entries } = data as unknown as DictionaryConfiguredData;
        const part = partOfDictionary(stream);
        if (part)
          this.add(
            part,
            at,
            entries.map(({ id }) => id),
          );
      }
    }
  }

  private add(key: string, at: number, ids: readonly string[]): void {
    const readings = this.readings.get(key) ?? [];
    readings.push({ at, ids: new Set(ids) });
    this.readings.set(key, readings);
  }

  /** When something was gone that had been there; what was never seen is not gone. */
  outagesOf({ part, id, kinds }: PortalNeed): Outage[] {
    const keys = part === 'source' ? ['source'] : kinds.map((kind) => `${part} ${kind}`);
    const changes = keys
      .flatMap((key) => (this.readings.get(key) ?? []).map(({ at, ids }) => ({ key, at, isThere: ids.has(id) })))
      .sort((left, right) => left.at - right.at);
    const there = new Set<string>();
    const outages: Outage[] = [];
    let wasSeen = false;
    for (const { key, at, isThere } of changes) {
      if (isThere) there.add(key);
      else there.delete(key);
      wasSeen ||= isThere;
      const last = outages.at(-1);
      if (there.size === 0) {
        if (wasSeen && last?.until !== null) outages.push({ from: at, until: null });
      } else if (last?.until === null) last.until = at;
    }
    // Two readings of one instant are one.
    return outages.filter(({ from, until }) => until === null || until > from);
  }

  /** What of these is gone now. */
  missingOf(needs: readonly PortalNeed[]): PortalNeed[] {
    return needs.filter((need) => this.outagesOf(need).at(-1)?.until === null);
  }
}

/** `dictionary:SOURCE` holds sources, `dictionary:deal.fields` the portal's own fields of deals. */
function partOfDictionary(stream: string): string | null {
  if (stream === 'dictionary:SOURCE') return 'source' satisfies NeededPart;
  const [, kind] = /^dictionary:(\w+)\.fields$/.exec(stream) ?? [];
  return kind === undefined ? null : `field ${kind}`;
}

/** Dictionaries that rules can name something of. */
export const isNeededDictionary = (stream: string): boolean => partOfDictionary(stream) !== null;
