import { Checkbox, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useMutation } from 'react-relay';
import { useNavigate } from 'react-router';
import type { MakePlanDialogMutation } from '@/__generated__/MakePlanDialogMutation.graphql';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useOneRequest } from '@/shared/patterns/useOneRequest';
import './plans.css';

/** `mayPropose`: no plan is in force, so a draft of nothing may begin with a first plan. */
type Props = { source: { id: string; name: string } | null; mayPropose: boolean; onClose: () => void };

/** A new draft, of a plan or of nothing; it opens when it is there. */
export function MakePlanDialog({ source, mayPropose, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState(mayPropose && !source ? t('plans.firstName') : '');
  const [isProposed, setProposed] = useState(mayPropose);
  const [gridsPerOutlet, setGridsPerOutlet] = useState<number | null>(null);
  const offersFirst = mayPropose && !source;
  const { sentence, idempotencyKey, begin, refuse, fail } = useOneRequest();
  const [commit, isWaiting] = useMutation<MakePlanDialogMutation>(graphql`
    mutation MakePlanDialogMutation($input: MakePlanInput!) {
      makePlan(input: $input) {
        __typename
        ... on PlanSuccess {
          plan {
            id
          }
        }
        ... on PlanNotChanged {
          code
          message
        }
      }
    }
  `);
  const make = () => {
    begin();
    commit({
      variables: {
        input: {
          idempotencyKey,
          name: name.trim(),
          basedOnId: source?.id ?? null,
          first: offersFirst && isProposed ? { gridsPerOutlet } : null,
        },
      },
      onCompleted: ({ makePlan: result }) => {
        if (result.__typename === 'PlanSuccess') void navigate(`/plans/${encodeURIComponent(result.plan.id)}`);
        else if (result.__typename === 'PlanNotChanged') refuse(result);
      },
      onError: fail,
    });
  };
  return (
    <Modal
      open
      title={source ? t('plans.draftOf', { name: source.name }) : t(mayPropose ? 'plans.draftNew' : 'plans.draftEmpty')}
      okText={t('plans.make')}
      cancelText={t('action.cancel')}
      okButtonProps={{ disabled: name.trim() === '', loading: isWaiting }}
      onOk={make}
      onCancel={onClose}
    >
      <p className="dialog-lead">
        {t(source ? 'plans.draftLead' : offersFirst && isProposed ? 'plans.firstLead' : 'plans.emptyLead')}
      </p>
      <div className="plan-form">
        <label htmlFor="plan-name">{t('plans.name')}</label>
        <Input
          id="plan-name"
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={() => name.trim() && make()}
        />
      </div>
      {offersFirst && (
        <div className="plan-form">
          <Checkbox checked={isProposed} onChange={(event) => setProposed(event.target.checked)}>
            {t('plans.proposeFirst')}
          </Checkbox>
          {isProposed && (
            <>
              <label htmlFor="grids-per-outlet">{t('plans.gridsPerOutlet')}</label>
              <InputNumber
                id="grids-per-outlet"
                min={1}
                max={200}
                precision={0}
                placeholder={t('plans.asManyAsManagers')}
                value={gridsPerOutlet}
                onChange={setGridsPerOutlet}
              />
            </>
          )}
        </div>
      )}
      {sentence && <FormAlert>{sentence}</FormAlert>}
    </Modal>
  );
}
