import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './GridActFields';
import type { Grid } from './model';
import type { usePlanActs } from './usePlanActs';
import './plans.css';

type Props = { grid: Grid; role: 'A' | 'B'; acts: ReturnType<typeof usePlanActs> };

/** Who is to sit on a post when the plan begins; whoever sits there then where it is left empty. */
export function SeatField({ grid, role, acts }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const sits = role === 'A' ? grid.a : grid.b;
  // What is written stays; a field that nobody touched follows what others did.
  const number = typed ?? sits?.number ?? '';
  const label = t(role === 'A' ? 'plans.seatA' : 'plans.seatB');
  return (
    <Field label={label}>
      <Input
        size="small"
        value={number}
        aria-label={label}
        placeholder={t('plans.staffNumber')}
        suffix={<span className="faint">{number === sits?.number ? sits.name : ''}</span>}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button
        size="small"
        aria-label={`${t('plans.seat')} ${label}`}
        disabled={acts.isWaiting || number.trim() === (sits?.number ?? '')}
        onClick={() =>
          void acts.carryOut({ act: { seat: { gridCode: grid.code, role, staffNumber: number.trim() || null } } })
        }
      >
        {t('plans.seat')}
      </Button>
    </Field>
  );
}
