import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerProfile_customer$key } from '@/__generated__/CustomerProfile_customer.graphql';
import { Section } from '@/shared/Section';
import { CustomerDisagreements } from './CustomerDisagreements';
import { CustomerFacts } from './CustomerFacts';
import { CustomerHeader } from './CustomerHeader';
import { CustomerHoldings } from './CustomerHoldings';
import { CustomerMonths } from './CustomerMonths';
import { CustomerRelations } from './CustomerRelations';
import { CustomerScores } from './CustomerScores';
import { CustomerSources } from './CustomerSources';
import { CustomerVisits } from './CustomerVisits';
import { KnownFacts } from './KnownFacts';
import { OldVisits } from './OldVisits';
import './customers.css';

type Props = { customer: CustomerProfile_customer$key; onOpen: (id: string) => void };

/** 客户 360: everything the bank knows of one customer, the reason to act first. */
export function CustomerProfile({ customer, onOpen }: Props) {
  const { t } = useTranslation();
  const data = useFragment(
    graphql`
      fragment CustomerProfile_customer on Customer {
        ...CustomerHeader_customer
        ...CustomerScores_customer
        ...CustomerFacts_customer
        ...KnownFacts_customer
        ...CustomerRelations_customer
        ...CustomerMonths_customer
        ...CustomerHoldings_customer
        ...CustomerVisits_customer
        ...OldVisits_customer
        ...CustomerSources_customer
        ...CustomerDisagreements_customer
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
      <Section title={t('relations.title')}>
        <CustomerRelations customer={data} onOpen={onOpen} />
      </Section>
      <Section title={t('months.title')}>
        <CustomerMonths customer={data} />
      </Section>
      <CustomerHoldings customer={data} />
      <Section title={t('visits.title')}>
        <CustomerVisits customer={data} />
        <OldVisits customer={data} />
      </Section>
      <Section title={t('sources.title')}>
        <CustomerSources customer={data} />
      </Section>
      <Section title={t('sources.disagreements')}>
        <CustomerDisagreements customer={data} />
      </Section>
    </article>
  );
}
