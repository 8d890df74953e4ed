import type { DataLink, FieldConfig } from '@grafana/data';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Language } from '../authoring/language.js';
import { getFieldDisplayName } from './grafana-data.js';
import { frameOf, shown, withShares } from './panel-frame.js';
import type { Shown, ShownColumn } from './shown.js';

/** A link as it stands in a dashboard, variables and fields not put in yet. */
export interface ShownLink {
  title: string;
  url: string;
  isNewTab: boolean;
}

/** A column of a table with the settings it has there. */
export interface ShownField {
  /** Of the query. */
  name: string;
  /** What stands above it. */
  header: string;
  type: ShownColumn['type'];
  isHidden: boolean;
  /** Pixels. */
  width: number | null;
  align: 'left' | 'center' | 'right';
  /** What the colour of a value colours. */
  cell: 'plain' | 'text' | 'background' | 'gauge';
  links: readonly ShownLink[];
  values: readonly unknown[];
  /** What is read in the place of each value. */
  cells: readonly Shown[];
}

interface ColumnSettings {
  width?: number;
  align?: string;
  cellOptions?: { type?: string };
  hideFrom?: { viz?: boolean };
}

const CELLS: Readonly<Record<string, ShownField['cell']>> = {
  'color-text': 'text',
  'color-background': 'background',
  gauge: 'gauge',
};

const settingsOf = (config: FieldConfig): ColumnSettings => (config.custom ?? {}) as ColumnSettings;

/** Grafana aligns by the type unless told. */
function alignmentOf(type: ShownColumn['type'], { align }: ColumnSettings): ShownField['align'] {
  if (align === 'left' || align === 'center' || align === 'right') return align;
  return type === 'number' ? 'right' : 'left';
}

const linksOf = (links: readonly Partial<DataLink>[] | undefined): ShownLink[] =>
  (links ?? []).flatMap(({ title = '', url, targetBlank = false }) =>
    url ? [{ title, url, isNewTab: targetBlank }] : [],
  );

/** The columns of an answer as a table shows them, hidden ones as well. */
export function fieldsOf(panel: Panel, columns: readonly ShownColumn[], language: Language): ShownField[] {
  const frame = frameOf(panel, columns, language);
  return frame.fields.map((field, index) => {
    const settings = settingsOf(field.config);
    const type = columns[index]?.type ?? 'string';
    const values: readonly unknown[] = field.values;
    return {
      name: field.name,
      header: getFieldDisplayName(field, frame, [frame]),
      type,
      isHidden: settings.hideFrom?.viz === true,
      width: settings.width ?? null,
      align: alignmentOf(type, settings),
      cell: CELLS[settings.cellOptions?.type ?? ''] ?? 'plain',
      links: linksOf(field.config.links),
      values,
      cells: withShares(
        values.map((value) => shown(field.name, field.config, field.display?.(value))),
        field.config,
      ),
    };
  });
}

/** Links that a panel puts on each of its values. */
export const linksOfValues = (panel: Panel): ShownLink[] =>
  linksOf(panel.fieldConfig?.defaults.links as Partial<DataLink>[] | undefined);
