import { useEffect, useRef } from 'react';
import type { Wish } from './usePlanActs';

/** Ctrl+Z takes one's last act back, Ctrl+Y does it again, Escape lets go of what is chosen; fields keep their own. */
export function usePlanKeys(isOn: boolean, carryOut: (wish: Wish) => Promise<boolean>, clear: () => void): void {
  const latest = useRef({ isOn, carryOut, clear });
  latest.current = { isOn, carryOut, clear };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (
        target instanceof HTMLElement &&
        (target.isContentEditable ||
          (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== 'checkbox'))
      )
        return;
      if (event.key === 'Escape') latest.current.clear();
      if (!latest.current.isOn || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      const step = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : null;
      if (!step) return;
      event.preventDefault();
      void latest.current.carryOut({ step });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
