import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { CustomerCard_customer$key } from '@/__generated__/CustomerCard_customer.graphql';
import { Money } from '@/shared/Money';
import { useCodeWord } from '@/shared/words';
import { ScoreMark } from './ScoreMark';
import { StatusTag } from './StatusTag';
import { TierTag } from './TierTag';
import { useIndustryWord } from '@/shared/industries/useIndustryWord';

type Props = { customer: CustomerCard_customer$key };

/** A customer in the phone's list: a whole row is the target. */
export function CustomerCard({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const industryOf = useIndustryWord();
  const data = useFragment(
    graphql`
      fragment CustomerCard_customer on Customer {
        id
        name
        kind
        industry
        tier
        status
        depositFen
        loanFen
        attritionScore
        attritionBand
        lastVisitOn
        grid {
          name
        }
      }
    `,
    customer,
  );
  return (
    <Link to={`/customers/${encodeURIComponent(data.id)}`} className="card">
      <p className="card-head">
        <strong>{data.name}</strong> <TierTag tier={data.tier} /> <StatusTag status={data.status} />
        <span className="card-kind faint">{word('kind', data.kind)}</span>
      </p>
      <p className="card-figures">
        <span>
          <span className="faint">{t('customers.deposit')} </span>
          <Money fen={data.depositFen} hasUnit />
        </span>
        <span>
          <span className="faint">{t('customers.loanShort')} </span>
          <Money fen={data.loanFen} hasUnit />
        </span>
        <ScoreMark score={data.attritionScore} band={data.attritionBand} />
      </p>
      <p className="card-row faint">
        <span>
          {data.grid?.name ?? t('customers.noGrid')}
          {data.industry && ` · ${industryOf(data.industry)}`}
        </span>
        <span>
          {data.lastVisitOn ? t('customers.visitedOn', { day: data.lastVisitOn }) : t('customers.neverVisited')}
        </span>
      </p>
    </Link>
  );
}
