import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanelFocus } from './usePanelFocus';

type Props = { label: string; head: ReactNode; onClose: () => void; children: ReactNode };

/** The phone's panel: what was tapped, from the lower edge, with the page still seen above it. */
export function BottomSheet({ label, head, onClose, children }: Props) {
  const { t } = useTranslation();
  const sheet = useRef<HTMLElement>(null);
  usePanelFocus(sheet, onClose);
  return (
    <section ref={sheet} className="sheet" aria-label={label} tabIndex={-1}>
      <header>{head}</header>
      <button type="button" className="close" aria-label={t('action.close')} onClick={onClose}>
        ×
      </button>
      {children}
    </section>
  );
}
