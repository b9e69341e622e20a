import { useTranslation } from 'react-i18next';

type Props = { isLoading: boolean; onMore: () => void };

/** Below a list that grows where it is: the next rows are put after those that are there. */
export function MoreButton({ isLoading, onMore }: Props) {
  const { t } = useTranslation();
  return (
    <p className="pager">
      <button type="button" className="small-button" disabled={isLoading} onClick={onMore}>
        {t('list.more')}
      </button>
    </p>
  );
}
