import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '@/shared/patterns/ConfirmButton';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useWithdrawImport } from './useWithdrawImport';

type Props = { importId: string; onDone: (sentence: string) => void };

/** The way back for a list that should not have been brought, while nobody has carried it out. */
export function WithdrawImport({ importId, onDone }: Props) {
  const { t } = useTranslation();
  const { withdraw, sentence } = useWithdrawImport(() => onDone(t('opening.withdrawn')));
  return (
    <>
      <ConfirmButton
        word={t('opening.withdraw')}
        question={t('opening.withdrawQuestion')}
        onConfirm={() => withdraw(importId)}
      />
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </>
  );
}
