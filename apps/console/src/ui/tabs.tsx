import { useEffect } from 'react';
import type { KeyboardEvent } from 'react';
import classes from './tabs.module.css';

type TabsProps<Value extends string> = {
  label: string;
  /** `key`: what opens a tab from the keyboard; `count`: how much waits there. */
  tabs: readonly { value: Value; text: string; key?: string; count?: number | undefined }[];
  value: Value;
  /** Id of what the tabs change. */
  controls: string;
  /** What the chosen tab shows, in a sentence beside the tabs. */
  aside?: string;
  onChange: (value: Value) => void;
};

/** Tabs that arrows move between; in a narrow window they scroll. */
export function Tabs<Value extends string>({ label, tabs, value, controls, aside, onChange }: TabsProps<Value>) {
  // In a narrow window the chosen tab may stand beyond the edge.
  useEffect(() => {
    document.getElementById(`tab-${value}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [value]);
  const move = (event: KeyboardEvent) => {
    const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex((each) => each.value === value);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChange(next.value);
    document.getElementById(`tab-${next.value}`)?.focus();
  };
  return (
    <div className={classes.frame}>
      <div role="tablist" aria-label={label} className={classes.tabs} onKeyDown={move}>
        {tabs.map((each) => (
          <button
            key={each.value}
            type="button"
            role="tab"
            id={`tab-${each.value}`}
            aria-selected={each.value === value}
            aria-controls={controls}
            tabIndex={each.value === value ? 0 : -1}
            className={classes.tab}
            onClick={() => onChange(each.value)}
          >
            {each.text}
            {each.count !== undefined && each.count > 0 && <span className={classes.count}>{each.count}</span>}
            {each.key !== undefined && (
              <kbd className={classes.key} aria-hidden>
                {each.key}
              </kbd>
            )}
          </button>
        ))}
      </div>
      {aside !== undefined && <p className={classes.aside}>{aside}</p>}
    </div>
  );
}
