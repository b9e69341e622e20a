import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ProposalCard_proposal$key } from '@/__generated__/ProposalCard_proposal.graphql';
import { formatInstant } from '@/shared/format';
import { ReasonDialog } from '@/shared/patterns/ReasonDialog';
import { useCodeWord } from '@/shared/words';
import { useDecideProposal } from './useDecideProposal';
import { useShownValue } from './useShownValue';
import { useWithdrawProposal } from './useWithdrawProposal';
import type { Kind } from './values';
import './parameters.css';

type Content = { readonly value?: unknown; readonly from_on?: string | null; readonly to_on?: string | null };
type Props = { proposal: ProposalCard_proposal$key; kindOf: (name: string) => Kind; onDone: () => void };

/** One proposal: before and after, who and why; to be decided by another person, or taken back by its own. */
export function ProposalCard({ proposal, kindOf, onDone }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const shown = useShownValue();
  const [deciding, setDeciding] = useState<'agree' | 'refuse' | null>(null);
  const data = useFragment(
    graphql`
      fragment ProposalCard_proposal on Proposal {
        id
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
  const name = data.subject.replace(/^Parameter:/, '');
  const kind = kindOf(name);
  const [before, after] = [data.before as Content, data.after as Content];
  const days = ({ from_on, to_on: to }: Content) => {
    const from = from_on ?? '';
    return to ? t('parameters.fromTo', { from, to }) : t('parameters.fromOn', { day: from });
  };
  return (
    <li className="proposal">
      <div>
        <h3>{word('parameter', name)}</h3>
        <p className="proposal-change">
          <del>{shown(before.value, kind)}</del> <span aria-hidden>→</span> <ins>{shown(after.value, kind)}</ins>
          <span className="faint">
            {before.from_on && <del>{days(before)}</del>} {days(after)}
          </span>
        </p>
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
          lead={t(deciding === 'agree' ? 'parameters.agreeWhat' : 'parameters.refuseWhat')}
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
