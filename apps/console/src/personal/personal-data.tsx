import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useAccess } from '../session/use-me.js';
import { recallPersonal, rememberPersonal } from './personal-memory.js';

type Personal = { isShown: boolean; setIsShown: (isShown: boolean) => void };

const PersonalContext = createContext<Personal>({ isShown: false, setIsShown: () => undefined });

/** Holds for this tab whether personal data is shown; hidden until somebody asks. */
export function PersonalData({ children }: { children: ReactNode }) {
  const [isShown, setIsShown] = useState(recallPersonal);
  const personal = useMemo<Personal>(
    () => ({
      isShown,
      setIsShown: (next) => {
        rememberPersonal(next);
        setIsShown(next);
      },
    }),
    [isShown],
  );
  return <PersonalContext value={personal}>{children}</PersonalContext>;
}

/** How personal data of a portal is asked for: shown only to whoever may read it and wants to. */
export function usePersonalMode(portalId: string): 'masked' | 'shown' {
  const { isShown } = useContext(PersonalContext);
  return useAccess().may('personal.read', portalId) && isShown ? 'shown' : 'masked';
}

/** Options of a question whose answer may hold personal data; `record` is the one it is about, null for a list. */
export function personalRead(personal: 'masked' | 'shown', record: string | null) {
  // Each reading is recorded: not again because a window came to the front.
  return { meta: { personal, record }, refetchOnWindowFocus: personal === 'masked' };
}

/** The switch of this tab. */
export function usePersonalSwitch(): Personal {
  return useContext(PersonalContext);
}
