import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { PlanFindings_plan$key } from '@/__generated__/PlanFindings_plan.graphql';
import { EmptyState } from '@/shared/EmptyState';
import type { Drawing } from './useDrawing';
import './plans.css';

type Props = { plan: PlanFindings_plan$key; drawing: Drawing };

/** What keeps the draft from being proposed, each with the way there; and the proof once it was checked. */
export function PlanFindings({ plan, drawing }: Props) {
  const { t } = useTranslation();
  const { findings, proof } = useFragment(
    graphql`
      fragment PlanFindings_plan on GridPlan {
        findings {
          code
          message
          gridCode
        }
        proof {
          version
          atoms
          atomsWithoutGrid
          smallGrids
          largeGrids
          gridsInPieces
          overlapM2
        }
      }
    `,
    plan,
  );
  if (findings.length === 0 && !proof) {
    return <EmptyState title={t('plans.noFindings')} advice={t('plans.noFindingsAdvice')} />;
  }
  return (
    <>
      {findings.length > 0 && (
        <ul className="plan-findings">
          {findings.map(({ code, message, gridCode }) => (
            <li key={`${code} ${gridCode}`}>
              <span aria-hidden="true">▲</span> {message}{' '}
              {(gridCode || code === 'PLAN_GAP') && (
                <button type="button" className="link" onClick={() => drawing.chooseGrid(gridCode ?? null)}>
                  {t('plans.goThere')}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {proof && (
        <dl className="plan-proof">
          <dt>{t('plans.proofVersion')}</dt>
          <dd className="number">{proof.version}</dd>
          <dt>{t('plans.proofAtoms')}</dt>
          <dd className="number">{proof.atoms}</dd>
          <dt>{t('plans.proofGaps')}</dt>
          <dd className="number">{proof.atomsWithoutGrid}</dd>
          <dt>{t('plans.proofOverlap')}</dt>
          <dd className="number">{proof.overlapM2}</dd>
          <dt>{t('plans.proofPieces')}</dt>
          <dd className="number">{proof.gridsInPieces}</dd>
          <dt>{t('plans.proofGrids')}</dt>
          <dd className="number">{t('plans.proofLevels', { small: proof.smallGrids, large: proof.largeGrids })}</dd>
        </dl>
      )}
    </>
  );
}
