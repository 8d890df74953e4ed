import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { catalogueOf } from '@funnelwatch/event-log';
import type { NewEvent, StoredEvent } from '@funnelwatch/kernel';
import { evolveScheme, noScheme, type SchemeEvent, versionFor } from './domain/scheme.js';
import { evolvePayDispute, noDispute, type PayDisputeEvent } from './domain/pay-dispute.js';
import { evolvePayPeriods, type PayPeriodEvent, type PayslipEvent } from './domain/pay-period.js';
import { evolveSaleShare, type SaleSharedEvent } from './domain/sale-share.js';
import { payslipOf, readPayslip } from './pay/payslip.js';
import { motivationEvents } from './domain/motivation-events.js';

const catalogue = catalogueOf(motivationEvents);
const folder = new URL('../fixtures/', import.meta.url);
const fixtures = readdirSync(folder).map((name) => ({
  name,
  event: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as NewEvent,
}));

function read(type: string): { type: string; data: unknown } {
  const event = fixtures.findLast((each) => each.event.type === type)?.event;
  if (!event) throw new Error(`${type} has no fixture`);
  const place = { portalId: '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f11', bucket: 3, position: 1, version: 1 };
  const stored: StoredEvent = { ...event, ...place, recordedAt: event.occurredAt, digest: '', hash: '' };
  const readable = catalogue.read(stored);
  if (typeof readable === 'string') throw new Error(`${type}: ${readable}`);
  return readable;
}

test('every type has a fixture of every version, named by both', () => {
  const wanted = catalogue.versions().map(({ type, schemaVersion }) => `${type}.v${schemaVersion}.json`);
  expect(fixtures.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
});

test('a scheme that was stored is told as it was', () => {
  const told = ['SchemeDrafted', 'SchemeApproved', 'SchemeIssued', 'SchemeSigned'].map(
    (type) => read(type) as SchemeEvent,
  );
  const state = told.reduce(evolveScheme, noScheme);
  expect(versionFor(state, '2026-07', '4')).toMatchObject({ version: 1, approvedBy: 'finance', signedBy: ['4'] });
  expect(versionFor(evolveScheme(state, read('SchemeWithdrawn') as SchemeEvent), '2026-07', '4')).toBeNull();
});

test('a closed month, its payslip and an objection that were stored are told as they were', () => {
  expect(evolvePayPeriods([], read('PayPeriodClosed') as PayPeriodEvent)).toEqual(['2026-07']);
  const { data } = read('PayslipIssued') as PayslipEvent;
  expect(payslipOf(readPayslip(data.text))).toEqual({ text: data.text, hash: data.hash });
  const told = ['PayDisputed', 'PayDisputeDecided'].map((type) => read(type) as PayDisputeEvent);
  expect(told.reduce(evolvePayDispute, noDispute)).toMatchObject({ status: 'upheld', correctionKopecks: '100000' });
  expect(evolveSaleShare([], read('SaleShared') as SaleSharedEvent)).toHaveLength(2);
  const withdrawn = [told[0], read('PayDisputeWithdrawn')] as PayDisputeEvent[];
  expect(withdrawn.reduce(evolvePayDispute, noDispute)).toMatchObject({ status: 'withdrawn' });
});
