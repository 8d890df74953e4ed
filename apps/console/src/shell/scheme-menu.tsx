import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { useSpeech } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/i18n.js';
import { MoonIcon } from '../ui/icons.js';
import classes from './header.module.css';

const schemes: readonly { value: MantineColorScheme; says: MessageKey }[] = [
  { value: 'auto', says: 'theme.auto' },
  { value: 'light', says: 'theme.light' },
  { value: 'dark', says: 'theme.dark' },
];

/** Light or dark, and the other language. */
export function SchemeMenu() {
  const { t, language, setLanguage } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const other = language === 'ru' ? 'en' : 'ru';
  return (
    <Menu position="bottom-end" shadow="md" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.tool} aria-label={t('shell.theme')}>
          <MoonIcon />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(schemes.find((each) => each.value === value)?.value ?? 'auto')}
        >
          {schemes.map((each) => (
            <Menu.RadioItem key={each.value} value={each.value} closeMenuOnClick>
              {t(each.says)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => setLanguage(other)} lang={other}>
          {t('shell.language')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
