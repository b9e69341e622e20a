import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import type { Proposal } from './usePlanBalances';
import './plans.css';

type Props = { proposals: readonly Proposal[]; shown: string };

const GOAL = 1.15;
/** Thirds of a hundredth are no difference; the goal itself is reached. */
const isAbove = (value: number | null | undefined) => value == null || value > GOAL + 0.0005;

/** Heaviest to lightest by outlet, now and by each proposal; below, what is in the way in the one that is shown. */
export function BalanceOutlets({ proposals, shown }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const codes = proposals[0]!.byOutlet.map(({ orgUnit }) => orgUnit?.code ?? '').sort();
  const rowOf = (one: Proposal, code: string) => one.byOutlet.find(({ orgUnit }) => orgUnit?.code === code);
  const obstacles = proposals.find(({ id }) => id === shown)?.byOutlet.filter(({ obstacle }) => obstacle) ?? [];
  const ratio = (value: number | null | undefined) => (
    <span className={isAbove(value) ? 'bad' : undefined}>
      {isAbove(value) && '▲ '}
      {value == null ? '–' : value.toFixed(2)}
    </span>
  );
  return (
    <>
      <h3 className="plan-sub">{t('balance.byOutlet', { goal: GOAL.toFixed(2) })}</h3>
      <table className="plan-effect">
        <thead>
          <tr>
            <th scope="col">{t('plans.outlet')}</th>
            <th scope="col">{t('balance.now')}</th>
            {proposals.map(({ id, character }) => (
              <th key={id} scope="col">
                {word('balanceCharacter', character)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={code}>
              <th scope="row">{rowOf(proposals[0]!, code)?.orgUnit?.name ?? code}</th>
              <td className="number">{ratio(rowOf(proposals[0]!, code)?.evennessBefore)}</td>
              {proposals.map((one) => (
                <td key={one.id} className="number">
                  {ratio(rowOf(one, code)?.evennessAfter)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {obstacles.length > 0 && (
        <>
          <h3 className="plan-sub">{t('balance.inTheWay')}</h3>
          <ul className="plan-findings">
            {obstacles.map(({ orgUnit, obstacle, obstacleWhat, obstacleIsProven }) => (
              <li key={orgUnit?.code}>
                <strong>{orgUnit?.name}</strong> {word('balanceObstacle', obstacle ?? '')}{' '}
                {obstacleWhat && <span className="number">{obstacleWhat}</span>}{' '}
                <span className="faint">{t(obstacleIsProven ? 'balance.proven' : 'balance.notFound')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
