import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ProposalCard_proposal$key } from '@/__generated__/ProposalCard_proposal.graphql';
import { formatInstant } from '@/shared/format';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import { AdapterChange } from './AdapterChange';
import { GrantChange } from './GrantChange';
import { PlanChange } from './PlanChange';
import { OwnershipChange } from './OwnershipChange';
import { ParameterChange } from './ParameterChange';
import { RoleChange } from './RoleChange';
import { useDecideProposal } from './useDecideProposal';
import { useWithdrawProposal } from './useWithdrawProposal';
import type { Kind } from './values';
import './parameters.css';

type Props = { proposal: ProposalCard_proposal$key; kindOf: (name: string) => Kind; onDone: () => void };

/** What agreeing does, where it is not a change of rights. */
const AGREED: Record<string, 'parameters.agreeWhat' | 'planProposal.agreeWhat' | 'parameters.agreeAdapter'> = {
  parameter: 'parameters.agreeWhat',
  plan: 'planProposal.agreeWhat',
  adapter: 'parameters.agreeAdapter',
};

/** One proposal: before and after, who and why; to be decided by another person, or taken back by its own. */
export function ProposalCard({ proposal, kindOf, onDone }: Props) {
  const { t } = useTranslation();
  const [deciding, setDeciding] = useState<'agree' | 'refuse' | null>(null);
  const data = useFragment(
    graphql`
      fragment ProposalCard_proposal on Proposal {
        id
        kind
        subject
        before
        after
        reason
        proposedAt
        until
        mine
        decidable
        proposedBy {
          name
        }
      }
    `,
    proposal,
  );
  const { decide, isWaiting, sentence } = useDecideProposal(() => {
    setDeciding(null);
    onDone();
  });
  const { withdraw, isWaiting: isTakingBack } = useWithdrawProposal(onDone);
  return (
    <li className="proposal">
      <div>
        <Change kind={data.kind} subject={data.subject} before={data.before} after={data.after} kindOf={kindOf} />
        <p>{data.reason}</p>
        <p className="faint">
          {t('parameters.proposedBy', { name: data.proposedBy.name, at: formatInstant(data.proposedAt) })}
          {' · '}
          {t('parameters.until', { at: formatInstant(data.until) })}
        </p>
      </div>
      <div className="proposal-acts">
        {data.decidable && (
          <>
            <Button type="primary" onClick={() => setDeciding('agree')}>
              {t('parameters.agree')}
            </Button>
            <Button onClick={() => setDeciding('refuse')}>{t('parameters.refuse')}</Button>
          </>
        )}
        {!data.decidable && !data.mine && <span className="faint">{t('parameters.waitsForRights')}</span>}
        {data.mine && (
          <>
            <span className="faint">{t('parameters.waitsForOther')}</span>
            <Button loading={isTakingBack} onClick={() => withdraw(data.id)}>
              {t('parameters.withdraw')}
            </Button>
          </>
        )}
      </div>
      {deciding && (
        <ReasonDialog
          title={t(deciding === 'agree' ? 'parameters.agreeTitle' : 'parameters.refuseTitle')}
          lead={t(deciding === 'refuse' ? 'parameters.refuseWhat' : (AGREED[data.kind] ?? 'rights.agreeWhat'))}
          reasonLabel={t('parameters.reason')}
          okWord={t(deciding === 'agree' ? 'parameters.agree' : 'parameters.refuse')}
          isWaiting={isWaiting}
          sentence={sentence}
          onGive={(reason) => decide({ proposalId: data.id, agrees: deciding === 'agree', reason })}
          onClose={() => setDeciding(null)}
        />
      )}
    </li>
  );
}

type ChangeProps = { kind: string; subject: string; before: unknown; after: unknown; kindOf: (name: string) => Kind };

/** Before and after, as people read them; of a kind that is newer than these pages, its subject. */
function Change({ kind, subject, before, after, kindOf }: ChangeProps) {
  const [was, becomes] = [before as object, after as object];
  const name = subject.slice(subject.indexOf(':') + 1);
  if (kind === 'parameter') return <ParameterChange name={name} kind={kindOf(name)} before={was} after={becomes} />;
  if (kind === 'role') return <RoleChange code={name} before={was} after={becomes} />;
  if (kind === 'adapter') return <AdapterChange name={name} before={was} after={becomes} />;
  if (kind === 'plan') return <PlanChange before={was} after={becomes} />;
  if (kind === 'ownership_rule') return <OwnershipChange code={name} before={was} after={becomes} />;
  if (kind === 'grant') return <GrantChange before={was} after={becomes} />;
  return <h3>{subject}</h3>;
}
