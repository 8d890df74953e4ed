import { type Pack, rulesWithTexts } from '../pack.js';
import { baseDefinitions } from './definitions.js';

const same = (text: string) => ({ ru: text, en: text });

/** Rules of every trade. */
export const basePack: Pack = {
  id: 'base',
  version: 1,
  title: { ru: 'Базовый набор', en: 'Base pack' },
  rules: rulesWithTexts(
    baseDefinitions,
    Object.fromEntries(
      baseDefinitions.map(({ id, parameters }) => [
        id,
        {
          title: same(id),
          clause: same(id),
          feedback: same(id),
          parameters: Object.fromEntries(Object.keys(parameters ?? {}).map((name) => [name, same(name)])),
        },
      ]),
    ),
  ),
};
