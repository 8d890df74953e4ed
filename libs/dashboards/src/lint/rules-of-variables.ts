import { type VariableModel, VariableRefresh, VariableType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { DashboardRule } from './finding.js';

/** Variables that nobody chooses a value of. */
const fixed: readonly VariableType[] = [VariableType.Constant, VariableType.Datasource, VariableType.System];

const variableRule = (id: string, check: (variable: VariableModel) => string | undefined): DashboardRule => ({
  id,
  check: (dashboard) =>
    (dashboard.templating.list ?? []).flatMap((variable) => {
      const message = check(variable);
      return message === undefined ? [] : [{ where: `${dashboard.uid ?? ''} / $${variable.name}`, message }];
    }),
});

const variableNames: DashboardRule = {
  id: 'variable-names',
  check: (dashboard) => {
    const names = (dashboard.templating.list ?? []).map((variable) => variable.name);
    return names
      .filter((name, at) => !/^[a-z][a-z0-9_]*$/.test(name) || names.indexOf(name) !== at)
      .map((name) => ({ where: `${dashboard.uid ?? ''} / $${name}`, message: 'The name is taken or no plain word' }));
  },
};

export const rulesOfVariables: readonly DashboardRule[] = [
  variableNames,
  variableRule('variable-refresh', ({ type, refresh }) =>
    type === VariableType.Query && refresh !== VariableRefresh.OnTimeRangeChanged
      ? 'Its options are asked once and grow old'
      : undefined,
  ),
  variableRule('no-custom-value', ({ type, allowCustomValue }) =>
    !fixed.includes(type) && allowCustomValue !== false ? 'Anything can be typed into it' : undefined,
  ),
  variableRule('no-all-value', ({ allValue }) =>
    allValue && !/^'[^'"\\$]*'$/.test(allValue)
      ? 'A value for All goes into SQL as it stands: leave it out, or write one whole literal'
      : undefined,
  ),
  variableRule('variable-query', ({ type, query }) =>
    type === VariableType.Query && !query ? 'It asks nothing for its options' : undefined,
  ),
];
