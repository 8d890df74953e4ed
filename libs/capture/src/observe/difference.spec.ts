import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '@funnelwatch/kernel';
import fc from 'fast-check';
import { KeyedHash } from '../write/keyed-hash.js';
import { applyDifference, differenceOf, isFact, personalHashesOf } from './difference.js';

const keyed = new KeyedHash('a key of the portal');
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
);
const names = fc.constantFrom(
  'ownerId',
  'amountKopecks',
  'currency',
  'modifiedAt',
  'contactId',
  'stageId',
  'pipelineId',
);
const fields = fc.dictionary(names, value);
const state = fc.record({ fields, extra: fc.dictionary(fc.constantFrom('UF_1', 'UF_2', 'UF_3'), value) });
const nulled = (record: Record<string, JsonValue>): Record<string, JsonValue> =>
  Object.fromEntries(Object.entries(record).filter(([, member]) => member !== null));
const withoutStage = ({ stageId: _stageId, pipelineId: _pipelineId, ...rest }: Record<string, JsonValue>) =>
  nulled(rest);

describe('difference between the stored state and an observation', () => {
  it('applied to the stored state gives the observation, stage apart', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const difference = differenceOf({ content: before, personalHashes: {} }, after, {});
        const applied = applyDifference(before, difference);
        expect(withoutStage(applied.fields)).toEqual(withoutStage(after.fields));
        expect(nulled(applied.extra)).toEqual(nulled(after.extra));
      }),
    );
  });

  it('never names the stage, but knows that the object moved', () => {
    fc.assert(
      fc.property(state, state, (before, after) => {
        const difference = differenceOf({ content: before, personalHashes: {} }, after, {});
        expect(Object.keys(difference.changes)).not.toContain('stageId');
        const isSame = (name: string) =>
          JSON.stringify(before.fields[name] ?? null) === JSON.stringify(after.fields[name] ?? null);
        expect(difference.hasMoved).toBe(!isSame('stageId') || !isSame('pipelineId'));
      }),
    );
  });

  it('is no fact when an overlapping window shows the same again', () => {
    fc.assert(
      fc.property(state, fc.dictionary(fc.string(), value), (same, personal) => {
        const hashes = personalHashesOf(personal, keyed);
        const again = personalHashesOf(structuredClone(personal), keyed);
        const difference = differenceOf({ content: same, personalHashes: hashes }, structuredClone(same), again);
        expect(isFact(difference)).toBe(false);
        expect(difference.hasMoved).toBe(false);
      }),
    );
  });

  it('names personal fields that changed, appeared or went, without their text', () => {
    const before = personalHashesOf({ title: 'А', comments: 'Б', name: 'В' }, keyed);
    const after = personalHashesOf({ title: 'А', comments: 'Ж', lastName: 'Г' }, keyed);
    const content = { fields: {}, extra: {} };
    const difference = differenceOf({ content, personalHashes: before }, content, after);
    expect(difference.personalChanged).toEqual(['comments', 'lastName', 'name']);
    expect(isFact(difference)).toBe(true);
  });

  it('does not take another token in the link of a file for a change', () => {
    const file = (token: string) => ({ files: [{ id: 7, url: `https://portal/file?auth=${token}` }] });
    expect(personalHashesOf(file('a'), keyed)).toEqual(personalHashesOf(file('b'), keyed));
  });
});
