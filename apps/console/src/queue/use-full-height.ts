import { useLayoutEffect } from 'react';
import type { RefObject } from 'react';

/** Gives an element the height that is left of the window below whatever stands above it. */
export function useFullHeight(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const shown = element.current;
    if (shown === null) return;
    const fit = () => {
      const top = Math.max(0, Math.round(shown.getBoundingClientRect().top + window.scrollY));
      shown.style.height = `calc(100dvh - ${top}px)`;
    };
    fit();
    const watch = new ResizeObserver(fit);
    for (const beside of shown.closest('main')?.parentElement?.children ?? []) {
      if (!beside.contains(shown)) watch.observe(beside);
    }
    window.addEventListener('resize', fit);
    return () => {
      watch.disconnect();
      window.removeEventListener('resize', fit);
    };
  }, [element]);
}
