import { type EntityKind, type MatchedKind, matchedKinds, type MatchKind } from '@funnelwatch/capture-contracts';
import type { JsonValue } from '@funnelwatch/kernel';
import { emailAddressOf, isDummyEmail, phoneDigitsOf } from '../normalise/contact-channels.js';
import { channelValues } from '../normalise/derived-facts.js';
import type { Observation } from '../normalise/observation.js';
import { isValidInn } from '../normalise/russian-numbers.js';
import { cityNameOf, companyNameOf, isDefaultTitle, isPlaceholder } from '../normalise/wording.js';

/** A value in the one form in which it is the same for all who have it. Personal: it leaves this process only as a hash. */
export interface MatchValue {
  kind: MatchKind;
  value: string;
}

/** Grows with every change of what is compared: records seen before are then looked at once more. */
export const MATCH_VALUES_VERSION = 1;

type Personal = Observation['personal'];
type Reader = (personal: Personal, id: string) => MatchValue[];

const phones: Reader = ({ phones: value }) => all('phone', channelValues(value).map(phoneDigitsOf));
const emails: Reader = ({ emails: value }) => all('email', channelValues(value).map(emailOf));
const titleOf =
  (kind: EntityKind): Reader =>
  ({ title }, id) => {
    if (typeof title !== 'string' || isPlaceholder(title) || isDefaultTitle(kind, id, title)) return [];
    return all('title', [title.trim().toLowerCase().replace(/\s+/g, ' ')]);
  };

const readers: Readonly<Record<MatchedKind, Reader[]>> = {
  lead: [phones, emails, titleOf('lead')],
  deal: [titleOf('deal')],
  contact: [phones, emails],
  company: [phones, emails, companyOf],
  invoice: [({ accountNumber }) => all('number', [textOf(accountNumber).trim().toLowerCase() || null])],
  call: [({ phoneNumber }) => all('phone', [phoneDigitsOf(textOf(phoneNumber))])],
  user: [phones, ({ email }) => all('email', [emailOf(textOf(email))])],
  requisite: [({ RQ_INN: inn }) => all('inn', [isValidInn(textOf(inn)) ? textOf(inn).trim() : null])],
};

const matched: ReadonlySet<EntityKind> = new Set(matchedKinds);

export const isMatchedKind = (kind: EntityKind): kind is MatchedKind => matched.has(kind);

/** Everything by which a record may be found to have something in common with others, each value once. */
export function matchValuesOf(kind: MatchedKind, { id, personal }: Pick<Observation, 'id' | 'personal'>): MatchValue[] {
  return readers[kind].flatMap((read) => read(personal, id));
}

function companyOf({ title, addressCity, registeredAddressCity }: Personal, id: string): MatchValue[] {
  if (typeof title !== 'string' || isPlaceholder(title) || isDefaultTitle('company', id, title)) return [];
  const name = companyNameOf(title);
  return all('company', [name && `${name}\n${cityNameOf(textOf(addressCity) || textOf(registeredAddressCity))}`]);
}

/** Null for what is no address, or one that says nothing about whose it is. */
const emailOf = (text: string): string | null => (isDummyEmail(text) ? null : emailAddressOf(text));

const all = (kind: MatchKind, values: (string | null)[]): MatchValue[] =>
  [...new Set(values.filter((value) => value !== null))].map((value) => ({ kind, value }));

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
