import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';

interface Overridable {
  overrideByName(name: string, properties: DynamicConfigValue[]): this;
  overrideByRegexp(pattern: string, properties: DynamicConfigValue[]): this;
}

/** Whether a name stands for all that match it: a pattern between slashes. */
export const isPattern = (name: string): boolean => name.length > 2 && name.startsWith('/') && name.endsWith('/');

/** Properties of one column or series, or of all whose names match a pattern between slashes. */
export const override = <B extends Overridable>(builder: B, name: string, properties: DynamicConfigValue[]): B =>
  isPattern(name) ? builder.overrideByRegexp(name, properties) : builder.overrideByName(name, properties);
