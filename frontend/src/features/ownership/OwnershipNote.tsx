import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type {
  OwnershipNote_customer$data,
  OwnershipNote_customer$key,
} from '@/__generated__/OwnershipNote_customer.graphql';
import { useCan } from '@/shared/session';
import { GiveDialog } from './GiveDialog';
import './ownership.css';

type Props = { customer: OwnershipNote_customer$key; onGiven: () => void };

/** Whose a customer is and why, and the way to give him to somebody. */
export function OwnershipNote({ customer, onGiven }: Props) {
  const { t } = useTranslation();
  const mayGive = useCan('GRIDS_GIVE_CUSTOMERS');
  const [isGiving, setGiving] = useState(false);
  const data = useFragment(
    graphql`
      fragment OwnershipNote_customer on Customer {
        id
        name
        owner {
          name
          number
        }
        grid {
          name
          level
        }
        ownership {
          cause
          name
          reason
          to
        }
      }
    `,
    customer,
  );
  const why = useWhy(data);
  return (
    <p className="ownership-note">
      <span>
        {t('ownership.owner')} <b>{data.owner ? `${data.owner.name} ${data.owner.number}` : t('ownership.nobody')}</b>
      </span>
      <span className="faint">
        {t('ownership.why')} {why}
      </span>
      {mayGive && (
        <Button size="small" onClick={() => setGiving(true)}>
          {t('ownership.give')}
        </Button>
      )}
      {isGiving && (
        <GiveDialog
          customerId={data.id}
          name={data.name}
          onClose={() => setGiving(false)}
          onGiven={() => {
            setGiving(false);
            onGiven();
          }}
        />
      )}
    </p>
  );
}

function useWhy({ ownership, grid }: OwnershipNote_customer$data): string {
  const { t } = useTranslation();
  if (ownership?.cause === 'EXCEPTION')
    return t('ownership.byException', { reason: ownership.reason ?? '', day: ownership.to ?? '' });
  if (ownership?.cause === 'LIST') return t('ownership.byList', { name: ownership.name ?? '' });
  if (ownership?.cause === 'RULE') return t('ownership.byRule', { name: ownership.name ?? '' });
  return grid ? t('ownership.byPlace', { grid: grid.name }) : t('ownership.byBooks');
}
