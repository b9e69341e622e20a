import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerMonths_customer$key } from '@/__generated__/CustomerMonths_customer.graphql';
import { Money } from '@/shared/Money';
import { useSession } from '@/shared/session';
import { MonthCurve } from './MonthCurve';
import { everyMonth, type Figure, knownMonths, monthName } from './months';
import './customers.css';

type Props = { customer: CustomerMonths_customer$key };

const FIGURES: readonly Figure[] = ['depositFen', 'loanFen', 'posVolumeFen'];

/** 月末: thirteen months of balances and of what the customer's shops took in, drawn, and in numbers for whoever asks. */
export function CustomerMonths({ customer }: Props) {
  const { t } = useTranslation();
  const { dataDate } = useSession();
  const { monthEnds } = useFragment(
    graphql`
      fragment CustomerMonths_customer on Customer {
        monthEnds {
          monthOn
          depositFen
          loanFen
          posVolumeFen
        }
      }
    `,
    customer,
  );
  const months = everyMonth(monthEnds, dataDate ?? '');
  const drawn = FIGURES.filter((figure) => months.some((month) => (month[figure] ?? 0) !== 0));
  if (drawn.length === 0) return <p className="faint">{t('months.none')}</p>;
  return (
    <>
      <div className="month-curves">
        {drawn.map((figure) => (
          <MonthCurve key={figure} figure={figure} months={knownMonths(months, figure)} />
        ))}
      </div>
      <details className="month-numbers">
        <summary>{t('months.numbers')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('months.month')}</th>
              {drawn.map((figure) => (
                <th key={figure} scope="col">
                  {t(`months.${figure}Wan`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...months].reverse().map((month) => (
              <tr key={month.monthOn}>
                <th scope="row" className="number">
                  {monthName(month.monthOn)}
                </th>
                {drawn.map((figure) => (
                  <td key={figure}>{typeof month[figure] === 'number' && <Money fen={month[figure]} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
