import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListTable_lists$data, ListGridKind } from '@/__generated__/ListTable_lists.graphql';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useCodeWord } from '@/shared/words';
import { Labelled } from './Labelled';
import { useKeepList } from './useGiving';
import './ownership.css';

type Props = { list: ListTable_lists$data[number] | null; onClose: () => void; onKept: () => void };

const KINDS: readonly ListGridKind[] = ['MARKET', 'EMPLOYER', 'CHAMBER', 'OTHER'];

/** A list as it is to be; its members come by an import. */
export function ListDialog({ list, onClose, onKept }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const [code, setCode] = useState(list?.code ?? '@');
  const [name, setName] = useState(list?.name ?? '');
  const [kind, setKind] = useState<ListGridKind>(list?.kind ?? 'MARKET');
  const [outletCode, setOutletCode] = useState(list?.outletCode ?? '');
  const [a, setA] = useState(list?.a?.number ?? '');
  const [b, setB] = useState(list?.b?.number ?? '');
  const [position, setPosition] = useState(String(list?.position ?? 100));
  const { keep, isWaiting, sentence } = useKeepList(onKept);
  const send = () =>
    keep({
      code,
      name,
      kind,
      outletCode: outletCode.trim(),
      a: a.trim() || null,
      b: b.trim() || null,
      position: Number(position) || 0,
      toOn: list?.to ?? null,
    });
  return (
    <Modal
      open
      title={t('ownership.listTitle')}
      okText={t('ownership.save')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: name.trim() === '' || outletCode.trim() === '', loading: isWaiting }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="ownership-form">
        <Labelled
          id="list-code"
          label={t('ownership.listCode')}
          value={code}
          isLocked={list !== null}
          onChange={setCode}
        />
        <Labelled id="list-name" label={t('ownership.name')} value={name} onChange={setName} />
        <label htmlFor="list-kind">{t('ownership.listKind')}</label>
        <Select
          id="list-kind"
          value={kind}
          options={KINDS.map((one) => ({ value: one, label: word('listGridKind', one) }))}
          onChange={(one: ListGridKind) => setKind(one)}
        />
        <Labelled id="list-outlet" label={t('ownership.outletCode')} value={outletCode} onChange={setOutletCode} />
        <Labelled id="list-a" label={t('ownership.aNumber')} value={a} onChange={setA} />
        <Labelled id="list-b" label={t('ownership.bNumber')} value={b} onChange={setB} />
        <Labelled
          id="list-position"
          label={t('ownership.listPosition')}
          type="number"
          value={position}
          onChange={setPosition}
        />
      </div>
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}
