import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import { Link } from 'react-router';
import type { AreaPanel_customers$key } from '@/__generated__/AreaPanel_customers.graphql';
import { EmptyState } from '@/shared/EmptyState';
import { formatSquareKilometres } from '@/shared/format';
import { squareMetresOf } from '@/shared/map/areas';
import type { Position } from '@/shared/map/geometry';
import './areas.css';

type Props = {
  customers: AreaPanel_customers$key;
  corners: readonly Position[];
  /** The address of the list with the same area asked. */
  list: string;
  children?: ReactNode;
};

/** An area that was drawn: how many customers it has, and the way to their list. */
export function AreaPanel({ customers, corners, list, children }: Props) {
  const { t } = useTranslation();
  const { totalCount } = useFragment(
    graphql`
      fragment AreaPanel_customers on CustomerConnection {
        totalCount {
          value
          isExact
        }
      }
    `,
    customers,
  );
  const { value, isExact } = totalCount;
  return (
    <article className="area-panel">
      <h1>{t('areas.panel')}</h1>
      <p className="faint">
        {t('areas.size', { km2: formatSquareKilometres(squareMetresOf(corners)), corners: corners.length })}
      </p>
      {value === 0 ? (
        <EmptyState title={t('areas.none')} advice={t('areas.noneAdvice')} />
      ) : (
        <>
          <p className="area-count">{t(isExact ? 'areas.count' : 'areas.countCapped', { count: value })}</p>
          {children}
          <Link className="button-link" to={list}>
            {t('areas.open')}
          </Link>
        </>
      )}
      <p className="faint">{t('areas.byGrid')}</p>
    </article>
  );
}
