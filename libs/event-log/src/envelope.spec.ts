import { expect, test } from '@jest/globals';
import { canonicalJson, type NewEvent } from '@funnelwatch/kernel';
import { eventOf } from './conformance/events.spec-fixture.js';
import { chainHash, chainHashInHex, decodeEvent, encodeEvent, recordedAtOf, sealedDigestOf } from './envelope.js';

const placement = {
  portalId: '11111111-1111-4111-8111-111111111111',
  bucket: 3,
  position: 1,
  version: 1,
  recordedAt: '2026-03-02T09:15:00.000001Z',
  digest: '',
  hash: '',
};

test.each<Partial<NewEvent>>([
  {},
  { causationId: 'c', correlationId: 'd' },
  { sealed: { 'contact:2': 'v1.b', 'contact:1': 'v1.a' } },
  { data: { z: [1, { b: null, a: 'ё\u2028' }], a: { nested: { y: 1, x: 2 } } } },
])('the stored body is the canonical text of the envelope: %j', (overrides) => {
  const event = eventOf('deal:1', 'a', overrides);
  const { body, sealed } = encodeEvent(event);
  const { sealed: parts, ...envelope } = event;
  const signed = parts ? { ...envelope, sealedDigest: sealedDigestOf(canonicalJson(parts)) } : envelope;
  expect(body).toBe(canonicalJson(signed));
  expect(decodeEvent(body, sealed, placement)).toEqual({ ...event, ...placement });
});

test('the order of keys does not change the digest, sealed texts do', () => {
  const left = eventOf('deal:1', 'a', { data: { a: 1, b: { c: 2, d: 3 } }, sealed: { x: '1', y: '2' } });
  const right = eventOf('deal:1', 'a', { data: { b: { d: 3, c: 2 }, a: 1 }, sealed: { y: '2', x: '1' } });
  expect(encodeEvent(left).digest).toEqual(encodeEvent(right).digest);
  const other = encodeEvent({ ...left, sealed: { x: '1', y: '3' } });
  expect(other.digest).not.toEqual(encodeEvent(left).digest);
});

test('no sealed part at all is as none given', () => {
  expect(encodeEvent(eventOf('deal:1', 'a', { sealed: {} }))).toMatchObject({ sealed: null });
});

test.each([
  ['2026-11-24 07:13:00.1234+00', '2026-11-24T07:13:00.123400Z'],
  ['2026-11-24 07:13:00+00', '2026-11-24T07:13:00.000000Z'],
  ['2026-11-24 07:13:00.000001+00', '2026-11-24T07:13:00.000001Z'],
])('%s is %s', (text, iso) => {
  expect(recordedAtOf(text)).toBe(iso);
});

test('the chain does not depend on what was hashed before, and what is no hash, id or time chains to nothing', () => {
  const hash = (byte: string): string => byte.repeat(32);
  const placed = {
    portalId: '11111111-1111-4111-8111-111111111111',
    bucket: 3,
    position: 2 ** 40 + 5,
    version: 2,
    recordedAt: '2026-11-24T07:13:00.123456Z',
  };
  const elsewhere = {
    ...placed,
    portalId: '22222222-2222-4222-8222-222222222222',
    recordedAt: '2026-11-24T07:13:00.123457Z',
  };
  const first = chainHashInHex(hash('a1'), hash('b2'), placed);
  expect(first).toBe('a1b9ac065b2d7381322e136dc8d972c79fe5b04d2cfefc71252ab77b6aedbe0d');
  expect(chainHashInHex(hash('a1'), hash('b2'), elsewhere)).not.toBe(first);
  for (const broken of [{ portalId: 'none' }, { recordedAt: '' }]) {
    expect(chainHashInHex(hash('a1'), hash('b2'), { ...placed, ...broken })).toBe('');
  }
  expect(chainHashInHex('a1', hash('b2'), placed)).toBe('');
  expect(chainHashInHex(hash('a1'), 'b2', placed)).toBe('');
  expect(chainHashInHex(hash('a1'), hash('b2'), placed)).toBe(first);
  expect(chainHash(Buffer.from(hash('a1'), 'hex'), Buffer.from(hash('b2'), 'hex'), placed).toString('hex')).toBe(first);
});
