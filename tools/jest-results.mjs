import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the results of one Jest run as a JSON file into the folder that FUNNELWATCH_TEST_RESULTS names. */
export default class JestResults {
  onRunComplete(_contexts, results) {
    const testResults = results.testResults.map((suite) => ({
      name: suite.testFilePath,
      status: suite.testExecError || suite.numFailingTests > 0 ? 'failed' : 'passed',
      assertionResults: suite.testResults.map(({ fullName, status }) => ({ fullName, status })),
    }));
    writeFileSync(join(process.env.FUNNELWATCH_TEST_RESULTS, `${randomUUID()}.json`), JSON.stringify({ testResults }));
  }
}
