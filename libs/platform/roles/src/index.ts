export { applyRoles, type ApplyRolesOptions, type RolesReport } from './apply-roles.js';
export { ensureLogins, type EnsureLoginsOptions } from './ensure-logins.js';
export { type Login, loginNameOf, roleOf } from './privileges.js';
export { roleScript } from './role-script.js';
