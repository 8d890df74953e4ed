/* global window, document */
// Runs before the first paint, so that a dark page never flashes white. A file of its own: the page allows no inline script.
(function () {
  var chosen = null;
  var language = null;
  try {
    chosen = window.localStorage.getItem('funnelwatch.theme');
    language = window.localStorage.getItem('funnelwatch.language');
  } catch {
    // Storage may be switched off; the system's choice is used then.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  var preferred = language || window.navigator.language || 'ru';
  document.documentElement.lang = preferred.slice(0, 2) === 'en' ? 'en' : 'ru';
})();
