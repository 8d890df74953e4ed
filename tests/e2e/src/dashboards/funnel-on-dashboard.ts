import { FigureMap } from '../truth/figure-map.js';
import type { WrittenTruth } from '../truth/planted-figures.js';
import type { ShownPanels } from './shown-panels.js';

interface Asked {
  portalId: string;
  /** Start of a month of the portal. */
  startOf: (month: string) => Date;
}

/** Figures that the dashboard Funnel shows, under the keys of the planted ones. */
export async function funnelOnDashboard(panels: ShownPanels, truth: WrittenTruth, asked: Asked): Promise<FigureMap> {
  const map = new FigureMap();
  for (const [pipelineId, { stages }] of Object.entries(truth.pipelines)) {
    const idOf = (name: unknown) => stages.find((stage) => stage.name === name)?.id ?? String(name);
    const chosen = { portal: { one: asked.portalId }, pipeline: { one: pipelineId }, seller: everybody };
    for (const row of await panels.rows('fw-funnel', 'Where objects stand (now)', chosen))
      map.set(`${pipelineId} | all | now ${idOf(row['stage'])} count`, Number(row['objects']));
    for (const month of truth.months) {
      const range = { from: asked.startOf(month), to: asked.startOf(following(month)) };
      const at = `${pipelineId} | all`;
      for (const row of await panels.rows('fw-funnel', 'Moves of the range by stage', chosen, range)) {
        map.set(`${at} | flow ${month} entries ${idOf(row['stage'])}`, Number(row['entries']));
        map.set(`${at} | flow ${month} visits ${idOf(row['stage'])}`, Number(row['visits']));
      }
      map.set(`${at} | flow ${month} created`, Number(await panels.figure('fw-funnel', 'Created', chosen, range)));
      map.set(`${at} | flow ${month} won`, Number(await panels.figure('fw-funnel', 'Won', chosen, range)));
      const sold = Number(await panels.figure('fw-funnel', 'Sold', chosen, range));
      map.set(`${at} | flow ${month} won amount`, Math.round(sold * 100));
      const days = await panels.rows('fw-funnel', 'Entries by day', chosen, range);
      for (const figure of ['lost', 'rollbacks'])
        map.set(
          `${at} | flow ${month} ${figure}`,
          days.reduce((sum, day) => sum + Number(day[figure]), 0),
        );
      for (const row of await panels.rows('fw-funnel', 'Conversions of a cohort', chosen, range)) {
        const step = `${at} | reached ${month} Hnone ${idOf(row['from'])}>${idOf(row['to'])}`;
        map.set(`${step} n`, Number(row['n']));
        map.set(`${step} converted`, Number(row['converted']));
      }
      for (const row of await panels.rows('fw-funnel', 'How far a cohort came', chosen, range))
        map.set(`${at} | chain ${month} Hnone reached ${idOf(row['stage'])}`, Number(row['objects']));
      for (const row of await panels.rows('fw-funnel', 'Sellers', chosen, range)) {
        const of = `${pipelineId} | ${String(row['seller_id'])} | flow ${month}`;
        for (const figure of ['created', 'won', 'lost']) map.set(`${of} ${figure}`, Number(row[figure]));
        map.set(`${of} won amount`, Math.round(Number(row['sold']) * 100));
      }
    }
  }
  return map;
}

/** Planted figures that the dashboard shows. */
export function onDashboard(planted: FigureMap, truth: WrittenTruth): FigureMap {
  const map = new FigureMap();
  const shown = [
    /\| all \| now \S+ count$/,
    /\| all \| flow \S+ (entries|visits) \S+$/,
    /\| all \| flow \S+ (created|won|lost|rollbacks|won amount)$/,
    /\| all \| chain \S+ Hnone reached \S+$/,
    /\| (?!all)\S+ \| flow \S+ (created|won|lost|won amount)$/,
  ];
  const neighbours = new Set(
    Object.entries(truth.pipelines).flatMap(([pipelineId, { stages }]) => {
      const ranked = stages.filter(({ rank }) => rank !== null).sort((left, right) => left.rank! - right.rank!);
      return ranked.slice(1).map((stage, index) => `${pipelineId} ${ranked[index]!.id}>${stage.id}`);
    }),
  );
  for (const [key, value] of planted.figures) {
    const step = /^(\S+) \| all \| reached \S+ Hnone (\S+) (?:n|converted)$/.exec(key);
    if (shown.some((form) => form.test(key)) || (step && neighbours.has(`${step[1]} ${step[2]}`))) map.set(key, value);
  }
  return map;
}

const everybody = { all: [], allValue: "'*'" };

function following(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}
