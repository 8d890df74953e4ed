/** A rule as it is written: what the form does not know stays in it. */
export type RuleDraft = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at `title.ru` or `clocks.0.since`; undefined where nothing does. */
export function valueAt(draft: RuleDraft, path: string): unknown {
  let value: unknown = draft;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

/** A text, or a number as one; empty where neither stands there. */
export function textAt(draft: RuleDraft, path: string): string {
  const value = valueAt(draft, path);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A list of texts; empty where none stands there. */
export function listAt(draft: RuleDraft, path: string): string[] {
  const value = valueAt(draft, path);
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** The draft with another value at a path; `undefined` takes away what stands there. */
export function withValue(draft: RuleDraft, path: string, value: unknown): RuleDraft {
  const [name = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? value : replaced(draft[name], rest.join('.'), value);
  const { [name]: _before, ...others } = draft;
  if (inner === undefined) return others;
  return Object.hasOwn(draft, name) ? { ...draft, [name]: inner } : { ...others, [name]: inner };
}

function replaced(part: unknown, path: string, value: unknown): unknown {
  if (!Array.isArray(part)) return withValue(isMap(part) ? part : {}, path, value);
  const [index = '', ...rest] = path.split('.');
  const next: unknown[] = [...(part as unknown[])];
  if (rest.length > 0) next[Number(index)] = replaced(next[Number(index)], rest.join('.'), value);
  else if (value === undefined) next.splice(Number(index), 1);
  else next[Number(index)] = value;
  return next;
}

export const isFactRule = (draft: RuleDraft): boolean => draft['kind'] === 'fact';

/** The draft as a rule of the other kind, without what only the one before has. */
export function withKind(draft: RuleDraft, kind: 'state' | 'fact'): RuleDraft {
  if (draft['kind'] === kind) return draft;
  const { clocks: _clocks, items: _items, facts: _facts, about: _about, gather: _gather, ...common } = draft;
  const rule = { ...common, kind, resolve: 'verdict' };
  return kind === 'fact' ? { ...rule, facts: [] } : { ...rule, clocks: [], resolve: 'state' };
}

/** A rule that nobody has written anything of. */
export const blankRule: RuleDraft = {
  id: '',
  on: ['deal'],
  kind: 'state',
  title: { ru: '', en: '' },
  clause: { ru: '', en: '' },
  feedback: { ru: '', en: '' },
  severity: 'S2',
  feedbackTo: ['owner'],
  when: 'record.is_open',
  clocks: [{ amount: 1, unit: 'wd' }],
  grace: { amount: 0, unit: 'min' },
  resolve: 'state',
  parameters: {},
  feeds: [],
  evidence: [],
};

/** Another rule's draft as the beginning of a new one. */
export const copyOf = (rule: RuleDraft): RuleDraft => ({ ...rule, id: '', version: 1 });

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, one]) => [name, canonical(one)]),
  );
}

/** Whether two drafts say the same; the version is counted by the product. */
export const isSameRule = (left: RuleDraft, right: RuleDraft): boolean =>
  JSON.stringify(canonical({ ...left, version: 1 })) === JSON.stringify(canonical({ ...right, version: 1 }));

const written = ['id', 'version', 'kind', 'on', 'facts', ...Object.keys(blankRule)];
const placeOf = (name: string): number => {
  const at = written.indexOf(name);
  return at === -1 ? written.length : at;
};

/** A rule as a text that a person reads, its fields in the order in which one would tell them. */
export const jsonOf = (draft: RuleDraft): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(draft).sort(([left], [right]) => placeOf(left) - placeOf(right))),
    null,
    2,
  );

/** The rule that a text says; null where it is none. */
export function ruleIn(text: string): RuleDraft | null {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : null;
  } catch {
    return null;
  }
}

/** What is written in the field of an amount: a number, or an expression that gives one. */
export function amountOf(text: string): number | string {
  const trimmed = text.trim().replace(/^(\d+),(\d+)$/, '$1.$2');
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : text;
}
