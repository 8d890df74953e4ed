/** Whether a text has the shape of an incoming webhook: `https://host/rest/1/code/`. Only the portal knows if it works. */
export function isWebhookUrl(text: string): boolean {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return false;
  const url = new URL(trimmed);
  return /^https?:$/.test(url.protocol) && /^\/rest\/\d+\/[^/]+\/?$/.test(url.pathname);
}
