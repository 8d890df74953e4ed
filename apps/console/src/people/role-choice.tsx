import { Radio } from '@mantine/core';
import type { Role } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './role-choice.module.css';

type RoleChoiceProps<R extends Role> = { roles: readonly R[]; value: R; onChange: (role: R) => void };

/** One of the roles that may be given, with what each includes. */
export function RoleChoice<R extends Role>({ roles, value, onChange }: RoleChoiceProps<R>) {
  const { t } = useSpeech();
  return (
    <Radio.Group
      label={t('people.role')}
      value={value}
      onChange={(chosen) => onChange(roles.find((role) => role === chosen) ?? value)}
    >
      <div className={classes.roles}>
        {roles.map((role, at) => (
          <Radio
            key={role}
            value={role}
            label={t(`role.${role}`)}
            description={t(`role.${role}.does`)}
            data-autofocus={at === 0 || undefined}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
