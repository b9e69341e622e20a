import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { useStatement_said$key } from '@/__generated__/useStatement_said.graphql';
import { useStatement } from '@/shared/statements/useStatement';
import './nights.css';

const SHOWN_AT_FIRST = 3;

/** The commonest reasons stand first; the rest wait behind a button, so that one bad file does not fill the page. */
export function BatchReasons({ reasons }: { reasons: readonly useStatement_said$key[] }) {
  const say = useStatement();
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const hidden = reasons.length - SHOWN_AT_FIRST;
  const shown = (isOpen || hidden <= 0 ? reasons : reasons.slice(0, SHOWN_AT_FIRST)).map(say);
  return (
    <>
      {shown.map((reason) => (
        <p key={reason} className="reason">
          {reason}
        </p>
      ))}
      {hidden > 0 && (
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? t('nights.fewerReasons') : t('nights.moreReasons', { count: hidden })}
        </button>
      )}
    </>
  );
}
