import { durationUnits, type DurationUnit } from '../rules/rule.js';
import { builtInFunctions, deepestLoops } from '../rules/condition-limits.js';
import { conditionLimits, viewOfKind, type ViewType } from '../views/catalogue.js';
import { factCatalogue, fieldCatalogue, type FieldEntry } from '../views/field-catalogue.js';
import { functionCatalogue } from '../views/function-catalogue.js';

const units: Record<DurationUnit, string> = {
  min: 'minutes worked',
  h: 'hours worked',
  wd: 'the same time of day on the n-th working day after; a start outside working hours first moves to the next opening',
  d: 'times 24 hours',
  'clock-min': 'minutes, whether worked or not',
  'week-end': 'to the end of the week (Monday to Sunday) in the zone of the portal; the amount says nothing',
};

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(...head),
  row(...head.map(() => '---')),
  ...rows.map((cells) => row(...cells)),
  '',
];
const code = (text: string): string => `\`${text}\``;
/** Types as authors read them. */
const plain = (type: string): string => type.replaceAll('google.protobuf.Timestamp', 'timestamp');

const subjectsOf = (type: ViewType): string =>
  Object.entries(viewOfKind)
    .filter(([, view]) => view.type === type)
    .map(([kind]) => kind)
    .join(', ');

function fieldsSection(title: string, fields: Readonly<Record<string, FieldEntry>>): string[] {
  const rows = Object.entries(fields).map(([name, [type, says]]) => [code(name), plain(type), says]);
  return [`### ${title}`, '', ...table(['Field', 'Type', 'Says'], rows)];
}

/** docs/rule-language.md: how rules are written, and everything that their conditions can ask, from the catalogue itself. */
export function ruleLanguagePage(): string {
  const { Record: record, Client, Activity, Employee, Fact } = fieldCatalogue;
  const functions = functionCatalogue.map(({ signature, says }) => [code(plain(signature)), says]);
  const facts = Object.entries(factCatalogue).map(([type, { on, says, fields }]) => [
    ...[code(type), on.join(', '), says, fields.map(code).join(', ')],
  ]);
  return [
    ...introduction,
    '## Lengths of time',
    '',
    'An amount and a unit. The amount is a number or an expression that gives one, not below 0.',
    '',
    ...table(
      ['Unit', 'Counts'],
      durationUnits.map((unit) => [code(unit), units[unit]]),
    ),
    ...limitsSection(),
    '## Facts',
    '',
    'A fact rule names one or more of these. Every fact has `type`, `at`, `by` and `ref`.',
    '',
    ...table(['Fact', 'Told of', 'Says', 'Also has'], facts),
    '## Fields',
    '',
    'The subject stands under `record`, `activity`, `employee` or `portal`; in fact rules the fact under `fact`; parameters under',
    '`params`, the working time of the portal under `calendar`. The portal as a subject has functions only.',
    '',
    ...fieldsSection(`\`record\`: ${subjectsOf('Record')}`, record),
    ...fieldsSection(`\`record\`: ${subjectsOf('Client')}`, Client),
    ...fieldsSection(`\`activity\``, Activity),
    ...fieldsSection(`\`employee\``, Employee),
    ...fieldsSection(`\`fact\``, Fact),
    '## Functions',
    '',
    'What begins with a type is called on a value of it: `record.visited("OFFER")`. `Record` is a lead, deal or invoice, `Client` a',
    'contact or company. A parameter can stand wherever the type is `dyn`.',
    '',
    ...table(['Function', 'Gives'], functions),
    `Of CEL itself: ${builtInFunctions.map(code).join(', ')}.`,
    '',
  ].join('\n');
}

const introduction = [
  '# The language of rules',
  '',
  'Made from the catalogue of views in `libs/curation` by `npm run -w @funnelwatch/curation rule-language`; do not edit. What the rules',
  'of the base pack mean is in [rules.md](rules.md), the terms used here are explained there.',
  '',
  '## A rule',
  '',
  'A rule is data. Its conditions are expressions of [CEL](https://cel.dev): they have no side effects, no clock and no loops but those',
  'over lists, and their types are checked when the rule is read. Whatever is wrong is told with line and column.',
  '',
  ...table(
    ['Field', 'Says'],
    [
      ['`id`, `version`', 'Letters and digits, `L01`; a version from 1.'],
      ['`on`', 'Kinds of subjects: lead, deal, invoice, activity, contact, company, employee, portal.'],
      [
        '`title`, `clause`, `feedback`',
        'Words in `ru` and `en`; `{minutes}` stands for a parameter, `{record}` in feedback for the record.',
      ],
      ['`severity`', '`S1` money, law or a lost client; `S2` breaks analytics or process; `S3` hygiene; `S4` advice.'],
      ['`feedbackTo`', 'doer, owner, assignee, creator, editor, head, admin.'],
      [
        '`parameters`',
        'Name → type (`number`, `text`, `list`, `map`, `lists`), default, title; `isRequired` where the rule waits for a value.',
      ],
      ['`grace`', 'Time between the end of the clocks, or the fact, and the opening of the case.'],
      ['`inhibitedBy`', 'Rules whose open case about the same record explains this one.'],
      ['`feeds`', 'Captured listings through which the rule clock must have come.'],
      ['`evidence`', 'Fields of the view that are kept with the case as they were when the episode began.'],
      ['`outlivesSubject`', 'True for rules about what has vanished: their cases are not void.'],
      ['`unavailable`', 'The fact that is missing, where the rule cannot be judged yet.'],
    ],
  ),
  '## State rules',
  '',
  '`kind: state`. The state holds from the first instant at which `when` is true to the first at which it is not. It is looked at after',
  'all facts of an instant.',
  '',
  ...table(
    ['Field', 'Says'],
    [
      ['`when`', 'The condition.'],
      [
        '`clocks`',
        'Up to four; all must have run out. Each is a length of time and, in `since`, the instant from which it runs: the beginning of the state without one. When such an instant moves, the episode ends and another begins.',
      ],
      ['`resolve`', '`state`: when the state ends; `verdict`: never by itself.'],
      ['`items`', 'A list of texts: the records that make up the case.'],
    ],
  ),
  '```yaml',
  'kind: state',
  'on: [deal]',
  'when: record.is_open && record.planned == 0',
  'clocks: [{ amount: number(params.hours), unit: h }]',
  'parameters: { hours: { type: number, default: 4 } }',
  '```',
  '',
  '## Fact rules',
  '',
  '`kind: fact`. The rule fires at a fact for which `when` is true.',
  '',
  ...table(
    ['Field', 'Says'],
    [
      ['`facts`', 'Types of facts, see below.'],
      ['`when`', 'The condition; `fact` is the fact.'],
      [
        '`resolve`',
        '`verdict`: never by itself; `{ when }`: at the first instant at which it is true, `fact` being the one that fired; with `withinGraceOnly` before the case opens or never; `{ quiet }`: when for so long no fact joined.',
      ],
      [
        '`gather`',
        'Further facts within this time after the last one join the episode; `resolved`: until it resolves.',
      ],
      ['`about`', 'A text: the record the case is about, where that is not the subject.'],
    ],
  ),
  '```yaml',
  'kind: fact',
  'on: [deal]',
  'facts: [moved]',
  'when: fact.from_type in ["S", "F"] && fact.to_type == "P"',
  'resolve: verdict',
  '```',
  '',
];

function limitsSection(): string[] {
  const { maxAstNodes, maxDepth, maxListElements, maxMapEntries } = conditionLimits;
  return [
    '## Limits',
    '',
    `An expression has at most ${maxAstNodes} terms, goes ${maxDepth} deep, and writes lists of at most ${maxListElements} and maps of at most ${maxMapEntries} entries.`,
    `Loops over lists (\`exists\`, \`all\`, \`filter\`, \`map\`) go at most ${deepestLoops} deep, one feeding another included. There are no regular`,
    'expressions: use `startsWith`, `endsWith`, `contains`, and facts derived from texts. Parameters are named: `params.days`, never',
    '`params[…]` with anything but a name. An expression that fails while it runs takes its rule, for that subject alone, out of the',
    'judgement until it is mended; all other rules are judged.',
    '',
  ];
}
