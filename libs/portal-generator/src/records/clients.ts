import type { PortalFields } from '../script.js';
import { firmInn, kppOf, latin, ogrn, personInn, phoneNumber } from '../texts/identifiers.js';
import {
  cities,
  companyRoots,
  companyTails,
  familyNames,
  femaleNames,
  femaleSecondNames,
  type FullName,
  legalForms,
  maleNames,
  maleSecondNames,
  positions,
  streets,
} from '../texts/russian-texts.js';
import { SOURCES } from '../world/setup.js';
import type { ClientState } from '../world/working-set.js';
import type { World } from '../world/world.js';

export function someone(world: World): FullName {
  const { random } = world;
  const family = random.pick(familyNames);
  if (random.chance(0.5)) {
    return { lastName: family, name: random.pick(maleNames), secondName: random.pick(maleSecondNames) };
  }
  return { lastName: `${family}а`, name: random.pick(femaleNames), secondName: random.pick(femaleSecondNames) };
}

/** A phone number nobody in the company has had so far. */
export function newPhone(world: World): string {
  return phoneNumber(Number(world.nextId('phone')), world.random);
}

export function phoneField(value: string): PortalFields[] {
  return [{ VALUE: value, VALUE_TYPE: 'WORK', TYPE_ID: 'PHONE' }];
}

export function emailField(value: string): PortalFields[] {
  return [{ VALUE: value, VALUE_TYPE: 'WORK', TYPE_ID: 'EMAIL' }];
}

export interface NewContact {
  ownerId: string;
  companyId: string | null;
  leadId?: string | null;
  person?: FullName;
  phone?: string;
  /** Fields besides the usual ones, or instead of them. */
  more?: PortalFields;
}

export function addContact(world: World, contact: NewContact): ClientState {
  const person = contact.person ?? someone(world);
  const phone = contact.phone ?? newPhone(world);
  const fields: PortalFields = {
    NAME: person.name,
    SECOND_NAME: person.secondName,
    LAST_NAME: person.lastName,
    POST: world.random.pick(positions),
    TYPE_ID: 'CLIENT',
    SOURCE_ID: world.random.pick(SOURCES),
    ASSIGNED_BY_ID: contact.ownerId,
    COMPANY_ID: contact.companyId,
    LEAD_ID: contact.leadId ?? null,
    PHONE: phoneField(phone),
    UF_CRM_CONSENT: '1',
  };
  if (world.random.chance(0.7)) {
    fields['EMAIL'] = emailField(`${latin(person.lastName)}${world.nextId('mailbox')}@client.internal`);
  }
  const contactId = world.add('contact', { ...fields, ...contact.more }, contact.ownerId);
  return { contactId, phone, companyId: contact.companyId };
}

export interface NewCompany {
  title?: string;
  city?: string;
  /** Left out: a valid one. */
  inn?: string;
  hasRequisite?: boolean;
  more?: PortalFields;
}

export function addCompany(world: World, ownerId: string, company: NewCompany = {}): string {
  const { random } = world;
  const entrepreneur = random.chance(0.15);
  const owner = someone(world);
  const title = entrepreneur
    ? `ИП ${owner.lastName} ${owner.name} ${owner.secondName}`
    : `${random.pick(legalForms)} «${random.pick(companyRoots)} ${random.pick(companyTails)}»`;
  const city = random.pick(cities);
  const name = company.title ?? title;
  const fields: PortalFields = {
    TITLE: name,
    COMPANY_TYPE: 'CUSTOMER',
    INDUSTRY: random.pick(['MANUFACTURING', 'CONSULTING', 'OTHER']),
    EMPLOYEES: random.pick(['EMPLOYEES_1', 'EMPLOYEES_2']),
    ADDRESS: `ул. ${random.pick(streets)}, д. ${random.integer(1, 120)}`,
    ADDRESS_CITY: company.city ?? city,
    CURRENCY_ID: world.parameters.currency,
    ASSIGNED_BY_ID: ownerId,
    PHONE: phoneField(newPhone(world)),
    ...company.more,
  };
  const companyId = world.add('company', fields, ownerId);
  if (company.hasRequisite !== false) {
    addRequisite(world, companyId, name, { isPerson: entrepreneur, by: ownerId, ...company });
  }
  return companyId;
}

/** The numbers of a company, all valid unless the caller brings an INN of his own. Returns the requisite's id. */
export function addRequisite(
  world: World,
  companyId: string,
  title: string,
  { isPerson, by, ...given }: { isPerson: boolean; by: string; inn?: string },
): string {
  const entrepreneur = isPerson && given.inn === undefined;
  const inn = given.inn ?? (entrepreneur ? personInn(world.random) : firmInn(world.random));
  const fields: PortalFields = {
    ENTITY_TYPE_ID: '4',
    ENTITY_ID: companyId,
    PRESET_ID: entrepreneur ? '2' : '1',
    NAME: title,
    ACTIVE: 'Y',
    SORT: '500',
    RQ_COMPANY_NAME: title,
    RQ_INN: inn,
    RQ_KPP: entrepreneur ? null : kppOf(inn),
    RQ_OGRN: entrepreneur ? null : ogrn(world.random),
  };
  return world.add('requisite', fields, by);
}

/** A client already known, or a new contact (with a firm of its own where the trade is between firms). */
export function findOrAddClient(world: World, ownerId: string, withCompany: boolean): ClientState {
  const { random } = world;
  if (random.chance(0.2)) {
    const known = world.atWork.clients.any(random);
    if (known) return known;
  }
  const companyId = withCompany ? addCompany(world, ownerId) : null;
  const client = addContact(world, { ownerId, companyId });
  world.atWork.clients.add({ id: client.contactId, ...client });
  if (random.chance(world.parameters.quirks.duplicateContact)) {
    addContact(world, { ownerId: world.aSeller(), companyId: null, phone: client.phone });
  }
  return client;
}

/** The company's own legal entity, which invoices are issued from. */
export function addOwnCompany(world: World): void {
  const title = 'ООО «Торговый дом»';
  const fields: PortalFields = {
    TITLE: title,
    COMPANY_TYPE: 'SUPPLIER',
    IS_MY_COMPANY: 'Y',
    CURRENCY_ID: world.parameters.currency,
    ASSIGNED_BY_ID: '1',
  };
  addRequisite(world, world.add('company', fields, '1'), title, { isPerson: false, by: '1' });
}

export const OWN_COMPANY_ID = '1';
