import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';

export type Colour = 'text' | 'green' | 'orange' | 'red' | 'yellow' | 'blue' | 'purple' | 'gray';

/** How values are shown: by the value, its text and its colour. Text stays with colour: a colour alone says nothing. */
export type Mapping = Readonly<Record<string, { text?: string; color?: Colour }>>;

/** Grafana's mappings, in the order of writing. */
export const mappingsOf = (mapping: Mapping): ValueMapping[] => [
  {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(mapping).map(([value, { text = value, color }], index) => [
        value,
        { text, ...(color ? { color } : {}), index },
      ]),
    ),
  },
];
