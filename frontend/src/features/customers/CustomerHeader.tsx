import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerHeader_customer$key } from '@/__generated__/CustomerHeader_customer.graphql';
import { Money } from '@/shared/Money';
import { useCodeWord } from '@/shared/words';
import { TierTag } from './TierTag';

type Props = { customer: CustomerHeader_customer$key };

/** Who this is, where, whose, and the three balances. */
export function CustomerHeader({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const data = useFragment(
    graphql`
      fragment CustomerHeader_customer on Customer {
        name
        kind
        tier
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
        depositFen
        loanFen
        lineFen
        lastVisitOn
        dueOn
      }
    `,
    customer,
  );
  const post = (role: string) => data.posts.find((found) => found.role === role)?.staff.name;
  const unknown = <span className="faint">{t('unit.unknown')}</span>;
  return (
    <header className="customer-head">
      <div className="customer-title">
        <h1>{data.name}</h1>
        <span className="tag">{word('kind', data.kind)}</span>
        <TierTag tier={data.tier} />
        {data.dueOn && <span className="tag tag-waiting">{t('customers.dueOn', { day: data.dueOn })}</span>}
      </div>
      <dl className="figures">
        <div>
          <dt>{t('customers.deposit')}</dt>
          <dd>
            <Money fen={data.depositFen} hasUnit />
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
      <dl className="facts">
        <Fact term={t('customers.phone')}>{data.phone ? <span className="number">{data.phone}</span> : unknown}</Fact>
        <Fact term={t('customers.certificate')}>
          {data.certificate ? <span className="number">{data.certificate}</span> : unknown}
        </Fact>
        <Fact term={t('customers.grid')}>{data.grid?.name ?? <span className="faint">{t('customers.noGrid')}</span>}</Fact>
        <Fact term={t('customers.postA')}>{post('A') ?? unknown}</Fact>
        <Fact term={t('customers.postB')}>{post('B') ?? unknown}</Fact>
        {data.industry && <Fact term={t('customers.industry')}>{data.industry}</Fact>}
        <Fact term={t('customers.address')} isWide>
          {data.address ?? unknown}
        </Fact>
        <Fact term={t('customers.point')} isWide>
          {data.location ? (
            <>
              {word('method', data.location.method)}
              <span className="faint">
                {' · '}
                {t('customers.sourceDatum', { datum: data.location.sourceDatum })}
                {data.location.accuracyM != null &&
                  ` · ${t('customers.accuracy', { metres: Math.round(data.location.accuracyM) })}`}
              </span>
            </>
          ) : (
            <span className="faint">{t('customers.noPoint')}</span>
          )}
        </Fact>
      </dl>
    </header>
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
