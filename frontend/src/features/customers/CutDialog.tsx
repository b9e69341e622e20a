import { useTranslation } from 'react-i18next';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import { type Part, type RecordKey, useCutLink } from './useCutLink';

type Props = { pair: [RecordKey, RecordKey]; onClose: () => void; onCut: (parts: readonly Part[]) => void };

/** Before two records are taken apart: what will happen, and why it shall. */
export function CutDialog({ pair, onClose, onCut }: Props) {
  const { t } = useTranslation();
  const { cut, isWaiting, sentence } = useCutLink(onCut);
  return (
    <ReasonDialog
      title={t('sources.cutTitle')}
      lead={t('sources.cutWhat')}
      reasonLabel={t('sources.cutReason')}
      okWord={t('sources.cutDo')}
      isWaiting={isWaiting}
      sentence={sentence}
      onGive={(reason) => cut(pair, reason)}
      onClose={onClose}
    />
  );
}
