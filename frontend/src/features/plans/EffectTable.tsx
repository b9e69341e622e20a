import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format';
import type { Effect, Side } from './effect';
import { holderOf, type Model } from './model';
import './plans.css';

type Props = { model: Model; effect: Effect };

export const ROWS = ['customers', 'keyCustomers', 'households', 'merchants', 'minutes'] as const;
const MOST = 3;

/** Before and after, for those who give and the one who gets; then what changes hands, hangs together, is left over. */
export function EffectTable({ model, effect }: Props) {
  const { t } = useTranslation();
  const sides = [...(effect.to ? [effect.to] : []), ...effect.from.slice(0, MOST)];
  const named = (code: string) => model.grids.get(code)?.name ?? code;
  const nameOf = ({ code }: Side) => named(code);
  const someOf = (names: readonly string[]) =>
    names.slice(0, MOST).join(t('unit.listSeparator')) + (names.length > MOST ? ' …' : '');
  if (effect.moved.length === 0) return <p className="faint">{t('plans.nothingMoves')}</p>;
  return (
    <>
      <table className="plan-effect">
        <thead>
          <tr>
            <th scope="col">{t('plans.grid')}</th>
            {ROWS.map((row) => (
              <th key={row} scope="col">
                {t(`plans.${row}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sides.map((side) => (
            <tr key={side.code}>
              <th scope="row">
                {nameOf(side)}
                <span className="faint"> {holderOf(model.grids.get(side.code))?.name ?? t('plans.nobody')}</span>
              </th>
              {ROWS.map((row) => (
                <td key={row} className="number">
                  {formatCount(Math.round(side.after[row]))}
                  <Difference by={Math.round(side.after[row] - side.before[row])} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {effect.from.length > MOST && (
        <p className="faint">{t('plans.andOthers', { count: effect.from.length - MOST })}</p>
      )}
      <ul className="plan-signs">
        <li>
          {t('plans.hands', { customers: formatCount(effect.changesHands), outlet: formatCount(effect.changesOutlet) })}
        </li>
        {sides
          .filter(({ pieces }) => pieces > 1)
          .map((side) => (
            <li key={side.code} className="bad">
              ▲ {t('plans.inPieces', { grid: nameOf(side), pieces: side.pieces })}
            </li>
          ))}
        {sides.every(({ pieces }) => pieces <= 1) && <li className="good">✓ {t('plans.inOnePiece')}</li>}
        {effect.newTowns.length > 0 && (
          <li className="bad">▲ {t('plans.intoTowns', { towns: effect.newTowns.join(t('unit.listSeparator')) })}</li>
        )}
        {effect.emptied.length > 0 && <li>{t('plans.emptied', { grids: someOf(effect.emptied.map(named)) })}</li>}
        <li className={effect.gaps > 0 ? 'bad' : 'good'}>
          {effect.gaps > 0 ? `▲ ${t('plans.gaps', { count: effect.gaps })}` : `✓ ${t('plans.noGaps')}`}
        </li>
        {effect.minutesAreRough && <li className="faint">{t('plans.rough')}</li>}
      </ul>
    </>
  );
}

function Difference({ by }: { by: number }) {
  if (by === 0) return null;
  return (
    <span className="faint">
      {' '}
      {by > 0 ? '+' : '−'}
      {formatCount(Math.abs(by))}
    </span>
  );
}
