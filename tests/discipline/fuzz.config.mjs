import config from './jest.config.mjs';

/** Fifty companies instead of three, and the large one: much more than a minute, so it runs by `npm run fuzz` only. */
export default { ...config, testMatch: ['**/src/**/*.fuzz.ts'] };
