import { createHmac, hkdfSync } from 'node:crypto';

/**
 * Key of every draw of an installation. Who does not know the master key cannot tell what will be drawn; the same case,
 * week or curator is always drawn alike.
 */
export const drawKeyOf = (masterKey: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', masterKey, '', 'funnelwatch/quality-draws', 32));

/** Where something falls in a draw: evenly spread over [0, 1), and the same each time. `purpose` keeps draws apart. */
export function lotOf(key: Buffer, purpose: string, ...parts: readonly string[]): number {
  const digest = createHmac('sha256', key)
    .update(JSON.stringify([purpose, ...parts]))
    .digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
}
