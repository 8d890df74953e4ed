import { describe, expect, it } from '@jest/globals';
import type { PreviewPack, RuleView } from '../../api/schema.js';
import { en } from '../../i18n/en.js';
import type { MessageKey } from '../../i18n/i18n.js';
import { fillMessage } from '../../i18n/message.js';
import type { MessageValues } from '../../i18n/message.js';
import { diffFieldText, diffText, isCode, layerOf } from '../differences/diff-values.js';
import { layerLike, previewIn, textWithRule, titlesIn, whyNotTried } from './preview-text.js';

const t = (key: MessageKey, values?: MessageValues) => fillMessage(en[key], 'en', values);
const words = (text: string) => ({ ru: text, en: text });
const parameter = (name: string, change: object = {}) => ({
  ...{
    name,
    title: words(`Title of ${name}`),
    type: 'number',
    isRequired: false,
    isSet: false,
    default: 30,
    value: 15,
  },
  ...change,
});
const rule = (ruleId: string, change: object = {}) =>
  ({ ruleId, unavailable: null, parameters: [parameter('minutes')], ...change }) as unknown as RuleView;

const layer = { id: 'wholesale', version: 1, rules: { L01: { severity: 'S1' } } };
const written = { id: 'OWN1', when: 'true', title: words('Own') };

describe('what is to be previewed', () => {
  const countsOf = (value: unknown) => {
    const read = previewIn(JSON.stringify(value));
    return 'pack' in read ? [read.pack.rules.length, read.pack.layers.length] : read.fault;
  };

  it.each([
    ['a rule', written, [1, 0]],
    ['a layer', layer, [0, 1]],
    ['a list of both', [written, layer, written], [2, 1]],
    ['both by their names', { rules: [written], layers: [layer, layer] }, [1, 2]],
    ['rules by their name', { rules: [written] }, [1, 0]],
    ['something else', { id: 'x' }, 'pack'],
    ['something else among them', [written, 7], 'pack'],
    ['nothing by its name', { rules: [] }, 'pack'],
    ['a number', 7, 'pack'],
  ])('may be %s', (_what, value, counts) => {
    expect(countsOf(value)).toEqual(counts);
  });

  it('is said to be no JSON, with the reason', () => {
    expect(previewIn(' ')).toEqual({ fault: 'empty' });
    expect(previewIn('{"id": ')).toMatchObject({ fault: 'json', why: expect.stringContaining('JSON') });
  });

  it('begins with a parameter as the portal has it', () => {
    const rules = [rule('A09', { unavailable: words('x') }), rule('L07', { parameters: [] }), rule('L01')];
    expect(JSON.parse(layerLike(rules))).toMatchObject({ rules: { L01: { parameters: { minutes: 15 } } } });
    expect(previewIn(layerLike([]))).toMatchObject({ pack: { layers: [{ rules: {} }] } });
  });

  it('is mended where a suggestion is taken', () => {
    const pack: PreviewPack = { rules: [written, { ...written, id: 'OWN2' }], layers: [layer] };
    const mended = previewIn(textWithRule(pack, 1, { ...written, id: 'OWN3' }));
    expect(mended).toEqual({ pack: { rules: [written, { ...written, id: 'OWN3' }], layers: [layer] } });
    expect(titlesIn(pack, 'ru')).toEqual({ OWN1: 'Own', OWN2: 'Own' });
  });
});

describe('a rule that was not tried', () => {
  const needing = (value: unknown) => rule('D05', { parameters: [parameter('proofs', { isRequired: true, value })] });
  const nothing: PreviewPack = { rules: [], layers: [] };

  it('waits for a parameter, lacks data or was one too many', () => {
    expect(whyNotTried('D05', [needing({})], nothing)).toEqual({ why: 'setting', name: 'proofs' });
    expect(whyNotTried('D05', [needing({ WON: ['call'] })], nothing)).toEqual({ why: 'many' });
    expect(whyNotTried('D05', [rule('D05', { unavailable: words('x') })], nothing)).toEqual({ why: 'unavailable' });
    const set: PreviewPack = {
      ...nothing,
      layers: [{ id: 'x', version: 1, rules: { D05: { parameters: { proofs: { WON: ['call'] } } } } }],
    };
    expect(whyNotTried('D05', [needing({})], set)).toEqual({ why: 'many' });
    const own = { ...written, parameters: { days: { type: 'text', default: '', isRequired: true } } };
    expect(whyNotTried('OWN1', [], { ...nothing, rules: [own] })).toEqual({ why: 'setting', name: 'days' });
  });
});

describe('a difference', () => {
  it('is read in words', () => {
    expect(diffText('isOn', true, 'en', t)).toBe('on');
    expect(diffText('outlivesSubject', false, 'en', t)).toBe('no');
    expect(diffText('parameters.minutes', 1.5, 'en', t)).toBe('1.5');
    expect(diffText('evidence', ['owner', 'stage'], 'en', t)).toBe('owner, stage');
    expect(diffText('clocks', [{ amount: 1, unit: 'h' }], 'en', t)).toBe('[{"amount":1,"unit":"h"}]');
    expect([diffText('items', null, 'en', t), diffText('evidence', [], 'en', t)]).toEqual(['none', 'empty']);
    expect(diffFieldText('parameters.minutes', rule('L01'), 'en', t)).toBe('Title of minutes');
    expect(diffFieldText('grace.unit', rule('L01'), 'en', t)).toBe('Grace · unit');
    expect(['when', 'resolve.when', 'clause.ru', 'whenever'].map(isCode)).toEqual([true, true, false, false]);
  });

  it('comes from the layer that says it, of all of a rule or of a part', () => {
    const origins = { grace: 'wholesale', 'parameters.minutes': 'portal', severity: 'base' };
    expect(layerOf('grace.amount', origins)).toBe('wholesale');
    expect(layerOf('parameters.minutes', origins)).toBe('portal');
    expect(layerOf('when', origins)).toBeUndefined();
    expect(layerOf('severity', { ...origins, rule: 'portal' })).toBe('portal');
  });
});
