const HERE = 'https://console.invalid';
const PUBLIC = /^\/(sign-in|link|answer)\/?$/;

/** Pages that are shown to whoever is not signed in. */
export function isPublicPage(pathname: string): boolean {
  return PUBLIC.test(pathname);
}

/**
 * Where to go after signing in: a path of this console out of an address's parameter, or the start page. Whatever could
 * lead to another site, or back to a page for those who are not signed in, is refused.
 */
export function safePath(to: unknown): string {
  // Browsers take a backslash for a slash, and leave tabs and line breaks out.
  if (typeof to !== 'string' || !/^\/(?!\/)/.test(to) || /[\\\p{Cc}]/u.test(to)) return '/';
  const url = URL.parse(to, HERE);
  if (url === null || url.origin !== HERE || isPublicPage(url.pathname) || url.pathname.startsWith('//')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
