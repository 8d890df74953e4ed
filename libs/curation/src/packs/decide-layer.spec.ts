import { expect, test } from '@jest/globals';
import type { DisciplineEvent } from '../cases/discipline-events.js';
import { type DisciplineSettings, evolveDiscipline, noDiscipline } from '../cases/discipline-state.js';
import { basePack } from './base/base-pack.js';
import { decideLayer, decideLayerRemoved } from './decide-layer.js';
import type { RuleOverride } from './layer.js';

const by = { accountId: 'anna', from: '2026-03-10T09:00:00.000Z' };
const after = (settings: DisciplineSettings, events: readonly DisciplineEvent[]) =>
  events.reduce(evolveDiscipline, settings);
const starters = basePack.starters ?? [];
const chosen = after(noDiscipline, [
  {
    type: 'PackChosen',
    data: { packId: 'base', packVersion: 1, starter: [...starters], from: '2026-03-01T00:00:00.000Z' },
  },
]);
const byHand = (ruleId: string, status: 'active' | 'off' | 'shadow', reason = 'by-hand'): DisciplineEvent => ({
  type: 'RuleStatusSet',
  data: { ruleId, status, from: '2026-03-05T00:00:00.000Z', by: 'anna', reason },
});
const set = (settings: DisciplineSettings, id: string, rules: Record<string, RuleOverride>) =>
  decideLayer({ id, version: 1, rules }, settings, basePack, by);
const switched = (events: readonly DisciplineEvent[]) =>
  events.flatMap((event) => (event.type === 'RuleStatusSet' ? [`${event.data.ruleId} ${event.data.status}`] : []));

test('a layer switches what it says, from now on, and takes that back when it goes', () => {
  const events = set(chosen, 'wholesale', { D04: { isOn: true }, L01: { isOn: false }, L03: { isOn: true } });
  expect(switched(events)).toEqual(['L01 off', 'D04 active']);
  const layered = after(chosen, events);
  expect(layered.rules['D04']).toMatchObject({ status: 'active', from: by.from, reason: 'layer:wholesale' });
  const removed = decideLayerRemoved('wholesale', layered, basePack, by);
  expect(switched(removed)).toEqual(['L01 active', 'D04 off']);
  expect(after(layered, removed).layers).toEqual([]);
});

test('what a person has switched, and what went back into shadow, stays as it is', () => {
  const decided = after(chosen, [byHand('D04', 'off'), byHand('L01', 'active'), byHand('L03', 'shadow', 'noise')]);
  const events = set(decided, 'wholesale', { D04: { isOn: true }, L01: { isOn: false }, L03: { isOn: true } });
  expect(switched(events)).toEqual([]);
});

test('the upper layer counts; a new version of one takes its place', () => {
  const trade = after(chosen, set(chosen, 'trade', { D04: { isOn: true } }));
  const both = after(trade, set(trade, 'wholesale', { D04: { isOn: false } }));
  expect(both.rules['D04']).toMatchObject({ status: 'off', reason: 'layer:wholesale' });
  const again = set(both, 'trade', { D04: { isOn: true }, D12: { isOn: true } });
  expect(switched(again)).toEqual(['D12 active']);
  expect(after(both, again).layers?.map(({ id }) => id)).toEqual(['trade', 'wholesale']);
});

test('before the pack is chosen a layer keeps a starter from being switched on', () => {
  const layered = after(noDiscipline, set(noDiscipline, 'trade', { L01: { isOn: false }, L03: { isOn: true } }));
  expect(layered.rules['L03']).toBeUndefined();
  expect(layered.rules['L01']).toMatchObject({ status: 'off' });
  const later = after(layered, [
    { type: 'PackChosen', data: { packId: 'base', packVersion: 1, starter: [...starters], from: by.from } },
  ]);
  expect([later.rules['L01']?.status, later.rules['L03']?.status]).toEqual(['off', 'active']);
});

test('what cannot be used is refused', () => {
  const refused = (code: string) => expect.objectContaining({ code });
  expect(() => set(chosen, 'x', { Z99: { isOn: true } })).toThrow(refused('PACK_RULE_UNKNOWN'));
  expect(() => set(chosen, 'x', { O02: { isOn: true } })).toThrow(refused('PACK_RULE_UNAVAILABLE'));
  expect(() => decideLayerRemoved('x', chosen, basePack, by)).toThrow(refused('PACK_LAYER_UNKNOWN'));
  let full = chosen;
  for (let index = 1; index <= 5; index += 1) full = after(full, set(full, `layer${index}`, {}));
  expect(() => set(full, 'layer6', {})).toThrow(refused('PACK_LAYERS_FULL'));
  expect(set(full, 'layer5', { D04: { isOn: true } })).toHaveLength(2);
});
