export type Language = 'en' | 'ru';

/** Language of the answers: `--lang`, else the usual variables of the shell, else English. */
export function languageOf(argv: string[], environment: Record<string, string | undefined>): Language {
  const at = argv.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const option = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1]);
  const wanted =
    option ??
    environment['FUNNELWATCH_LANG'] ??
    environment['LC_ALL'] ??
    environment['LC_MESSAGES'] ??
    environment['LANG'];
  return /^ru/i.test(wanted ?? '') ? 'ru' : 'en';
}
