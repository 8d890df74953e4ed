import type { PromqlReading, PromqlSelector } from '@funnelwatch/dashboards';
import { parser } from '@prometheus-io/lezer-promql';

/** Reads an expression with the grammar of Prometheus itself; types of arguments are not looked at. */
export function readPromql(expression: string): PromqlReading {
  let hasError = false;
  const selectors: PromqlSelector[] = [];
  const functions: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, type, from, to, node }) => {
      const text = expression.slice(from, to);
      if (type.isError) hasError = true;
      if (name === 'FunctionCall' || name === 'AggregateExpr') functions.push(/^\w*/.exec(text)?.[0] ?? '');
      if (name === 'VectorSelector') {
        const identifier = node.getChild('Identifier');
        const metric = identifier ? expression.slice(identifier.from, identifier.to) : nameInBraces(text);
        selectors.push({ metric, functions: [...functions] });
      }
    },
    leave: ({ name }) => {
      if (name === 'FunctionCall' || name === 'AggregateExpr') functions.pop();
    },
  });
  return { hasError, selectors };
}

/** `{__name__="metric"}` and `{"metric"}`; empty when no single metric is named. */
const nameInBraces = (selector: string): string =>
  /__name__\s*=\s*"([^"]*)"/.exec(selector)?.[1] ?? /[{,]\s*"([^"]*)"\s*[,}]/.exec(selector)?.[1] ?? '';
