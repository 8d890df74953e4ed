import { type Paint, paints, type Theme } from '@funnelwatch/dashboards/display';
import { COLUMNS, GAP, MOST_LETTERS, MOST_WORDS, UNIT_HEIGHT, WIDE_FROM } from './measures.js';
import { rules } from './style-rules.js';

/** Units of height that a section may be high, and a panel in it. */
const MOST_UNITS = 80;

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The place of panels in the grid, by classes: a page may not have styles of its own. */
const places = (): string =>
  [
    `.grid{display:grid;grid-template-columns:repeat(${COLUMNS},minmax(0,1fr));grid-auto-rows:${UNIT_HEIGHT}px;gap:${GAP}px}`,
    ...numbers(0, COLUMNS - 1).map((x) => `.x${x}{grid-column-start:${x + 1}}`),
    ...numbers(1, COLUMNS).map((w) => `.w${w}{grid-column-end:span ${w}}`),
    ...numbers(0, MOST_UNITS).map((y) => `.y${y}{grid-row-start:${y + 1}}`),
    ...numbers(1, MOST_UNITS).map((h) => `.h${h}{grid-row-end:span ${h}}`),
  ].join('\n');

/** A figure is as large as its letters have room for. */
const figures = (): string =>
  numbers(1, MOST_LETTERS)
    .map((count) => `.letters${count}{--letters:${count}}`)
    .join('');

/** Columns of words share half of a table where its figures leave that much. */
const tables = (): string =>
  numbers(1, MOST_WORDS)
    .map((count) => `.one-of-${count}{width:${Math.floor(48 / count)}%}`)
    .join('');

const colours = (theme: Theme): string =>
  paints
    .map(({ name, css, textOn }: Paint) =>
      [
        `.paint-${name}{color:${css[theme]}}`,
        `.on-${name}{background:${css[theme]};color:${textOn[theme]}}`,
        `.fill-${name}{fill:${css[theme]}}`,
        `.line-${name}{stroke:${css[theme]}}`,
      ].join(''),
    )
    .join('\n');

/** The stylesheet of all pages: layout, and every colour that a value can be shown in, by theme. */
export const styleSheet = (): string =>
  [
    rules,
    figures(),
    tables(),
    `@media (min-width:${WIDE_FROM}px){${places()}}`,
    colours('light'),
    `@media (prefers-color-scheme:dark){${colours('dark')}}`,
  ].join('\n');
