import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificates {
  /** File with the certificate of the authority, for NODE_EXTRA_CA_CERTS. */
  caPath: string;
  cert: string;
  key: string;
}

const tenYearsMs = 10 * 365 * 24 * 3_600_000;

/** The authority and the server certificate of a simulated portal, made once for each folder. */
export async function certificatesIn(folder: string, wallMs: number): Promise<Certificates> {
  const caPath = join(folder, 'ca.pem');
  const certPath = join(folder, 'server.pem');
  const keyPath = join(folder, 'server.key');
  if (existsSync(caPath) && existsSync(certPath) && existsSync(keyPath)) {
    return { caPath, cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') };
  }
  mkdirSync(folder, { recursive: true });
  const validity = { notBeforeDate: new Date(wallMs - 24 * 3_600_000), notAfterDate: new Date(wallMs + tenYearsMs) };
  const authority = await generate([{ name: 'commonName', value: 'Funnelwatch portal simulator' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    ...validity,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          // The name of its container.
          { type: 2, value: 'portal-sim' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  writeFileSync(keyPath, server.private, { mode: 0o600 });
  writeFileSync(certPath, server.cert);
  writeFileSync(caPath, authority.cert);
  return { caPath, cert: server.cert, key: server.private };
}
