import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import './parameters.css';

type Content = {
  readonly name?: string | null;
  readonly position?: number | null;
  readonly unit?: string | null;
  readonly condition?: unknown;
  readonly to_kind?: string | null;
  readonly to_code?: string | null;
  readonly from_on?: string | null;
  readonly to_on?: string | null;
};
type Props = { code: string; before: Content; after: Content };

/** A rule of ownership as it was and is to be; one that ends on its first day is over. */
export function OwnershipChange({ code, before, after }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const isOver = after.from_on === after.to_on;
  const said = (one: Content) =>
    t('ownershipProposal.says', {
      position: one.position ?? '',
      unit: one.unit ?? t('ownershipProposal.wholeBank'),
      kind: word('ownershipProposalTo', one.to_kind ?? ''),
      to: one.to_code ?? '',
    });
  return (
    <>
      <h3>{t(isOver ? 'ownershipProposal.ends' : 'ownershipProposal.rule', { code, name: after.name ?? '' })}</h3>
      <p className="proposal-change">
        {before.name && !isOver && <del>{said(before)}</del>} <ins>{said(after)}</ins>{' '}
        <span className="faint">{t('parameters.fromOn', { day: after.from_on ?? '' })}</span>
      </p>
      <p className="faint">
        <code>{JSON.stringify(after.condition)}</code>
      </p>
    </>
  );
}
