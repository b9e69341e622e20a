import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerFacts_customer$key } from '@/__generated__/CustomerFacts_customer.graphql';
import { useCodeWord } from '@/shared/words';
import { useIndustryWord } from '@/shared/industries/useIndustryWord';
import './customers.css';

type Props = { customer: CustomerFacts_customer$key };

/** What is on file: how to reach the customer, whose the customer is, and where, with how sure that is. */
export function CustomerFacts({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const industryOf = useIndustryWord();
  const data = useFragment(
    graphql`
      fragment CustomerFacts_customer on Customer {
        phone
        certificate
        address
        industry
        grid {
          name
        }
        posts {
          role
          staff {
            name
          }
        }
        location {
          accuracyM
          method
          sourceDatum
        }
      }
    `,
    customer,
  );
  const post = (role: string) => data.posts.find((found) => found.role === role)?.staff.name;
  const unknown = <span className="faint">{t('unit.unknown')}</span>;
  return (
    <dl className="facts">
      <Fact term={t('customers.phone')}>{data.phone ? <span className="number">{data.phone}</span> : unknown}</Fact>
      <Fact term={t('customers.certificate')}>
        {data.certificate ? <span className="number">{data.certificate}</span> : unknown}
      </Fact>
      <Fact term={t('customers.grid')}>
        {data.grid?.name ?? <span className="faint">{t('customers.noGrid')}</span>}
      </Fact>
      <Fact term={t('customers.postA')}>{post('A') ?? unknown}</Fact>
      <Fact term={t('customers.postB')}>{post('B') ?? unknown}</Fact>
      {data.industry && <Fact term={t('customers.industry')}>{industryOf(data.industry)}</Fact>}
      <Fact term={t('customers.address')} isWide>
        {data.address ?? unknown}
      </Fact>
      <Fact term={t('customers.point')} isWide>
        {data.location ? (
          <>
            {word('method', data.location.method)}
            <span className="faint">
              {' · '}
              {t('customers.sourceDatum', { datum: word('datum', data.location.sourceDatum) })}
              {data.location.accuracyM != null &&
                ` · ${t('position.accuracy', { metres: Math.round(data.location.accuracyM) })}`}
            </span>
          </>
        ) : (
          <span className="faint">{t('customers.noPoint')}</span>
        )}
      </Fact>
    </dl>
  );
}

type FactProps = { term: string; isWide?: boolean; children: React.ReactNode };

function Fact({ term, isWide = false, children }: FactProps) {
  return (
    <div className={isWide ? 'fact fact-wide' : 'fact'}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
