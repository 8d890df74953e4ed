import type { Field } from '@grafana/data';
import { createTheme, fieldColorModeRegistry } from './grafana-data.js';

export type Theme = 'dark' | 'light';

/** A colour of Grafana: how it is called, and as CSS by theme, with the colour of text that is read on it. */
export interface Paint {
  name: string;
  css: Record<Theme, string>;
  textOn: Record<Theme, string>;
}

const SCALES = ['continuous-blues', 'continuous-greens', 'continuous-reds', 'continuous-purples'] as const;
/** Steps in which a scale of colours is drawn. */
const SCALE_STEPS = 20;

const themes = { dark: createTheme(), light: createTheme({ colors: { mode: 'light' } }) };

/** The theme that values are displayed by; colours are told by their names, which both themes have. */
export const displayTheme = themes.dark;

const hues = themes.dark.visualization.hues.flatMap(({ shades }) =>
  [...shades].sort((one, other) => Number(other.primary ?? false) - Number(one.primary ?? false)),
);
const shadeNames = hues.map(({ name }) => name);

/** A named colour of Grafana as CSS. */
export const colourNamed = (name: string, theme: Theme = 'dark'): string =>
  themes[theme].visualization.getColorByName(name);

/** The colour that the series of this number has in a panel without colours of its own. */
export function seriesColour(index: number): string {
  const { palette } = displayTheme.visualization;
  return palette[index % palette.length] ?? 'green';
}

function named(name: string): Paint {
  const css = { dark: colourNamed(name, 'dark'), light: colourNamed(name, 'light') };
  return painted(name, css);
}

function painted(name: string, css: Record<Theme, string>): Paint {
  const isSolid = css.dark.startsWith('#') || css.dark.startsWith('rgb(');
  const textOn = (theme: Theme): string => (isSolid ? themes[theme].colors.getContrastText(css[theme]) : 'inherit');
  return { name, css, textOn: { dark: textOn('dark'), light: textOn('light') } };
}

function scaled(mode: (typeof SCALES)[number], step: number): Paint {
  const cssIn = (theme: Theme): string =>
    fieldColorModeRegistry.get(mode).getCalculator({ config: {} } as Field, themes[theme])(step, step / SCALE_STEPS);
  return painted(stepName(mode, step), { dark: cssIn('dark'), light: cssIn('light') });
}

const stepName = (mode: string, step: number): string => `${mode}-${step}`;

/** Every colour that a value can be shown in. */
export const paints: readonly Paint[] = [
  ...['text', 'transparent', 'gray', ...shadeNames].map(named),
  ...SCALES.flatMap((mode) => Array.from({ length: SCALE_STEPS + 1 }, (_, step) => scaled(mode, step))),
];

const byCss = new Map([...paints].reverse().map(({ name, css }) => [css.dark, name]));

/**
 * The name of a colour that a value was displayed in by `displayTheme`. A colour of a scale is the nearest step of it, by
 * `share` of the way; a colour that has no name is that of text.
 */
export function nameOfColour(css: string, mode?: string, share?: number): string {
  const known = byCss.get(css);
  if (known !== undefined) return known;
  if (!SCALES.some((scale) => scale === mode) || share === undefined) return 'text';
  return stepName(mode ?? '', Math.round(Math.min(1, Math.max(0, share)) * SCALE_STEPS));
}
