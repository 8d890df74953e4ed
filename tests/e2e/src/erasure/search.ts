import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { createPool } from '@funnelwatch/postgres';

type Pool = ReturnType<typeof createPool>;

/** A word as programs may write it: plain, escaped as in JSON or an address, or as the digits of its bytes. */
function formsOf(word: string): string[] {
  const bytes = Buffer.from(word);
  const escaped = [...word].map((sign) =>
    sign.charCodeAt(0) < 128 ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...new Set([word, escaped.join(''), encodeURIComponent(word), bytes.toString('hex')])];
}

/** The words that occur in bytes. */
export function wordsIn(bytes: Buffer | string, words: readonly (string | Buffer)[]): string[] {
  const buffer = Buffer.from(bytes);
  const occurs = (word: string | Buffer) =>
    typeof word === 'string' ? formsOf(word).some((form) => buffer.includes(form)) : buffer.includes(word);
  return words.filter(occurs).map((word) => (typeof word === 'string' ? word : word.toString('hex')));
}

/** `schema.table: word` for every table, view and catalogue of the database of which a row holds a word. */
export async function searchTables(pool: Pool, words: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE relkind IN ('r', 'p', 'm') OR relkind = 'v' AND nspname IN ('read', 'grafana') OR relname = 'pg_stats'
      ORDER BY 1`,
  );
  const forms = words.flatMap((word) => formsOf(word).map((form) => ({ word, form })));
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await pool.query<{ word: string }>(
      `SELECT DISTINCT word FROM ${name} AS searched, unnest($1::text[], $2::text[]) AS looked_for(word, form)
        WHERE strpos(searched::text, form) > 0 ORDER BY 1`,
      [forms.map(({ word }) => word), forms.map(({ form }) => form)],
    );
    found.push(...hits.rows.map(({ word }) => `${name}: ${word}`));
  }
  return found;
}

/** The words that occur in any file below a folder; compressed files are opened. */
export async function searchFolder(folder: string, words: readonly (string | Buffer)[]): Promise<string[]> {
  const found = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // A server removes files while they are listed.
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    for (const word of wordsIn(entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes, words)) found.add(word);
  }
  return [...found].sort();
}

/** Folders of the server's files: tables and indexes of the database, and the journal of all databases. */
export async function foldersOf(pool: Pool): Promise<{ tables: string; journal: string }> {
  // Files of tables that were written anew go with a checkpoint.
  await pool.query('CHECKPOINT');
  const { rows } = await pool.query<{ folder: string; database: string }>(
    `SELECT current_setting('data_directory') AS folder,
            (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS database`,
  );
  const [{ folder = '', database = '' } = {}] = rows;
  return { tables: join(folder, 'base', database), journal: join(folder, 'pg_wal') };
}

/** Sealed texts of these subjects in everything that the broker holds of the topic. */
export async function sealedTextsIn(
  folder: string,
  subjects: readonly string[],
): Promise<{ subject: string; text: string }[]> {
  const texts = new Map<string, string>();
  const pattern = new RegExp(`"(${subjects.join('|')})":"(v1\\.[\\w+/=-]+)"`, 'g');
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.log')) continue;
    const content = await readFile(join(entry.parentPath, entry.name), 'latin1');
    for (const [, subject = '', text = ''] of content.matchAll(pattern)) texts.set(text, subject);
  }
  return [...texts].map(([text, subject]) => ({ subject, text }));
}
