import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { Labelled } from './Labelled';
import { useCoverList } from './useCoverList';
import './ownership.css';

type Props = {
  list: { code: string; name: string; b: { number: string } | null | undefined };
  onClose: () => void;
  onKept: () => void;
};

/** B of somebody's own list: he himself is always its A. */
export function CoverDialog({ list, onClose, onKept }: Props) {
  const { t } = useTranslation();
  const [b, setB] = useState(list.b?.number ?? '');
  const { cover, isWaiting, sentence } = useCoverList(onKept);
  return (
    <Modal
      open
      title={t('ownership.coverTitle', { name: list.name })}
      okText={t('ownership.save')}
      cancelText={t('action.cancel')}
      okButtonProps={{ loading: isWaiting }}
      onOk={() => cover(list.code, b.trim() || null)}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('ownership.coverLead')}</p>
      <Labelled id="cover-b" label={t('ownership.bNumber')} value={b} onChange={setB} />
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}
