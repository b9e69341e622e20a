import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { OwnershipRouteQuery } from '@/__generated__/OwnershipRouteQuery.graphql';
import { ExceptionTable } from '@/features/ownership/ExceptionTable';
import { ListTable } from '@/features/ownership/ListTable';
import { RuleTable } from '@/features/ownership/RuleTable';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import '@/features/ownership/ownership.css';

/** 管护规则: by what customers belong to people before their place is asked. */
export function OwnershipRoute() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t('menu.ownership')} />
      <Reading>{(attempt) => <Ownership attempt={attempt} />}</Reading>
    </div>
  );
}

function Ownership({ attempt }: { attempt: number }) {
  const { t } = useTranslation();
  const mayPropose = useCan('GRIDS_EDIT');
  const [done, setDone] = useState(0);
  const [isProposed, setProposed] = useState(false);
  const data = useLazyLoadQuery<OwnershipRouteQuery>(
    graphql`
      query OwnershipRouteQuery {
        ownershipRules {
          ...RuleTable_rules
        }
        listGrids {
          ...ListTable_lists
        }
        ownerExceptions {
          ...ExceptionTable_exceptions
        }
      }
    `,
    {},
    { fetchKey: `${attempt} ${done}`, fetchPolicy: 'store-and-network' },
  );
  const askAgain = () => setDone(done + 1);
  return (
    <div className="ownership">
      <p className="faint">{t('ownership.order')}</p>
      {isProposed && (
        <p className="tag tag-waiting" role="status">
          {t('ownership.proposed')}
        </p>
      )}
      <Section title={t('ownership.rules')}>
        <RuleTable
          rules={data.ownershipRules}
          mayPropose={mayPropose}
          onProposed={() => {
            setProposed(true);
            askAgain();
          }}
        />
      </Section>
      <Section title={t('ownership.lists')}>
        <ListTable lists={data.listGrids} onKept={askAgain} />
      </Section>
      <Section title={t('ownership.exceptions')}>
        <ExceptionTable exceptions={data.ownerExceptions} onEnded={askAgain} />
      </Section>
    </div>
  );
}
