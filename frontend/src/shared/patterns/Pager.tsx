import { useTranslation } from 'react-i18next';

export type Turning = {
  isFirst: boolean;
  hasPrevious: boolean;
  hasNext: boolean;
  onFirst: () => void;
  onPrevious: () => void;
  onNext: () => void;
};

/** Pages by key: forwards and backwards from where one is, and to the first; there are no numbers to count to. */
export function Pager({ isFirst, hasPrevious, hasNext, onFirst, onPrevious, onNext }: Turning) {
  const { t } = useTranslation();
  return (
    <nav className="pager" aria-label={t('list.pages')}>
      <button type="button" className="small-button" disabled={isFirst} onClick={onFirst}>
        {t('list.firstPage')}
      </button>
      <button type="button" className="small-button" disabled={isFirst || !hasPrevious} onClick={onPrevious}>
        {t('list.previous')}
      </button>
      <button type="button" className="small-button" disabled={!hasNext} onClick={onNext}>
        {t('list.next')}
      </button>
    </nav>
  );
}
