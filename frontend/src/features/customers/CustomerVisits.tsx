import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { CustomerVisits_customer$key } from '@/__generated__/CustomerVisits_customer.graphql';
import { formatDistance } from '@/shared/format';
import { VisitTime } from '@/shared/VisitTime';
import { useCodeWord } from '@/shared/words';
import './customers.css';

type Props = { customer: CustomerVisits_customer$key };

export function CustomerVisits({ customer }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { visits } = useFragment(
    graphql`
      fragment CustomerVisits_customer on Customer {
        visits(first: 10) {
          totalCount {
            value
          }
          edges {
            node {
              id
              countedAt
              startedAt
              outcome
              note
              distanceM
              nextOn
              staff {
                name
              }
            }
          }
        }
      }
    `,
    customer,
  );
  if (visits.edges.length === 0) return <p className="faint">{t('visits.none')}</p>;
  return (
    <ol className="timeline">
      {visits.edges.map(({ node }) => {
        const distance = node.distanceM == null ? null : formatDistance(node.distanceM);
        return (
          <li key={node.id}>
            <p>
              <VisitTime countedAt={node.countedAt} startedAt={node.startedAt} />{' '}
              <strong>{word('outcome', node.outcome)}</strong>{' '}
              <span className="faint">
                {node.staff.name}
                {distance && ` · ${t('visits.distance', { value: distance.value, unit: t(`unit.${distance.unit}`) })}`}
              </span>
            </p>
            {node.note && <p>{node.note}</p>}
            {node.nextOn && <p className="faint">{t('visits.next', { day: node.nextOn })}</p>}
          </li>
        );
      })}
    </ol>
  );
}
