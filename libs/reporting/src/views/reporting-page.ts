import { reportingViews } from './index.js';
import type { ReportingView } from './view.js';

/** The page that describes the views, in Markdown. */
export function reportingPage(): string {
  return [
    '# Views for dashboards',
    '',
    'What may be asked by SQL: the schema `grafana`, version 1, for dashboards, and the views `read.ops_*` for operations,',
    'which the page of operations in the console shows as well. A figure means what it means in the console:',
    '[funnel-definitions.md](funnel-definitions.md), [plans.md](plans.md), [rules.md](rules.md).',
    '',
    'Views stay as they are within a version: columns are added, never removed or given another meaning. They ask with the',
    'rights of whoever reads (`security_invoker`), so that [walls between portals](security.md#walls-between-portals) hold. Money',
    'is in hundredths of the currency named beside it, shares are from 0 to 1, instants are `timestamptz`. A question should name',
    'its portal: `portal_id = …::uuid`.',
    '',
    'This page is made from the code: `npm run -w @funnelwatch/reporting page`.',
    '',
    ...reportingViews.flatMap(sectionOf),
  ].join('\n');
}

function sectionOf({ schema, name, about, columns }: ReportingView): string[] {
  return [
    `## ${schema}.${name}`,
    '',
    about,
    '',
    '| Column | Says |',
    '| --- | --- |',
    ...Object.entries(columns).map(([column, says]) => `| \`${column}\` | ${says} |`),
    '',
  ];
}
