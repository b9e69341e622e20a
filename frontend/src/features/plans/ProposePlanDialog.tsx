import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useMutation } from 'react-relay';
import type { ProposePlanDialogMutation } from '@/__generated__/ProposePlanDialogMutation.graphql';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useOneRequest } from '@/shared/patterns/useOneRequest';
import './plans.css';

type Props = {
  planId: string;
  version: number;
  /** The first day on which it might begin: today for the first plan of a bank. The server says it. */
  earliest: string;
  onClose: () => void;
  onDone: () => void;
};

const LONGEST = 500;

/** Hands a checked plan to a second person, with the day from which it is to be in force. */
export function ProposePlanDialog({ planId, version, earliest, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [fromOn, setFromOn] = useState(earliest);
  const [reason, setReason] = useState('');
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<ProposePlanDialogMutation>(graphql`
    mutation ProposePlanDialogMutation($input: ProposePlanInput!) {
      proposePlan(input: $input) {
        __typename
        ... on ProposalSuccess {
          proposal {
            id
            state
          }
        }
        ... on ProposalNotDone {
          code
          message
        }
      }
    }
  `);
  const send = () => {
    begin();
    commit({
      variables: { input: { idempotencyKey, planId, version, fromOn, reason: reason.trim() } },
      onCompleted: ({ proposePlan: result }) => {
        if (result.__typename === 'ProposalNotDone') refuse(result);
        if (result.__typename !== 'ProposalSuccess') return;
        void message.success(t('plans.proposed'));
        onDone();
        onClose();
      },
      onError: fail,
    });
  };
  return (
    <Modal
      open
      title={t('plans.propose')}
      okText={t('plans.proposeSend')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: isWaiting }}
      onOk={send}
      onCancel={onClose}
    >
      <p className="dialog-lead">{t('plans.proposeLead')}</p>
      <div className="plan-form">
        <label htmlFor="plan-from">{t('plans.fromDay')}</label>
        <Input
          id="plan-from"
          type="date"
          min={earliest}
          value={fromOn}
          onChange={(event) => setFromOn(event.target.value || earliest)}
        />
        <label htmlFor="plan-reason">{t('plans.reason')}</label>
        <Input.TextArea
          id="plan-reason"
          className="dialog-text"
          rows={3}
          maxLength={LONGEST}
          showCount
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}
