import { MappingType, SpecialValueMatch, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { panelsOf, placeOfPanel } from '../sql/queries-of.js';
import type { DashboardRule } from './finding.js';
import { type FieldSettings, fieldSettingsOf } from './panel-settings.js';

/** Panels whose values take the colour of a threshold unless told otherwise. */
const coloured = ['stat', 'gauge', 'bargauge', 'state-timeline', 'status-history'];
const neutral = ['text', 'transparent'];

/**
 * A missing value takes the first colour. Grafana's own is green, so is that of a panel that sets no thresholds: "no data"
 * would look fine.
 */
const neutralBase: DashboardRule = {
  id: 'neutral-base',
  check: (dashboard) =>
    panelsOf(dashboard).flatMap((panel) => {
      const [defaults, ...overrides] = fieldSettingsOf(panel);
      if (!defaults) return [];
      return [defaults, ...overrides]
        .filter((group) => isColoured(panel.type, group) && !isNeutral(group, defaults))
        .map(({ ofFields }) => ({
          where: placeOfPanel(dashboard.uid ?? '', panel),
          message: `A missing value takes a colour that means something${ofFields ? ` (${ofFields})` : ''}`,
        }));
    }),
};

function isColoured(panelType: string, { ofFields, thresholds, colorMode, cellType }: FieldSettings): boolean {
  if (ofFields === '' && coloured.includes(panelType)) return true;
  return thresholds !== undefined || colorMode !== undefined || /^(?:color|gauge)/.test(cellType ?? '');
}

function isNeutral(group: FieldSettings, defaults: FieldSettings): boolean {
  if (saysNoData(group.mappings) || saysNoData(defaults.mappings)) return true;
  const { thresholds, colorMode = 'thresholds' } = { ...defaults, ...withoutGaps(group) };
  if (colorMode.startsWith('continuous')) return false;
  const first = thresholds?.steps[0];
  if (!first) return colorMode !== 'thresholds';
  return first.value === null && neutral.includes(first.color);
}

const withoutGaps = (group: FieldSettings): Partial<FieldSettings> =>
  Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined));

/** A mapping of null and NaN to a text, in a colour that is not that of "fine". */
const saysNoData = (mappings: readonly ValueMapping[]): boolean =>
  mappings.some((mapping) => {
    if (mapping.type !== MappingType.SpecialValue || mapping.options.match !== SpecialValueMatch.NullAndNan)
      return false;
    const { text, color } = mapping.options.result;
    return Boolean(text?.trim()) && color !== undefined && !/green/i.test(color);
  });

export const rulesOfColours: readonly DashboardRule[] = [neutralBase];
