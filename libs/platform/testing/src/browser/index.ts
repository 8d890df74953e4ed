export { type RunningBrowser, startBrowser } from './start-browser.js';
