import { useTranslation } from 'react-i18next';
import './parameters.css';

type Before = { readonly name?: string };
type After = { readonly from_on?: string; readonly version?: number };

/** A plan of grids that is to be in force from a day on. */
export function PlanChange({ before, after }: { before: Before; after: After }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t('planProposal.of', { name: before.name ?? '' })}</h3>
      <p className="proposal-change">
        <ins>{t('planProposal.from', { day: after.from_on ?? '' })}</ins>
        <span className="faint">{t('planProposal.version', { version: after.version ?? '' })}</span>
      </p>
    </>
  );
}
