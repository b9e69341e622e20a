import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerHeader_customer$key } from '@/__generated__/CustomerHeader_customer.graphql';
import { Money } from '@/shared/Money';
import { useCodeWord } from '@/shared/words';
import { sumByCurrency } from './foreign';
import { StatusTag } from './StatusTag';
import { TierTag } from './TierTag';
import './customers.css';

type Props = { customer: CustomerHeader_customer$key };

/** Who this is, the three balances, and when somebody was last there. */
export function CustomerHeader({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const data = useFragment(
    graphql`
      fragment CustomerHeader_customer on Customer {
        name
        kind
        tier
        status
        depositFen
        foreignDeposits {
          currency
          balance
        }
        loanFen
        lineFen
        lastVisitOn
        dueOn
      }
    `,
    customer,
  );
  const foreign = sumByCurrency(data.foreignDeposits);
  return (
    <header className="customer-head">
      <div className="customer-title">
        <h1>{data.name}</h1>
        <span className="tag">{word('kind', data.kind)}</span>
        <TierTag tier={data.tier} />
        <StatusTag status={data.status} />
        {data.dueOn && <span className="tag tag-waiting">{t('customers.dueOn', { day: data.dueOn })}</span>}
      </div>
      <dl className="figures">
        <div>
          <dt>{t('customers.deposit')}</dt>
          <dd>
            <Money fen={data.depositFen} hasUnit />
            {foreign.length > 0 && (
              <p className="beside faint number">{t('customers.foreignToo', { amounts: foreign.join(' · ') })}</p>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('customers.loanBalance')}</dt>
          <dd>
            <Money fen={data.loanFen} hasUnit />
          </dd>
        </div>
        <div>
          <dt>{t('customers.line')}</dt>
          <dd>
            <Money fen={data.lineFen} hasUnit />
          </dd>
        </div>
        <div>
          <dt>{t('customers.lastVisit')}</dt>
          <dd className="number">{data.lastVisitOn ?? <span className="faint">{t('customers.neverVisited')}</span>}</dd>
        </div>
      </dl>
    </header>
  );
}
