import type { Texts } from './texts.js';

export const english: Texts = {
  summary: 'Reads everything that happens in a Bitrix24 CRM and makes the sales process manageable.',
  help: {
    account: 'people who can sign in',
    accountList: 'list accounts with their roles',
    accountFirstLink: 'make a one-time link for the first integrator; an earlier one is worth nothing then',
    accountResetLink: 'make a one-time link by which somebody sets another password',
    accountRemove: 'remove an account with its roles and sessions; the audit keeps its id',
    email: 'e-mail of the account',
    portal: 'connect portals',
    check: 'try a webhook and say what it may read; changes nothing',
    add: 'check a webhook and connect its portal',
    list: 'portals that are connected',
    verify: 'prove that the log has no hole and that nothing in it was changed',
    status: 'what is captured and how fresh it is',
    migrate: "bring the database to this program's version",
    webhook: 'address of the inbound webhook, or - to read it from the standard input',
    name: 'name to show for the portal',
    zone: 'time zone in which days are counted, such as Europe/Moscow',
    databaseUrl: 'address of the PostgreSQL database (DATABASE_URL)',
    keyFile: 'file with the master key (FUNNELWATCH_KEY_FILE; or the key itself in FUNNELWATCH_KEY)',
    data: 'data folder of a running `npm start` (FUNNELWATCH_DATA)',
    json: 'answer in JSON',
    lang: 'language of the answers, en or ru',
    bucket: 'one bucket only',
    new: 'only what came since the last verification',
    confirmDeletions: 'say that records which went out of sight were really deleted',
    set: 'change the name, the zone, the language or the working hours of a portal',
    language: 'ru or en',
    days: 'working days, such as 1-5 (Monday is 1)',
    hours: 'hours of a working day, such as 09:00-18:00',
    newWebhook: 'give a portal another webhook: a new code, or the address after a renaming',
    pause: 'stop reading a portal; all that is known stays',
    resume: 'go on reading a paused portal; nothing is left out',
    remove: 'take a portal out of every list and erase its webhook; its history stays in the log',
    removeYes: 'do it without asking',
    backup: 'copy everything that cannot be made again, while the system works',
    backupFolder: 'folder to make; must not exist',
    backupKeys: 'folder for copies of the keys, kept apart; copies older than 30 days are removed from it',
    restore: 'fill an empty, migrated database from a backup, while nothing runs on it',
    restoreFolder: 'folder of the backup',
    restoreKeys: 'folder with the copies of the keys',
    verifyReadModels: 'compare read models with what the log makes, too',
    erasures: 'list of erased people, when a newer one is kept elsewhere',
    rebuild: 'build a read model anew beside the one that serves, and let it take over',
    readModel: 'name of the read model, such as funnel',
    rebuildRate: 'most events a second',
    rebuildDetach: 'do not wait for the end',
    rebuildStatus: 'show generations and progress, change nothing',
    rebuildCancel: 'give up the build under way',
    rebuildRollBack: 'go back to the generation that served before',
    rebuildDrop: 'remove a generation that does not serve',
    rebuildPortal: 'only the rows of this portal, in what serves',
    rebuildStream: 'only the rows of this stream of the portal, such as deal:123',
    portalId: 'id of the portal, as `portal list` shows it',
    quarantine: 'events that a read model could not apply',
    quarantineList: 'what was set aside, why, and what waits behind it',
    quarantineRetry: 'try an event again, with all that waits in its stream',
    quarantineId: 'number of the event, as `quarantine list` shows it',
    projection: 'one read model only, such as funnel',
    all: 'everything in quarantine',
    withLogins:
      'also make the logins of the programs, with the passwords in this folder (files ingest_database_password, projector_…, api_…, operator_…, grafana_…)',
    noRoles: 'leave roles and their rights as they are',
    erase:
      'make everything that is known of a person or company unreadable for ever, with the texts of deals, activities and tasks linked to it; may be repeated, and completes what was interrupted',
    subject: 'whom to erase: contact:12, lead:5, company:7 or user:9, by the ids of the portal',
    yes: 'really do it: there is no way back',
    eraseKeys:
      'folder of the copies of keys (as in `backup`): the list of the erased in it is renewed, by which restores go',
    key: 'the master key, which encrypts webhooks and keys of personal data',
    keyRotate:
      'replace the master key by a new one while nothing runs but the database; may be repeated, and completes what was interrupted',
    reader: 'logins of the database that read the figures of some portals and change nothing, for dashboards',
    readerAdd: 'make such a login, or give one that is there these portals in place of those it had',
    readerList: 'who reads which portals',
    readerRemove: 'end the sessions of a login and remove it',
    readerLogin: 'name of the login: small Latin letters, digits and _; every login of the server can see it',
    readerPortal: 'id of a portal that it sees, as `portal list` shows it; once for each',
    readerAllPortals: 'it sees all portals, those of the future too',
    readerPassword: 'file with its password, or - for the standard input; without it the password stays what it was',
    printRoles: 'print the SQL by which an administrator makes the roles, and do nothing else',
  },
  portalWorks: (host, userId, isAdministrator, serverTime, scopes) =>
    `${host} works. The webhook belongs to user ${userId}${isAdministrator ? ', an administrator' : ''}; it may read: ${scopes}. Portal time: ${serverTime}.`,
  notAdministrator:
    'Note: its owner is no administrator. What he may not read is not captured, and no certificate of completeness is issued.',
  scopeMissing: (scope) => `Note: the right “${scope}” is missing; what it covers is not captured.`,
  confirmAccountRemoval: (email) => `The account ${email} would be removed with its roles. To do it, add --yes.`,
  accountRemoved: (email) => `The account ${email} was removed. What it did stands in the audit under its id.`,
  noAccounts: 'Nobody can sign in yet. Make the first integrator: funnelwatch account first-link',
  noReaders: 'Nobody reads by a login of their own. Make one with: funnelwatch reader add <login> --portal <id>',
  readerAdded: (login, portals, isNew) =>
    `${login} ${isNew ? 'was made. It sees' : 'sees'} ${portals === null ? 'all portals' : portals === 1 ? 'one portal' : `${portals} portals`} and nothing else.`,
  readerSeesAll: 'all portals',
  readerSeesNothing: 'no portal',
  readerCannotLogIn: 'cannot log in; take it away with: funnelwatch reader remove',
  confirmReaderRemoval: (login) => `This ends the sessions of ${login} and removes it. If that is meant, add --yes.`,
  readerRemoved: (login) => `${login} was removed.`,
  linkCreated: (link, expiresAt) =>
    `${link}\nIt works once, until ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
  portalAdded: (host, portalId) => `${host} is connected (${portalId}). Reading begins as soon as Funnelwatch runs.`,
  portalSet: ({ name, zone, language, workingHours: { days, from, to } }) =>
    `${name}: zone ${zone}, language ${language}, working days ${days.join(', ')} from ${from} to ${to}.`,
  webhookReplaced: (name) => `${name} has its new webhook. Reading goes on where it was.`,
  portalPaused: (name) => `${name} is not being read any more. Resume with: funnelwatch portal resume`,
  portalResumed: (name) => `${name} is being read again, from where it was left.`,
  confirmRemoval: (name, host) =>
    `This takes ${name} (${host}) out of every list and erases its webhook; its history stays in the log. If that is meant, add --yes.`,
  portalRemoved: (name) =>
    `${name} was removed. Connected again under the same address, it carries on with its history.`,
  noPortals: 'No portal is connected. Connect one with: funnelwatch portal add <webhook>',
  connection: { connecting: 'connecting', connected: 'connected', failed: 'failed' },
  phase: {
    waiting: 'waiting to begin',
    configuration: 'reading the configuration',
    backfill: 'reading the history',
    live: 'live',
    failed: 'failed',
  },
  status: { active: 'active', paused: 'paused', removed: 'removed' },
  backfill: (done, total) => `history: ${done} of ${total} records read`,
  visibilityLoss: (kind, held, missing) =>
    `${missing} of ${held} records (${kind}) are no longer visible: check the rights of the webhook's owner. Nothing is taken for deleted until you say so: funnelwatch portal confirm-deletions.`,
  generationState: { building: 'is built', serving: 'serves', retired: 'served before', failed: 'differs' },
  rebuildProgress: (done, total, perSecond, secondsLeft) =>
    `${done} of ${total} events, ${perSecond} a second${secondsLeft === null ? '' : `, ${secondsLeft} s left`}`,
  tableCopied: (table, rows, bytes) => `${table}: ${rows} rows, ${(bytes / 1_048_576).toFixed(1)} MiB`,
  backedUp: (folder, bytes, keysFolder) =>
    `The backup is in ${folder} (${(bytes / 1_048_576).toFixed(1)} MiB), its keys are in ${keysFolder}. Keep the two and the master key apart.`,
  restored: (madeAt, events, erased) =>
    `Restored as of ${madeAt}: ${events} events, intact. ${erased} erased people stay erased. Read models are made anew when projectors start.`,
  rebuildDiffers: (difference) =>
    `The new rows are not those that serve, which go on serving: ${difference || 'the build was given up'}.`,
  switchPostponed: (reason) => `Nothing was switched: ${reason}. Try again.`,
  partProgress: (done, total) => `through position ${done} of ${total}`,
  partRebuilt: ({ events, setAside, position, heldMs }) =>
    `Made anew from ${events} events, at ${position}${setAside === 0 ? '' : `; ${setAside} of them cannot be applied and are in quarantine`}. Updates of the bucket waited for ${heldMs} ms.`,
  deletionsConfirmed: (kind, missing) =>
    `${missing} records (${kind}) will be asked for one by one and recorded as deleted.`,
  nothingInDoubt: 'Nothing is in doubt at this portal.',
  lastTick: (seconds) => (seconds === null ? 'not read yet' : `last read ${seconds} s ago`),
  watermark: (through) => (through === null ? 'no complete data yet' : `data complete through ${through}`),
  certificate: (day) => (day === null ? 'no certificate yet' : `last certificate: ${day}`),
  logPosition: (position) => `log position ${position}`,
  eraseNeedsYes: (subject) => `Erasing ${subject} cannot be taken back. Say it with --yes.`,
  erased: (subject, linked, events) =>
    `${subject} is erased, with the texts of ${linked} linked records; ${events} events were emptied now. Programs that run forget opened texts within a minute.`,
  keyRotated: ({ webhooks, subjectKeys, keyFile, oldKeyFile, isResumed }) =>
    `${isResumed ? 'The interrupted rotation is complete' : `${webhooks} webhooks and ${subjectKeys} keys are encrypted with a new master key`}. It is in ${keyFile}: copy it to where you keep it, and start Funnelwatch again. The old one is in ${oldKeyFile}; copies made until now need it.`,
  oldKeysLeft: (tables) =>
    `Old versions of rows, which the old key opens, are left in the files of ${tables}, which were in use: VACUUM (FULL) removes them.`,
  readModelsNotTold: 'The read models have not passed the event of it yet: they will when a projector runs.',
  notRewritten: (tables) =>
    `Old versions of rows are left in the files of ${tables}, which were in use. Run the command again later.`,
  listNotRenewed:
    'The list by which restores go was not renewed: name the folder of the copies of keys with --keys, or make a backup now.',
  loginsReady: (logins) => `The logins ${logins} are ready.`,
  topicReady: (topic, isNew) =>
    isNew ? `The topic ${topic} was made.` : `The topic ${topic} is there and as it must be.`,
  databaseReady: (applied) =>
    applied === 0 ? 'The database is up to date.' : `The database is ready: ${applied} changes applied.`,
  bucketIntact: (bucket, from, through, events, erased) =>
    `bucket ${bucket}: ${events} events (${from} to ${through}), no hole, chain intact${erased > 0 ? `, ${erased} erased on request` : ''}`,
  bucketDamaged: (bucket, damages) => `bucket ${bucket}: ${damages} damages`,
  damage: {
    missing: 'is missing',
    content: 'was changed',
    'sealed content': 'has changed sealed parts',
    identity: 'has columns that differ from its content',
    chain: 'does not follow the event before it',
    'beyond the counter': 'lies beyond the counter of its bucket',
    'counter hash': 'ends a chain that the counter does not know',
    'rewritten since it was verified': 'was rewritten since it was verified',
  },
  checkpointAhead: (projection, bucket, position, head) =>
    `${projection} is at ${bucket}:${position}, the log ends at ${bucket}:${head}: it was made from another log.`,
  checkpointStopped: (projection, bucket, position, code) =>
    `${projection} cannot go on after ${bucket}:${position} (${code}).`,
  certificateAge: (portal, minutes) =>
    minutes === null
      ? `${portal}: no certificate of completeness yet`
      : `${portal}: certified complete ${minutes} min ago`,
  readModelCompared: (readModel, portals, wrong) =>
    wrong === 0
      ? `${readModel}: ${portals} portals, every row is what the log makes.`
      : `${readModel}: ${wrong} of ${portals} portals differ from what the log makes. Run: funnelwatch rebuild ${readModel} --portal …`,
  logIntact: (events) => `The log is intact: ${events} events checked.`,
  logDamaged: 'The log is damaged. Stop Funnelwatch and restore the database from a backup.',
  quarantineEmpty: 'Nothing is in quarantine.',
  waitsBehind: 'waits behind an earlier event',
  quarantinedFor: (seconds, attempts) => `for ${seconds} s, tried ${attempts} times`,
  retryRequested: (events) =>
    `${events} events will be tried again in order within seconds, if the projector runs. Look again: funnelwatch quarantine list`,
};
