import { expandMacros, isMacro } from '../sql/expand-macros.js';
import { variablesOf } from '../sql/interpolate.js';
import { lexSql, type PieceKind } from '../sql/lex-sql.js';
import { type QueryRule, type QuerySubject, sampleContext } from './query-subject.js';

/** Texts of some kinds of pieces of a query in SQL. */
const pieces = ({ query }: QuerySubject, ...kinds: PieceKind[]): string[] =>
  query.language === 'sql'
    ? lexSql(query.text)
        .filter((piece) => kinds.includes(piece.kind))
        .map((piece) => piece.text)
    : [];

/** Other formats put a value in without quotes, with those of another database, or as the panel happens to be repeated. */
const variableFormat: QueryRule = {
  id: 'sql-variable-format',
  check: (subject) =>
    pieces(subject, 'variable')
      .filter((text) => !/^\$\{\w+:sqlstring\}$/.test(text) && !isMacro(text.slice(1)))
      .map((text) => ({ where: subject.query.where, message: `${text} is not safe in SQL: write \${name:sqlstring}` })),
};

const variableInQuotes: QueryRule = {
  id: 'sql-variable-in-quotes',
  check: (subject) =>
    pieces(subject, 'string', 'quoted', 'dollar', 'macro')
      .filter((text) => /\$\{|\[\[/.test(text) || variablesOf(text).some((name) => subject.variables.includes(name)))
      .map((text) => ({ where: subject.query.where, message: `A variable stands inside ${text}` })),
};

const variableIsKnown: QueryRule = {
  id: 'variable-is-known',
  check: ({ query, variables }) => {
    const names = query.language === 'sql' ? lexSql(query.text).filter(({ kind }) => kind === 'variable') : [query];
    return names
      .flatMap(({ text }) => variablesOf(text))
      .filter((name) => !variables.includes(name))
      .map((name) => ({
        where: query.where,
        message: query.kind === 'alert' ? `Alerts have no variables: ${name}` : `There is no variable ${name}`,
      }));
  },
};

/** Grafana ends a macro at the first closing parenthesis and says nothing. */
const macroArguments: QueryRule = {
  id: 'sql-macro-arguments',
  check: (subject) =>
    pieces(subject, 'macro')
      .filter((text) => text.indexOf('(') !== text.lastIndexOf('('))
      .map((text) => ({ where: subject.query.where, message: `${text}… takes a plain column, no function` })),
};

const macros: QueryRule = {
  id: 'sql-macros',
  check: ({ query }) => {
    if (query.language !== 'sql') return [];
    try {
      expandMacros(query.text, sampleContext);
      return [];
    } catch (error) {
      return [{ where: query.where, message: error instanceof Error ? error.message : 'It cannot be sent' }];
    }
  },
};

const fill: QueryRule = {
  id: 'sql-fill',
  check: (subject) =>
    subject.query.format === 'time_series'
      ? []
      : pieces(subject, 'macro')
          .filter((text) => /^\$__(?:timeGroup|unixEpochGroup)/.test(text) && text.split(',').length > 2)
          .map((text) => ({ where: subject.query.where, message: `${text} fills series only, this is a table` })),
};

export const rulesOfSqlText: readonly QueryRule[] = [
  variableFormat,
  variableInQuotes,
  variableIsKnown,
  macroArguments,
  macros,
  fill,
];
