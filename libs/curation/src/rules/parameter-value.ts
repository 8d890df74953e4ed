import type { ParameterDeclaration } from './rule.js';

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

const kinds: Record<ParameterDeclaration['type'], { isSound: (value: unknown) => boolean; message: string }> = {
  number: { isSound: isNumber, message: 'Must be a number that is not below 0.' },
  text: { isSound: (value) => typeof value === 'string', message: 'Must be a text.' },
  list: { isSound: isTextList, message: 'Must be a list of texts.' },
  map: {
    isSound: (value) =>
      isObject(value) && Object.values(value).every((one) => typeof one === 'string' || isNumber(one)),
    message: 'Must give a text or a number for each name.',
  },
  lists: {
    isSound: (value) => isObject(value) && Object.values(value).every(isTextList),
    message: 'Must give a list of texts for each name.',
  },
};

/** What is wrong with a parameter's value for its type; null when nothing is. */
export function faultOfParameter(type: ParameterDeclaration['type'], value: unknown): string | null {
  const { isSound, message } = kinds[type];
  return isSound(value) ? null : message;
}
