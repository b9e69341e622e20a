import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePanelFocus } from './usePanelFocus';

type Props = {
  label: string;
  /** Above the content, beside the way to close; left out where the content has a heading of its own. */
  head?: ReactNode;
  isWide?: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** One thing beside the page it was chosen on: a grid beside the map, a customer beside the list. */
export function SidePanel({ label, head, isWide = false, onClose, children }: Props) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  usePanelFocus(panel, onClose);
  return (
    <aside
      ref={panel}
      className={isWide ? 'side-panel side-panel-wide' : 'side-panel'}
      aria-label={label}
      tabIndex={-1}
    >
      {head && <header className="side-panel-head">{head}</header>}
      <button type="button" className="close" aria-label={t('action.close')} onClick={onClose}>
        ×
      </button>
      {children}
    </aside>
  );
}
