import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { memo, useState } from 'react';
import type { Ref } from 'react';
import { useSpeech } from '../i18n/i18n.js';
import { suggestionsFor } from './find-suggestions.js';
import type { Searchable, Suggestion } from './find-suggestions.js';
import type { QueueSearch } from './queue-search.js';

type QueueSearchBoxProps = {
  searchable: Searchable;
  onChoose: (change: QueueSearch) => void;
  inputRef: Ref<HTMLInputElement>;
};

const groups = ['person', 'rule', 'record'] as const satisfies readonly Suggestion['group'][];

/** Finds a person, a rule or a record; what is chosen narrows the list. */
export const QueueSearchBox = memo(function QueueSearchBox({ searchable, onChoose, inputRef }: QueueSearchBoxProps) {
  const { t } = useSpeech();
  const [wanted, setWanted] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const found = suggestionsFor(wanted, searchable);
  const choose = (key: string) => {
    const chosen = found.find((each) => each.key === key);
    if (chosen === undefined) return;
    onChoose(chosen.change);
    setWanted('');
    combobox.closeDropdown();
    // The keys of the list are to work again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md" width={300} position="bottom-start">
      <Combobox.Target>
        <TextInput
          ref={inputRef}
          size="xs"
          type="search"
          aria-label={t('queue.findWhat')}
          title={t('queue.findWhat')}
          placeholder={t('queue.find')}
          rightSection={<kbd style={{ fontSize: 11, opacity: 0.6 }}>/</kbd>}
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
            combobox.selectFirstOption();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setWanted('');
            combobox.closeDropdown();
            event.currentTarget.blur();
          }}
          maxLength={80}
          autoComplete="off"
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted.trim() === ''}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {found.length === 0 && <Combobox.Empty>{t('queue.findNothing')}</Combobox.Empty>}
          {groups.map((group) => {
            const inGroup = found.filter((each) => each.group === group);
            return (
              inGroup.length > 0 && (
                <Combobox.Group key={group} label={t(`queue.find.${group}`)}>
                  {inGroup.map(({ key, text }) => (
                    <Combobox.Option key={key} value={key}>
                      {text}
                    </Combobox.Option>
                  ))}
                </Combobox.Group>
              )
            );
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
});
