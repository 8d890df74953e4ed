import { parseArgs } from 'node:util';
import { type Language, languages } from '@funnelwatch/dashboards';
import { Rejection } from '@funnelwatch/kernel';

const USAGE =
  'Usage: npm run dashboards:preview -- [--data FOLDER | --database URL] [--port 0] [--language ru|en] [--pictures FOLDER]';

export interface Arguments {
  /** The data folder of a running `npm start`. */
  data: string | null;
  databaseUrl: string | null;
  /** 0 for any that is free. */
  port: number;
  /** What the settings of Grafana say unless given. */
  language: Language | null;
  /** Where pictures of all dashboards go, after which it ends. */
  pictures: string | null;
}

const invalid = (problem: string): Rejection => new Rejection('ARGUMENTS_INVALID', `${problem}\n${USAGE}`);

function valuesOf(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { data: text, database: text, port: text, language: text, pictures: text };
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The command line of the preview.
 *
 * @throws Rejection ARGUMENTS_INVALID
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const { data, database, port = '0', language, pictures } = valuesOf(argv);
  if (data !== undefined && database !== undefined) throw invalid('Give --data or --database, not both.');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw invalid(`"${port}" is no port.`);
  const known = languages.find((each) => each === language);
  if (language !== undefined && known === undefined) throw invalid(`"${language}" is no language of the dashboards.`);
  return {
    data: data ?? null,
    databaseUrl: database ?? null,
    port: Number(port),
    language: known ?? null,
    pictures: pictures ?? null,
  };
}
