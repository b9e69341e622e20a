import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { SourcesRouteProposalsQuery } from '@/__generated__/SourcesRouteProposalsQuery.graphql';
import { ProposalCard } from '@/features/parameters/ProposalCard';
import { Section } from '@/shared/Section';
import '@/features/parameters/parameters.css';

type Props = { attempt: number; onDone: () => void };

const NO_PARAMETER = { type: 'TEXT', unit: '', allowed: [] };

/** Descriptions that wait for a second person; nothing where none does. */
export function SourcesRouteProposals({ attempt, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [decided, setDecided] = useState(0);
  const { proposals } = useLazyLoadQuery<SourcesRouteProposalsQuery>(
    graphql`
      query SourcesRouteProposalsQuery {
        proposals(first: 50, state: OPEN) {
          edges {
            node {
              id
              kind
              ...ProposalCard_proposal
            }
          }
        }
      }
    `,
    {},
    { fetchKey: `${attempt} ${decided}`, fetchPolicy: 'store-and-network' },
  );
  const waiting = proposals.edges.map(({ node }) => node).filter(({ kind }) => kind === 'adapter');
  if (waiting.length === 0) return null;
  const done = () => {
    void message.success(t('parameters.done'));
    setDecided(decided + 1);
    onDone();
  };
  return (
    <Section title={t('feeds.waiting')}>
      <ul className="proposals">
        {waiting.map((node) => (
          <ProposalCard key={node.id} proposal={node} kindOf={() => NO_PARAMETER} onDone={done} />
        ))}
      </ul>
    </Section>
  );
}
