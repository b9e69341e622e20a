import { type RefObject, useEffect, useRef } from 'react';

/**
 * What a panel owes the keyboard: it has the focus when it opens, Escape closes it while the focus is in it, and the
 * focus goes back to where it came from. It is no trap: what lies beside stays within reach.
 */
export function usePanelFocus(panel: RefObject<HTMLElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  useEffect(() => {
    const element = panel.current;
    if (!element) return undefined;
    const cameFrom = document.activeElement;
    element.focus({ preventScroll: true });
    // On the element itself: a dialog opened from the panel lies elsewhere in the page and keeps its own Escape.
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close.current();
    };
    element.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('keydown', onKey);
      const lostFocus = document.activeElement === document.body || element.contains(document.activeElement);
      if (lostFocus && cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus({ preventScroll: true });
    };
  }, [panel]);
}
