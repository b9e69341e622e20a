import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerPhonePage_customer$key } from '@/__generated__/CustomerPhonePage_customer.graphql';
import { knownDay } from '@/shared/format';
import { Money } from '@/shared/Money';
import { Section } from '@/shared/Section';
import { CustomerDisagreements } from './CustomerDisagreements';
import { CustomerFacts } from './CustomerFacts';
import { ForeignDeposits } from './ForeignDeposits';
import { LoansApart } from './LoansApart';
import { LoanTerms } from './LoanTerms';
import { CustomerHeader } from './CustomerHeader';
import { CustomerMonths } from './CustomerMonths';
import { CustomerRelations } from './CustomerRelations';
import { CustomerScores } from './CustomerScores';
import { CustomerVisits } from './CustomerVisits';
import { KnownFacts } from './KnownFacts';
import { OldVisits } from './OldVisits';
import './customers.css';

type Props = { customer: CustomerPhonePage_customer$key; onOpen: (id: string) => void };

/** One customer on the phone: the reason first, then what there is to talk about. */
export function CustomerPhonePage({ customer, onOpen }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment CustomerPhonePage_customer on Customer {
        ...CustomerHeader_customer
        ...CustomerScores_customer
        ...CustomerFacts_customer
        ...KnownFacts_customer
        ...CustomerMonths_customer
        ...CustomerRelations_customer
        ...CustomerVisits_customer
        ...OldVisits_customer
        ...CustomerDisagreements_customer
        ...ForeignDeposits_customer
        ...LoansApart_customer
        deposits {
          product
          balanceFen
          openedOn
        }
        loans {
          number
          product
          balanceFen
          endOn
          overdueDays
          ...LoanTerms_loan
        }
      }
    `,
    customer,
  );
  return (
    <article className="profile">
      <CustomerHeader customer={data} />
      <Section title={t('scores.title')}>
        <CustomerScores customer={data} />
      </Section>
      <Section title={t('facts.title')}>
        <CustomerFacts customer={data} />
      </Section>
      <KnownFacts customer={data} />
      <Section title={t('months.title')}>
        <CustomerMonths customer={data} />
      </Section>
      <Section title={t('holdings.deposits', { rows: data.deposits.length })}>
        {data.deposits.length === 0 && <p className="faint">{t('holdings.noDeposits')}</p>}
        <ul className="holdings">
          {data.deposits.map(({ product, balanceFen, openedOn }, at) => (
            <li key={at}>
              <span>
                {product}
                {knownDay(openedOn) && (
                  <span className="faint number"> {t('holdings.openedShort', { day: openedOn })}</span>
                )}
              </span>
              <Money fen={balanceFen} hasUnit />
            </li>
          ))}
        </ul>
        <ForeignDeposits customer={data} />
      </Section>
      <Section title={t('holdings.loans', { rows: data.loans.length })}>
        {data.loans.length === 0 && <p className="faint">{t('holdings.noLoans')}</p>}
        <ul className="holdings">
          {data.loans.map((loan) => (
            <li key={loan.number}>
              <span>
                {loan.product}
                <span className="faint number"> {t('holdings.endShort', { day: loan.endOn })}</span>
                {loan.overdueDays > 0 && (
                  <span className="tag tag-overdue">{t('holdings.overdue', { count: loan.overdueDays })}</span>
                )}
                <LoanTerms loan={loan} />
              </span>
              <Money fen={loan.balanceFen} hasUnit />
            </li>
          ))}
        </ul>
        <LoansApart customer={data} />
      </Section>
      <Section title={t('visits.title')}>
        <CustomerVisits customer={data} />
        <OldVisits customer={data} />
      </Section>
      <Section title={t('relations.title')}>
        <CustomerRelations customer={data} onOpen={onOpen} />
      </Section>
      <Section title={t('sources.disagreements')}>
        <CustomerDisagreements customer={data} />
      </Section>
    </article>
  );
}
