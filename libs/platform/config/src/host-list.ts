import { z } from 'zod';

/**
 * Hosts separated by commas, each `host` or `host:port`, as a URL writes them: in small letters, without a dot at the
 * end, addresses in their usual form. An empty text is an empty list.
 */
export const hostList = z.string().transform((text, context): string[] => {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.flatMap((entry) => {
    if (entry === '') return [];
    const host = hostOf(entry);
    if (host !== null) return [host];
    context.addIssue({
      code: 'custom',
      message: 'must be a list such as portal.local,10.0.0.5:8443, of hosts without https://, paths, masks or *',
    });
    return [];
  });
});

function hostOf(entry: string): string | null {
  if (/[\s/?#@\\*]|:$/.test(entry)) return null;
  try {
    const url = new URL(`https://${entry}`);
    // A URL leaves its scheme's own port out, so that only one of two schemes tells 443 and 80.
    const port = url.port || new URL(`http://${entry}`).port;
    return `${url.hostname.replace(/\.$/, '')}${port === '' ? '' : `:${port}`}`;
  } catch {
    return null;
  }
}
