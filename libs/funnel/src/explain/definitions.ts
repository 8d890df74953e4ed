import { assertNever } from '@funnelwatch/kernel';
import type { FigureRef } from '../figure.js';

/** Words of docs/funnel-definitions.md for each figure; the console has its own under the same keys. */
const definitions = {
  'now.standing': 'Objects whose last move is in this pipeline.',
  'now.open': 'Objects whose last move is in this pipeline and whose stage is in process.',
  'now.won': 'Objects whose last move is into the won stage of this pipeline.',
  'now.lost': 'Objects whose last move is into a lost stage of this pipeline.',
  'flow.entries': 'Objects whose first entry into the stage lies in the period.',
  'flow.visits': 'All entries into the stage in the period; one object may enter several times.',
  'flow.created': 'Objects whose first visit in the pipeline began in the period.',
  'flow.won': 'Objects that stand in the won stage and whose last entry into it lies in the period.',
  'flow.lost': 'Objects that stand in a lost stage and whose last entry into it lies in the period.',
  'flow.rollbacks':
    'Moves inside the pipeline, in the period, from a ranked stage to a stage in process of lower rank.',
  'flow.reopened': 'Moves inside the pipeline, in the period, from a won or lost stage to a stage in process.',
  'flow.left': 'Moves out of the pipeline into another one, in the period.',
  'cohort.reached':
    'Population: objects that first reached the stage or any later one in the window. Converted: those that reached the target stage or any later one within the horizon.',
  'cohort.strict':
    'Population: objects that first entered the stage in the window. Converted: those that then entered every stage up to the target in order, the last within the horizon.',
  'cohort.touched':
    'Population: objects that first entered the stage in the window. Converted: those that first entered the target stage no later than the horizon, before or after.',
  'transitions.exits': 'Exits from the stage in the window, by destination; the shares of one stage add up to 100 %.',
  'gone.deleted': 'Objects found deleted whose last move was in this pipeline; they count in no other figure.',
  'gone.merged': 'Objects merged into another whose last move was in this pipeline; they count in no other figure.',
} as const;

const parts = {
  population: 'This number is the whole population.',
  counted: 'This number is n: of the population, the matured objects, or all of them without a horizon.',
  converted: 'This number is the converted ones among the matured.',
  immature: 'This number is the objects not yet followed for the whole horizon; they do not count in the rate.',
  censored: 'This number is the immature objects that left for another pipeline: censored, not lost.',
} as const;

/** Key and English text of a figure's definition. */
export function definitionOf(figure: FigureRef): { textKey: string; definition: string } {
  switch (figure.view) {
    case 'cohort': {
      const text = definitions[`cohort.${figure.definition}`];
      return {
        textKey: `funnel.cohort.${figure.definition}.${figure.figure}`,
        definition: `${text} ${parts[figure.figure]}`,
      };
    }
    case 'now':
      return worded(`now.${figure.figure}`);
    case 'flow':
      return worded(`flow.${figure.figure}`);
    case 'transitions':
      return worded(`transitions.${figure.figure}`);
    case 'gone':
      return worded(`gone.${figure.figure}`);
    default:
      return assertNever(figure);
  }
}

const worded = (key: keyof typeof definitions) => ({ textKey: `funnel.${key}`, definition: definitions[key] });
