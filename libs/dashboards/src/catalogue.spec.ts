import { describe, expect, test } from '@jest/globals';
import { panelsOf, targetsOf } from './authoring/finalise.js';
import { languages } from './authoring/language.js';
import { catalogueOf } from './catalogue.js';
import { generateFiles } from './provisioning/files.js';

const english = catalogueOf('en').dashboards;
const russian = catalogueOf('ru').dashboards;

/** Keys of a dashboard whose values people read. */
const READ = new Set(['title', 'description', 'noValue', 'label', 'text']);

/** What people read of a dashboard: titles, descriptions, headers, texts of values, names of links. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (typeof value !== 'object' || value === null) return [];
  const { id, value: set } = value as { id?: unknown; value?: unknown };
  const header = (id === 'displayName' || id === 'noValue') && typeof set === 'string' ? [set] : [];
  return [
    ...header,
    ...Object.entries(value).flatMap(([key, inside]) =>
      typeof inside === 'string' ? (READ.has(key) ? [inside] : []) : texts(inside),
    ),
  ];
}

/** Names that are the same in every language, numbers, addresses, dashes. */
const SAME = /^(?:All|Kafka|PABAK|[–—-]|\$\{?\w+|https?:.*|[\W\d]*)$/;
const isEnglish = (text: string): boolean => !/[а-яё]/i.test(text) && !SAME.test(text.trim());

describe.each(english.map(({ uid }, index) => [uid, index] as const))('%s', (_, index) => {
  const [one, other] = [english[index]!, russian[index]!];

  test('has the same panels with the same queries in every language, their texts aside', () => {
    const shape = ({ json }: typeof one): unknown =>
      panelsOf(json).map((panel) => ({
        ...{ id: panel.id, type: panel.type, gridPos: panel.gridPos },
        queries: targetsOf(panel).map(({ refId, datasource }) => [refId, datasource?.uid]),
      }));
    expect(other.uid).toBe(one.uid);
    expect(shape(other)).toEqual(shape(one));
  });

  test('says nothing in Russian when it is English', () => {
    expect(texts(one.json).filter((text) => /[а-яё]/i.test(text))).toEqual([]);
  });

  test('says nothing in English when it is Russian', () => {
    const { templating, ...rest } = other.json;
    const shown = (templating.list ?? []).map(({ label }) => ({ label }));
    expect([...texts(rest), ...texts(shown)].filter(isEnglish)).toEqual([]);
  });
});

test.each(languages)('everything can be written in %s', (language) => {
  const settings = { consoleUrl: 'http://127.0.0.1:4400', timeZone: 'Europe/Moscow', language };
  expect(generateFiles(catalogueOf(language), [], settings).size).toBe(english.length + 6);
});
