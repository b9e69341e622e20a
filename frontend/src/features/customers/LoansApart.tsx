import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { LoansApart_customer$key } from '@/__generated__/LoansApart_customer.graphql';
import { useCodeWord } from '@/shared/words';
import { formatForeign } from './foreign';
import './customers.css';

type Props = { customer: LoansApart_customer$key };

/** Loans and lines that are in no sum, each with the reason; nothing where there are none. */
export function LoansApart({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { loansApart, foreignCreditLines } = useFragment(
    graphql`
      fragment LoansApart_customer on Customer {
        loansApart {
          number
          product
          standing
          currency
          balance
          endOn
        }
        foreignCreditLines {
          currency
          line
          used
          endOn
        }
      }
    `,
    customer,
  );
  if (loansApart.length === 0 && foreignCreditLines.length === 0) return null;
  return (
    <>
      <p className="faint">{t('holdings.apart')}</p>
      <ul className="holdings">
        {loansApart.map((loan) => (
          <li key={loan.number}>
            <span>
              {loan.product}
              {loan.standing !== 'BOOKS' && <span className="tag">{word('standing', loan.standing)}</span>}
              <span className="faint number"> {t('holdings.endShort', { day: loan.endOn })}</span>
            </span>
            <span className="number">{formatForeign(loan)}</span>
          </li>
        ))}
        {foreignCreditLines.map(({ currency, line, used, endOn }, at) => (
          <li key={at}>
            <span>
              {t('holdings.foreignLine', { used: formatForeign({ currency, balance: used }) })}
              <span className="faint number"> {t('holdings.endShort', { day: endOn })}</span>
            </span>
            <span className="number">{formatForeign({ currency, balance: line })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
