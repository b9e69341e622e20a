import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '@/shared/patterns/ConfirmButton';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import { useCan, useSession } from '@/shared/session';
import { useApplyImport } from './useApplyImport';
import { useUndoImport } from './useUndoImport';
import { WithdrawImport } from './WithdrawImport';
import './opening.css';

type Props = {
  importId: string;
  state: 'TRIED' | 'APPLIED';
  /** The one who brought it; null for the operator and for a night, whose lists are not withdrawn. */
  broughtById: string | null;
  hasChanges: boolean;
  onDone: () => void;
};

/** What may be done with a list that was tried or carried out, and by whom. */
export function ImportActs({ importId, state, broughtById, hasChanges, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { staffId } = useSession();
  const mayDecide = useCan('IMPORTS_DECIDE');
  const told = (sentence: string) => {
    void message.success(sentence);
    onDone();
  };
  const applying = useApplyImport(() => told(t('opening.applied')));
  const undoing = useUndoImport(() => told(t('opening.undone')));
  if (state === 'APPLIED') {
    if (!mayDecide) return null;
    return (
      <div className="import-acts">
        <ConfirmButton
          word={t('opening.undo')}
          question={t('opening.undoQuestion')}
          onConfirm={() => undoing.undo(importId)}
        />
        {undoing.sentence && <FormAlert>{undoing.sentence}</FormAlert>}
      </div>
    );
  }
  if (!hasChanges) return null;
  const isOwn = broughtById === staffId;
  const withdrawing = broughtById !== null && (isOwn || mayDecide) && (
    <WithdrawImport importId={importId} onDone={told} />
  );
  if (!mayDecide || isOwn) {
    return (
      <div className="import-acts">
        <p className="faint">{t('opening.needsAnother')}</p>
        {withdrawing}
      </div>
    );
  }
  return (
    <div className="import-acts">
      <Button type="primary" loading={applying.isWaiting} onClick={() => applying.apply(importId)}>
        {t('opening.apply')}
      </Button>
      {withdrawing}
      {applying.isWaiting && <span role="status">{t('opening.applying')}</span>}
      {applying.sentence && !applying.wantsReason && <FormAlert>{applying.sentence}</FormAlert>}
      {applying.wantsReason && (
        <ReasonDialog
          title={t('opening.endsMany')}
          lead={t('opening.endsManyLead')}
          reasonLabel={t('opening.reason')}
          okWord={t('opening.apply')}
          isWaiting={applying.isWaiting}
          sentence={applying.sentence}
          onGive={(reason) => applying.apply(importId, reason)}
          onClose={applying.letGo}
        />
      )}
    </div>
  );
}
