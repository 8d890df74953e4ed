/** What the files of provisioning are made of. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

const PLAIN_WORD = /^[A-Za-z/][\w./:@ -]*$/;
const RESERVED = /^(true|false|yes|no|on|off|null)$/i;

/** A scalar that every reader of YAML takes for the same: in quotes unless it is plainly a word. */
function scalar(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  if (PLAIN_WORD.test(value) && !RESERVED.test(value) && !/: |:$| $/.test(value)) return value;
  // Double quotes of JSON are double quotes of YAML; where both do, the formatter wants single ones.
  return /[\n\r\t\\']/.test(value) ? JSON.stringify(value) : `'${value}'`;
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function block(value: Plain, indent: string): string {
  if (typeof value !== 'object') return ` ${scalar(value)}\n`;
  if (isEmpty(value)) return Array.isArray(value) ? ' []\n' : ' {}\n';
  return `\n${entries(value, indent)}`;
}

function entries(value: object, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    return value
      .map((item: Plain) => {
        const text = block(item, deeper);
        // An object begins on the line of its dash.
        return text.startsWith('\n') ? `${indent}- ${text.slice(1 + deeper.length)}` : `${indent}-${text}`;
      })
      .join('');
  }
  return Object.entries(value as Record<string, Plain>)
    .map(([key, item]) => `${indent}${key}:${block(item, deeper)}`)
    .join('');
}

/** YAML of a value, with the sentences of `comment` above it. Grafana reads sources and providers from YAML alone. */
export const toYaml = (value: { readonly [key: string]: Plain }, comment: readonly string[]): string =>
  `${comment.map((sentence) => `# ${sentence}\n`).join('')}${entries(value, '')}`;
