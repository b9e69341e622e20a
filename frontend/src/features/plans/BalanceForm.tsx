import { Button, Checkbox, Slider, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BalanceShares, type Share } from './BalanceShares';
import { holderOf, type Model } from './model';
import type { Asked } from './useBalanceActs';
import type { Drawing } from './useDrawing';
import './plans.css';

type Props = { model: Model; drawing: Drawing; mayCross: boolean; isOff: boolean; onAsk: (asked: Asked) => void };

const WEIGHTS = ['even', 'few', 'short'] as const;
const MOST = 5;
/** `locked` names what is locked by its kind and its code: `atom 1`, `grid S1`, `staff 300001`. */
const namesOf = (locked: ReadonlySet<string>, kind: string) =>
  [...locked].filter((one) => one.startsWith(`${kind} `)).map((one) => one.slice(kind.length + 1));

/** What matters, what stays as it is, and who does not work full time. */
export function BalanceForm({ model, drawing, mayCross, isOff, onAsk }: Props) {
  const { t } = useTranslation();
  const [weights, setWeights] = useState({ even: 1, few: 1, short: 1 });
  const [acrossOutlets, setAcross] = useState(false);
  const [shares, setShares] = useState<readonly Share[]>([]);
  const { chosen, locked, lock } = drawing;
  const atoms = [...chosen].flatMap((id) => model.atoms.get(id) ?? []);
  const grids = [...new Set(atoms.flatMap(({ gridCode }) => gridCode ?? []))];
  const people = [...new Set(grids.flatMap((code) => holderOf(model.grids.get(code))?.number ?? []))];
  const lockAll = (kind: string, codes: readonly string[]) => codes.forEach((code) => lock(`${kind} ${code}`, true));
  const ask = () =>
    onAsk({
      ...weights,
      lockedAtoms: namesOf(locked, 'atom'),
      lockedGrids: namesOf(locked, 'grid'),
      lockedStaff: namesOf(locked, 'staff'),
      shares,
      acrossOutlets: mayCross && acrossOutlets,
    });
  return (
    <div className="plan-grid-acts">
      {WEIGHTS.map((weight) => (
        <div key={weight} className="plan-field">
          <span>{t(`balance.${weight}`)}</span>
          <Slider
            min={0}
            max={MOST}
            value={weights[weight]}
            aria-label={t(`balance.${weight}`)}
            onChange={(value) => setWeights({ ...weights, [weight]: value })}
          />
        </div>
      ))}
      <div className="plan-notice-acts">
        <Button
          size="small"
          disabled={atoms.length === 0}
          onClick={() =>
            lockAll(
              'atom',
              atoms.map(({ code }) => code),
            )
          }
        >
          {t('balance.lockAtoms')}
        </Button>
        <Button size="small" disabled={grids.length === 0} onClick={() => lockAll('grid', grids)}>
          {t('balance.lockGrids')}
        </Button>
        <Button size="small" disabled={people.length === 0} onClick={() => lockAll('staff', people)}>
          {t('balance.lockStaff')}
        </Button>
      </div>
      <p>
        {locked.size === 0 && <span className="faint">{t('balance.noLocks')}</span>}
        {[...locked].map((name) => (
          <Tag key={name} closable onClose={() => lock(name, false)}>
            {t(`balance.lock_${name.split(' ')[0] as 'atom'}`, { name: name.slice(name.indexOf(' ') + 1) })}
          </Tag>
        ))}
      </p>
      <BalanceShares model={model} shares={shares} onChange={setShares} />
      {mayCross && (
        <Checkbox checked={acrossOutlets} onChange={(event) => setAcross(event.target.checked)}>
          {t('balance.across')}
        </Checkbox>
      )}
      <Button type="primary" disabled={isOff || WEIGHTS.every((weight) => weights[weight] === 0)} onClick={ask}>
        {t('balance.ask')}
      </Button>
    </div>
  );
}
