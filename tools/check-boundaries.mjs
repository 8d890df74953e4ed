// Proves that the boundary rule bites: writes imports that must be refused, lints them through Nx, and fails when
// they pass. Plain ESLint without a project graph skips the rule silently, so the proof runs the real command.
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

const attempts = [
  {
    why: 'a context may not import another context',
    file: 'libs/funnel/src/forbidden-import.ts',
    code: "import { Rejection } from '@funnelwatch/kernel';\nimport * as capture from '@funnelwatch/capture';\nexport const forbidden = [capture, Rejection];\n",
    project: '@funnelwatch/funnel',
    rule: '@nx/enforce-module-boundaries',
  },
  {
    why: 'the kernel imports nothing from outside',
    file: 'libs/kernel/src/forbidden-import.ts',
    code: "import { readFileSync } from 'node:fs';\nexport const forbidden = readFileSync;\n",
    project: '@funnelwatch/kernel',
    rule: 'no-restricted-imports',
  },
];

let failures = 0;
for (const attempt of attempts) {
  writeFileSync(attempt.file, attempt.code);
  try {
    const run = spawnSync('npx', ['nx', 'run', `${attempt.project}:lint`, '--skip-nx-cache'], { encoding: 'utf8' });
    const refused = run.status !== 0 && `${run.stdout}${run.stderr}`.includes(attempt.rule);
    console.log(`${refused ? 'refused' : 'PASSED '} ${attempt.why} (${attempt.rule})`);
    if (!refused) failures += 1;
  } finally {
    rmSync(attempt.file);
  }
}
process.exit(failures === 0 ? 0 : 1);
