import {
  type DefinedDashboard,
  expandMacros,
  interpolate,
  panelsOf,
  type PlacedQuery,
  queriesOfDashboard,
  type Selections,
} from '@funnelwatch/dashboards';
import type { ShownColumn } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ReadModels } from '../read-models.js';
import { type Choice, choicesOf, selectionsOf } from './choices.js';
import { type Range, rangeOf } from './range.js';

/** What came of asking for a panel. */
export type PanelAnswer =
  /** One answer a query in SQL; none for a panel that asks for nothing. */
  | { state: 'answered'; answers: readonly (readonly ShownColumn[])[] }
  | { state: 'failed'; message: string }
  | { state: 'prometheus' };

export interface AskedPanel {
  panel: Panel;
  answer: PanelAnswer;
}

/** Panels under a title of their own, or at the top without one. */
export interface AskedSection {
  title: string | null;
  isFolded: boolean;
  panels: readonly AskedPanel[];
}

/** Something that happened at an instant, in milliseconds since 1970. */
interface Mark {
  at: number;
  text: string;
}

/** Marks of one kind, for all charts of a dashboard. */
export interface Marks {
  name: string;
  /** A name of a colour. */
  paint: string;
  marks: readonly Mark[];
}

export interface AskedDashboard {
  dashboard: DefinedDashboard;
  range: Range;
  choices: readonly Choice[];
  sections: readonly AskedSection[];
  marks: readonly Marks[];
}

interface Question {
  readModels: ReadModels;
  dashboard: DefinedDashboard;
  /** The query of the address, as Grafana writes it. */
  address: URLSearchParams;
  now: Date;
  consoleUrl: string | null;
}

/**
 * Asks everything that a dashboard shows for what an address chooses. A query that fails is said of its panel alone; rejects
 * where the choices themselves cannot be asked for.
 */
export async function askDashboard(question: Question): Promise<AskedDashboard> {
  const { dashboard, readModels } = question;
  const range = rangeOf(dashboard, question.address, question.now);
  const choices = await choicesOf({ ...question, range });
  const queries = queriesOfDashboard(dashboard.json);
  const selections = selectionsOf(choices);
  const ask = (query: PlacedQuery) => askQuery(readModels, query, selections, range);
  const [answers, marks] = await Promise.all([
    Promise.all(
      panelsOf(dashboard.json).map(async (panel) => ({ panel, answer: await answerOf(panel, queries, ask) })),
    ),
    Promise.all((dashboard.json.annotations.list ?? []).map((annotation) => marksOf(annotation, queries, ask))),
  ]);
  return { dashboard, range, choices, sections: sectionsOf(dashboard, answers), marks };
}

type Ask = (query: PlacedQuery) => Promise<ShownColumn[]>;

const askQuery = async (
  readModels: ReadModels,
  { text }: PlacedQuery,
  selections: Selections,
  range: Range,
): Promise<ShownColumn[]> => readModels.ask(expandMacros(interpolate(text, selections), range));

async function answerOf(panel: Panel, queries: readonly PlacedQuery[], ask: Ask): Promise<PanelAnswer> {
  const asked = queries.filter(({ kind, panelId }) => kind === 'panel' && panelId === panel.id);
  if (asked.some(({ language }) => language === 'promql')) return { state: 'prometheus' };
  try {
    return { state: 'answered', answers: await Promise.all(asked.map(ask)) };
  } catch (error) {
    return { state: 'failed', message: error instanceof Error ? error.message : '' };
  }
}

/** Marks that cannot be asked for are left out: they are beside what the panels say. */
async function marksOf(
  { name, iconColor }: { name: string; iconColor: string },
  queries: readonly PlacedQuery[],
  ask: Ask,
): Promise<Marks> {
  const query = queries.find(({ kind, where }) => kind === 'annotation' && where.endsWith(`/ @${name}`));
  const columns = query?.language === 'sql' ? await ask(query).catch(() => []) : [];
  const times = columns.find((column) => column.name === 'time')?.values ?? [];
  const texts = columns.find((column) => column.name === 'text')?.values ?? [];
  return {
    name,
    paint: iconColor,
    marks: times.map((at, index) => ({ at: Number(at), text: textOf(texts[index]) })),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A row begins a section; a folded one holds its panels itself. */
function sectionsOf({ json }: DefinedDashboard, asked: readonly AskedPanel[]): AskedSection[] {
  const answered = new Map(asked.map((each) => [each.panel.id, each]));
  const known = (panels: readonly Panel[]): AskedPanel[] => panels.flatMap(({ id }) => answered.get(id) ?? []);
  const sections: (Omit<AskedSection, 'panels'> & { panels: AskedPanel[] })[] = [];
  for (const item of json.panels ?? []) {
    if (item.type === 'row') {
      const row = item as Extract<typeof item, { collapsed: boolean }>;
      sections.push({ title: row.title ?? '', isFolded: row.collapsed, panels: known(row.panels) });
      continue;
    }
    if (sections.length === 0) sections.push({ title: null, isFolded: false, panels: [] });
    sections.at(-1)?.panels.push(...known([item]));
  }
  return sections;
}
