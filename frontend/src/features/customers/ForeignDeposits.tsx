import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ForeignDeposits_customer$key } from '@/__generated__/ForeignDeposits_customer.graphql';
import { formatYuan } from '@/shared/format';
import { formatForeign } from './foreign';
import './customers.css';

type Props = { customer: ForeignDeposits_customer$key };

/** Accounts in other currencies, each in its own; nothing where there are none. */
export function ForeignDeposits({ customer }: Props) {
  const { t } = useTranslation();
  const { foreignDeposits } = useFragment(
    graphql`
      fragment ForeignDeposits_customer on Customer {
        foreignDeposits {
          product
          currency
          balance
          openedOn
          worthFen
          rateOn
        }
      }
    `,
    customer,
  );
  if (foreignDeposits.length === 0) return null;
  return (
    <>
      <p className="faint">{t('holdings.foreign')}</p>
      <ul className="holdings">
        {foreignDeposits.map((account, at) => (
          <li key={at}>
            <span>
              {account.product}
              {account.openedOn && (
                <span className="faint number"> {t('holdings.openedShort', { day: account.openedOn })}</span>
              )}
            </span>
            <span className="number">
              {formatForeign(account)}
              {account.worthFen != null && account.rateOn && (
                <span className="faint">
                  {' '}
                  {t('worth.atRate', { amount: formatYuan(account.worthFen), day: account.rateOn })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
