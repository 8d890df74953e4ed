import config from './jest.config.mjs';

/** Fifty companies instead of five: minutes instead of seconds, so it runs by `npm run fuzz` only. */
export default { ...config, testMatch: ['**/src/**/*.fuzz.ts'] };
