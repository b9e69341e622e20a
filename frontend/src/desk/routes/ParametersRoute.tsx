import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { ParametersRouteQuery } from '@/__generated__/ParametersRouteQuery.graphql';
import { ParameterTable } from '@/features/parameters/ParameterTable';
import { ProposalCard } from '@/features/parameters/ProposalCard';
import { EmptyState } from '@/shared/EmptyState';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';
import { Section } from '@/shared/Section';
import '@/features/parameters/parameters.css';

const ANY_KIND = { type: 'TEXT', unit: '', allowed: [] };

/** 参数: what waits for a second person, and every figure that the bank decides. */
export function ParametersRoute() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t('menu.parameters')} />
      <Reading>{(attempt) => <Parameters attempt={attempt} />}</Reading>
    </div>
  );
}

function Parameters({ attempt }: { attempt: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [changes, setChanges] = useState(0);
  const { parameters, proposals } = useLazyLoadQuery<ParametersRouteQuery>(
    graphql`
      query ParametersRouteQuery {
        parameters {
          name
          type
          unit
          allowed
          ...ParameterTable_parameters
        }
        proposals(first: 50, state: OPEN) {
          edges {
            node {
              id
              ...ProposalCard_proposal
            }
          }
        }
      }
    `,
    {},
    { fetchKey: `${attempt}:${changes}`, fetchPolicy: 'store-and-network' },
  );
  const askAgain = (sentence: string) => {
    void message.success(sentence);
    setChanges((count) => count + 1);
  };
  return (
    <>
      <Section title={t('parameters.inbox')}>
        {proposals.edges.length === 0 ? (
          <EmptyState title={t('parameters.inboxNone')} advice={t('parameters.inboxAdvice')} />
        ) : (
          <ul className="proposals">
            {proposals.edges.map(({ node }) => (
              <ProposalCard
                key={node.id}
                proposal={node}
                kindOf={(name) => parameters.find((one) => one.name === name) ?? ANY_KIND}
                onDone={() => askAgain(t('parameters.done'))}
              />
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('parameters.all')}>
        <ParameterTable parameters={parameters} onProposed={() => askAgain(t('parameters.sent'))} />
      </Section>
    </>
  );
}
