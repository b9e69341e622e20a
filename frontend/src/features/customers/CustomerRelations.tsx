import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerRelations_customer$key } from '@/__generated__/CustomerRelations_customer.graphql';
import { Money } from '@/shared/Money';
import { useCodeWord } from '@/shared/words';
import { StatusTag } from './StatusTag';
import './customers.css';

type Props = { customer: CustomerRelations_customer$key; onOpen: (id: string) => void };

export function CustomerRelations({ customer, onOpen }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { relations } = useFragment(
    graphql`
      fragment CustomerRelations_customer on Customer {
        relations {
          kind
          customer {
            id
            name
            kind
            status
            depositFen
          }
        }
      }
    `,
    customer,
  );
  if (relations.length === 0) return <p className="faint">{t('relations.none')}</p>;
  return (
    <ul className="relations">
      {relations.map(({ kind, customer: other }) => (
        <li key={`${kind}-${other.id}`}>
          <span className="tag">{word('relation', kind)}</span>
          <button type="button" className="link strong" onClick={() => onOpen(other.id)}>
            {other.name}
          </button>
          <span className="faint">{word('kind', other.kind)}</span>
          <StatusTag status={other.status} />
          <span className="relation-money">
            <span className="faint">{t('customers.deposit')} </span>
            <Money fen={other.depositFen} hasUnit />
          </span>
        </li>
      ))}
    </ul>
  );
}
