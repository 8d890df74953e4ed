import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Refused } from './refused.mjs';

/** Options by which every command here reaches Grafana. */
export const grafanaOptions = {
  url: { type: 'string' },
  user: { type: 'string' },
  'password-file': { type: 'string' },
  help: { type: 'boolean' },
};

const defaultPasswordFile = fileURLToPath(new URL('../../docker/secrets/grafana_admin_password', import.meta.url));

/**
 * Values of the command line. Unknown options throw `Refused`.
 *
 * @param {string[]} argv
 * @param {NonNullable<import('node:util').ParseArgsConfig['options']>} options
 */
export function readOptions(argv, options) {
  try {
    return parseArgs({ args: argv, options: { ...grafanaOptions, ...options } }).values;
  } catch (error) {
    throw new Refused(`${error.message.split(/[.\n]/)[0]}. See --help.`);
  }
}

/**
 * Where Grafana is and who asks: options, then GRAFANA_URL, GRAFANA_USER, GRAFANA_PASSWORD_FILE or GRAFANA_PASSWORD, then
 * what docker-compose.yml has.
 */
export async function grafanaOf(values, environment) {
  const file = values['password-file'] ?? environment.GRAFANA_PASSWORD_FILE;
  const password =
    file === undefined && environment.GRAFANA_PASSWORD
      ? environment.GRAFANA_PASSWORD
      : await readSecret(file ?? defaultPasswordFile, '--password-file, GRAFANA_PASSWORD_FILE or GRAFANA_PASSWORD');
  return {
    url: values.url ?? environment.GRAFANA_URL ?? 'http://127.0.0.1:3000',
    user: values.user ?? environment.GRAFANA_USER ?? 'admin',
    password,
  };
}

/** The text of a secret's file without its last line break. Throws `Refused`, which says how else it could be told. */
export async function readSecret(file, told) {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new Refused(`The password file ${file} cannot be read (${error.code}). Name another one by ${told}.`);
  });
  if (text.trim() === '') throw new Refused(`The password file ${file} is empty.`);
  return text.trim();
}

/** JSON of a file beside this folder. Throws `Refused`. */
export async function readJson(path) {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw new Refused(`${path} cannot be read (${error.code}).`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refused(`${path} is no JSON: ${error.message}`);
  }
}

/** Runs a command: 0 for done, 1 for what `work` answers false to or refuses. Anything else is a fault of the program. */
export async function runCommand(help, work) {
  try {
    if (process.argv.includes('--help')) console.log(help);
    else if (!(await work(process.argv.slice(2)))) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
