import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { PhoneGridSheet_grid$key } from '@/__generated__/PhoneGridSheet_grid.graphql';
import { formatCount } from '@/shared/format';
import { BottomSheet } from '@/shared/patterns/BottomSheet';

type Props = { grid: PhoneGridSheet_grid$key; onClose: () => void };

/** The grid that was tapped: four figures and the way to its customers. */
export function PhoneGridSheet({ grid, onClose }: Props) {
  const { t } = useTranslation();
  const { id, name, code, statistics } = useFragment(
    graphql`
      fragment PhoneGridSheet_grid on Grid {
        id
        name
        code
        statistics {
          customers
          visitedHere90d
          dueVisits
          atRisk
        }
      }
    `,
    grid,
  );
  return (
    <BottomSheet
      label={name}
      head={
        <>
          <strong>{name}</strong> <span className="faint number">{code}</span>
        </>
      }
      onClose={onClose}
    >
      <dl className="figure-strip">
        {(['customers', 'visitedHere90d', 'dueVisits', 'atRisk'] as const).map((figure) => (
          <div key={figure}>
            <dt>{t(`measure.${figure}`)}</dt>
            <dd className="number">{formatCount(statistics[figure])}</dd>
          </div>
        ))}
      </dl>
      <Link to={`/customers?grid=${encodeURIComponent(id)}`} className="phone-button">
        {t('map.openCustomers')}
      </Link>
    </BottomSheet>
  );
}
