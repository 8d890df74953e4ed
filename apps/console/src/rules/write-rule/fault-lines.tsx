import { UnstyledButton } from '@mantine/core';
import type { RuleFault } from '../../api/schema.js';
import { useSpeech } from '../../i18n/i18n.js';
import { faultText, fieldText } from './fault-words.js';
import classes from './write-rule.module.css';

type FaultLinesProps = {
  faults: readonly RuleFault[];
  /** Whether the field is named: where the list does not stand under it. */
  isNamed: boolean;
  onAccept: (fault: RuleFault, suggestion: string) => void;
  onOpen?: (fault: RuleFault) => void;
};

/** What is wrong, by line and column, with what may have been meant. */
export function FaultLines({ faults, isNamed, onAccept, onOpen }: FaultLinesProps) {
  const { t } = useSpeech();
  if (faults.length === 0) return null;
  return (
    <ul className={classes.faults} role="status">
      {faults.map((fault) => {
        const { path, line, column, message, suggestions = [] } = fault;
        const place = [
          isNamed ? fieldText(path, t) : null,
          line === undefined || column === undefined
            ? null
            : t('write.place', { line: String(line), column: String(column) }),
        ].filter((part) => part !== null);
        const where = place.join(', ');
        return (
          <li key={`${path} ${line} ${column} ${message}`}>
            {where !== '' &&
              (onOpen === undefined ? (
                <span className={classes.place}>{where}</span>
              ) : (
                <UnstyledButton className={classes.toPlace} onClick={() => onOpen(fault)}>
                  {where}
                </UnstyledButton>
              ))}
            <span>{faultText(message, t)}</span>
            {suggestions.length > 0 && (
              <span className={classes.suggestions}>
                <span className={classes.soft}>{t('write.meant')}</span>
                {suggestions.map((suggestion) => (
                  <UnstyledButton
                    key={suggestion}
                    className={classes.suggestion}
                    title={t('write.accept', { word: suggestion })}
                    onClick={() => onAccept(fault, suggestion)}
                  >
                    {suggestion}
                  </UnstyledButton>
                ))}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
