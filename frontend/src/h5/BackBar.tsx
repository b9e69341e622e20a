import { LeftOutline } from 'antd-mobile-icons';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

type Props = { title: string };

/** A page that was opened from another one: its name and the way back. */
export function BackBar({ title }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <header className="back-bar">
      <button
        type="button"
        aria-label={t('action.back')}
        onClick={() => void (window.history.length > 1 ? navigate(-1) : navigate('/'))}
      >
        <LeftOutline aria-hidden="true" />
      </button>
      <span>{title}</span>
    </header>
  );
}
