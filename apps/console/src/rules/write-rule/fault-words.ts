import type { MessageKey, Translate } from '../../i18n/i18n.js';

/** What the API says of a rule → what the console says, with the words in its brackets. */
const sentences: readonly (readonly [RegExp, MessageKey])[] = [
  [/^There is no field "(.+)"\.$/, 'ruleFault.noField'],
  [/^There is no function "(.+)"\.$/, 'ruleFault.noFunction'],
  [/^There is no "(.+)"\.$/, 'ruleFault.noWord'],
  [/^There is a rule (\w+) already\.$/, 'ruleFault.taken'],
  [/^The rule has no parameter "(.+)"\.$/, 'ruleFault.noParameter'],
  [/^Types do not fit: (.+)\.$/, 'ruleFault.types'],
  [/^Must give (\w+), gives (.+)\.$/, 'ruleFault.gives'],
  [/^(.+) does not fit: "(.+)" takes other types\.$/, 'ruleFault.arguments'],
  [/^Name the parameter: params\.name\.$/, 'ruleFault.nameParameter'],
  [/^Unexpected token: EOF\.$/, 'ruleFault.ends'],
  [/^Unexpected token: (.+)\.$/, 'ruleFault.token'],
  [/^Loops over lists go at most (\d+) deep\.$/, 'ruleFault.loops'],
  [/^"(.+)" has a meaning already: take another name\.$/, 'ruleFault.meaning'],
  [/^The expression is too large or too deep: (.+)\.$/, 'ruleFault.tooLarge'],
  [/^Too small: expected string to have >=1 characters$/, 'ruleFault.empty'],
  [/^Too small: expected array to have >=1 items$/, 'ruleFault.none'],
  [/^Too big: expected string to have <=(\d+) characters$/, 'ruleFault.tooLong'],
  [/^Invalid string: must match pattern \/\^\[A-Z\]/, 'ruleFault.id'],
  [/^Invalid key in record$/, 'ruleFault.parameterName'],
  [/^Unrecognized keys?: (.+)$/, 'ruleFault.unknownKey'],
  [/^Invalid option: expected one of (.+)$/, 'ruleFault.option'],
  [/^(\w+) is told of: (.+)\.$/, 'ruleFault.factOf'],
  [/^Must be (\w+), as the rule is addressed\.$/, 'ruleFault.address'],
  [/^Must be a number that is not below 0\.$/, 'ruleFault.number'],
  [/^Invalid (input|discriminator)/, 'ruleFault.value'],
];

/** What is wrong, in the language of the page; what nobody foresaw as the API says it. */
export function faultText(message: string, t: Translate): string {
  for (const [pattern, key] of sentences) {
    const found = pattern.exec(message);
    if (found !== null) return t(key, { one: found[1] ?? '', two: found[2] ?? '' });
  }
  return message;
}

const fields: Readonly<Record<string, MessageKey>> = {
  id: 'ruleField.id',
  on: 'ruleField.on',
  kind: 'ruleField.kind',
  isOn: 'ruleField.isOn',
  version: 'ruleField.version',
  severity: 'ruleField.severity',
  title: 'ruleField.title',
  clause: 'ruleField.clause',
  feedback: 'ruleField.feedback',
  feedbackTo: 'ruleField.feedbackTo',
  when: 'ruleField.when',
  facts: 'ruleField.facts',
  clocks: 'ruleField.clocks',
  grace: 'ruleField.grace',
  resolve: 'ruleField.resolve',
  gather: 'ruleField.gather',
  about: 'ruleField.about',
  items: 'ruleField.items',
  parameters: 'ruleField.parameters',
  declarations: 'ruleField.declarations',
  evidence: 'ruleField.evidence',
  feeds: 'ruleField.feeds',
  inhibitedBy: 'ruleField.inhibitedBy',
  scope: 'ruleField.scope',
};

const partNames: Readonly<Record<string, MessageKey>> = {
  amount: 'ruleField.amount',
  unit: 'ruleField.unit',
  since: 'ruleField.since',
};

/** The name of a field of a rule, and of the part of it that a path leads to: «Название · ru», «Параметр · minutes». */
export function fieldText(path: string, t: Translate): string {
  const [field = '', ...parts] = path.split('.');
  const key = fields[field];
  const named = key === undefined ? field : t(key);
  const rest = parts.filter((part) => part !== 'when' || field !== 'resolve');
  const told = rest.map((part) => {
    const name = field === 'parameters' ? undefined : partNames[part];
    return name !== undefined ? t(name) : /^\d+$/.test(part) ? String(Number(part) + 1) : part;
  });
  return [named === '' ? t('ruleField.rule') : named, ...told].join(' · ');
}
