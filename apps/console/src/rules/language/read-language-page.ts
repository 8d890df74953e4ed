/** Something that a condition can name: a field of what the rule is about, of a fact, or a function. */
export type LanguageWord = { name: string; type: string; says: string };

/** What conditions can ask of one kind of subject. */
type LanguageView = { variable: string; kinds: readonly string[]; fields: readonly LanguageWord[] };

/** `receiver`: the type on whose values it is called; empty for one that stands alone. */
type LanguageFunction = LanguageWord & { receiver: string };

export type RuleLanguage = {
  kinds: readonly string[];
  feedbackTo: readonly string[];
  units: readonly LanguageWord[];
  facts: readonly { name: string; on: readonly string[]; says: string; fields: readonly string[] }[];
  views: readonly LanguageView[];
  factFields: readonly LanguageWord[];
  functions: readonly LanguageFunction[];
  builtIns: readonly string[];
  /** Type of a receiver → kinds of subjects that are of it. */
  receivers: Readonly<Record<string, readonly string[]>>;
};

/**
 * Reads docs/rule-language.md, which is made from the catalogue of the curator, for whoever writes rules in the console.
 * Throws an `Error` when a part of the page is not where it was.
 */
export function readLanguagePage(page: string): RuleLanguage {
  const kinds = listIn(
    rowsUnder(page, '## A rule')
      .find(([field]) => field === '`on`')?.[1]
      ?.replace(/^.*?: /, ''),
  );
  const feedbackTo = listIn(rowsUnder(page, '## A rule').find(([field]) => field === '`feedbackTo`')?.[1]);
  const subjects = [...page.matchAll(/^### `(\w+)`(?:: (.+))?$/gm)].map(([title, variable = '', of]) => ({
    variable,
    kinds: of === undefined ? [variable] : listIn(of),
    fields: rowsUnder(page, title).map(([name = '', type = '', says = '']) => ({ name: bare(name), type, says })),
  }));
  const [, record = '', client = ''] =
    /`Record` is an? (.*?), `Client`\s+an?\s+(.*?)\./s.exec(page) ?? fail('what a Record and a Client are');
  return {
    kinds,
    feedbackTo,
    units: rowsUnder(page, '## Lengths of time').map(([name = '', says = '']) => ({
      name: bare(name),
      type: '',
      says,
    })),
    facts: rowsUnder(page, '## Facts').map(([name = '', on, says = '', fields = '']) => ({
      ...{ name: bare(name), on: listIn(on), says },
      fields: [...fields.matchAll(/`(\w+)`/g)].map(([, field = '']) => field),
    })),
    views: subjects.filter(({ variable }) => variable !== 'fact'),
    factFields: subjects.find(({ variable }) => variable === 'fact')?.fields ?? fail('the fields of facts'),
    functions: rowsUnder(page, '## Functions').map(([signature = '', says = '']) => {
      const [, receiver = '', name = ''] = /^(?:(\w+)\.)?(\w+)\(/.exec(bare(signature)) ?? fail(signature);
      return { name, receiver, type: bare(signature).replace(/^\w+\./, ''), says };
    }),
    builtIns: [...(/^Of CEL itself: (.*)\.$/m.exec(page) ?? fail('the functions of CEL'))[0].matchAll(/`(\w+)`/g)].map(
      ([, name = '']) => name,
    ),
    receivers: {
      ...{ Record: alternatives(record), Client: alternatives(client) },
      ...{ Activity: ['activity'], Employee: ['employee'], Portal: ['portal'], Calendar: kinds },
    },
  };
}

const bare = (cell: string): string => cell.replaceAll('`', '');
const listIn = (text: string | undefined): string[] =>
  text === undefined ? fail('a list') : text.replace(/\.$/, '').split(', ');
const alternatives = (text: string): string[] => text.split(/,\s+|\s+or\s+/);

/** Cells of the first table under a heading, without its head. */
function rowsUnder(page: string, heading: string): string[][] {
  const at = page.indexOf(`\n${heading}\n`);
  const [table] = /(?:^\|.*\n)+/m.exec(page.slice(at === -1 ? page.length : at)) ?? fail(heading);
  const cellsOf = (row: string): string[] => row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
  return (table ?? '')
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => cellsOf(row).slice(1, -1));
}

function fail(what: string): never {
  throw new Error(`docs/rule-language.md does not tell ${what} where it did.`);
}
