import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Language } from '../authoring/language.js';
import { getFieldDisplayValues } from './grafana-data.js';
import { displayTheme } from './palette.js';
import { configOf, frameOf, settledConfig, shown, withShares } from './panel-frame.js';
import type { Shown, ShownColumn } from './shown.js';

/** Every value of an answer as a panel shows it, row by row of each column, by the library that Grafana itself uses. */
export function displayOf(panel: Panel, columns: readonly ShownColumn[], language: Language = 'en'): Shown[] {
  return frameOf(panel, columns, language).fields.flatMap((field) =>
    withShares(
      field.values.map((value: unknown) => shown(field.name, field.config, field.display?.(value))),
      field.config,
    ),
  );
}

interface ReduceOptions {
  calcs: string[];
  values?: boolean;
  limit?: number;
  fields?: string;
}

/**
 * What a stat, a gauge or a bar gauge shows of an answer: the one value it reduces each number to, or each row. With nothing
 * to show there is one value all the same: the text for no value, in the colour of it.
 */
export function reducedDisplayOf(panel: Panel, columns: readonly ShownColumn[], language: Language = 'en'): Shown[] {
  const options = (panel.options ?? {}) as { reduceOptions?: Partial<ReduceOptions> };
  const defaults = settledConfig(configOf(panel).defaults);
  const values = getFieldDisplayValues({
    data: [frameOf(panel, columns, language)],
    fieldConfig: { ...configOf(panel), defaults },
    reduceOptions: { calcs: [], ...options.reduceOptions },
    replaceVariables: (text) => text,
    theme: displayTheme,
  });
  return withShares(
    values.map(({ display, field }) => shown(display.title ?? '', field, display)),
    defaults,
  );
}
