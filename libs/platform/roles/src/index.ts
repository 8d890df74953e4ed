export { applyRoles, type ApplyRolesOptions, type RolesReport } from './apply-roles.js';
export { ensureLogins, type EnsureLoginsOptions } from './ensure-logins.js';
export { type Login, loginNameOf, roleOf } from './privileges.js';
export { addReader, type ReaderToAdd } from './readers/add-reader.js';
export { listReaders, type Reader } from './readers/list-readers.js';
export { removeReader } from './readers/remove-reader.js';
export { roleScript } from './role-script.js';
