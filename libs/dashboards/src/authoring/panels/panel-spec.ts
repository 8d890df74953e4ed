import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type {
  DashboardLink,
  FieldColor,
  FieldColorModeId,
  Panel,
  ThresholdsConfig,
  ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { AuthoringError } from '../authoring-error.js';
import { say } from '../language.js';
import { type DataLink, linkBuilder } from '../links.js';
import type { Query } from '../queries.js';
import { type Limits, thresholdsOf } from '../thresholds.js';
import type { Unit } from '../units.js';
import { type Mapping, mappingsOf } from '../value-mappings.js';

/** What a reader is told behind the "i" of a panel. */
interface Description {
  /** What exactly is counted or measured, over which window. */
  what: string;
  /** The relation or metric that it is read from. */
  source: string;
  /** What to do when it is orange or red; goes with limits. */
  whenRed?: string;
}

/** What every panel with figures states. */
export interface PanelSpec {
  title: string;
  description: Description;
  /** What stands in place of a figure when there is none: a reason, not a dash. */
  noValue: string;
  query: Query | readonly Query[];
  links?: readonly DataLink[];
}

/** What every panel with one kind of figure states on top of it. */
export interface FigureSpec extends PanelSpec {
  unit: Unit;
  decimals: number;
  limits?: Limits;
}

/** What the SDK's builders of panels have in common; they share no class. */
interface CommonBuilder extends Builder<Panel> {
  title(title: string): this;
  description(description: string): this;
  targets(targets: Builder<Dataquery>[]): this;
  dataLinks(links: Builder<DashboardLink>[]): this;
  noValue(noValue: string): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  thresholds(thresholds: Builder<ThresholdsConfig>): this;
  mappings(mappings: ValueMapping[]): this;
  colorScheme(color: Builder<FieldColor>): this;
}

const built = <T>(value: T): Builder<T> => ({ build: () => value });

/** A description as people read it. */
const descriptionText = ({ what, source, whenRed }: Description): string =>
  [
    what,
    `${say('Source', 'Источник')}: ${source}.`,
    ...(whenRed === undefined ? [] : [`${say('When red', 'Когда красное')}: ${whenRed}`]),
  ].join('\n\n');

/** Colours by limits where there are some, else one neutral colour. */
const limited = (limits: Limits | undefined): Builder<ThresholdsConfig> => built(thresholdsOf(limits));

/** How values get their colours. */
export const colour = (mode: FieldColorModeId, fixedColor?: string): Builder<FieldColor> =>
  built(fixedColor === undefined ? { mode } : { mode, fixedColor });

/**
 * Puts on a panel of the SDK what every panel has.
 *
 * @throws AuthoringError DESCRIPTION_MISSING, WHEN_RED_MISSING, LIMITS_MISSING, LIMITS_UNORDERED
 */
export function framed<B extends CommonBuilder>(
  builder: B,
  { title, description, noValue, query, links = [] }: PanelSpec,
  limits?: Limits,
): B {
  const texts = [title, description.what, description.source, noValue];
  if (texts.some((text) => text.trim() === '')) {
    throw new AuthoringError('DESCRIPTION_MISSING', `"${title}" leaves its title, description or noValue empty.`);
  }
  if (limits && !description.whenRed?.trim()) {
    throw new AuthoringError('WHEN_RED_MISSING', `"${title}" has limits and does not say what to do beyond them.`);
  }
  const queries = Array.isArray(query) ? (query as readonly Query[]) : [query as Query];
  builder
    .title(title)
    .description(descriptionText(description))
    .noValue(noValue)
    .targets([...queries])
    .thresholds(limited(limits));
  return links.length > 0 ? builder.dataLinks(links.map(linkBuilder)) : builder;
}

/** Puts on a panel what a panel with one kind of figure has. */
export const figured = <B extends CommonBuilder>(builder: B, spec: FigureSpec, mapping?: Mapping): B => {
  framed(builder, spec, spec.limits).unit(spec.unit).decimals(spec.decimals);
  return mapping ? builder.mappings(mappingsOf(mapping)) : builder;
};
