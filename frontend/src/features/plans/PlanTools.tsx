import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { SHADINGS } from './shades';
import type { Drawing } from './useDrawing';
import './plans.css';

type Props = { drawing: Drawing; canEdit: boolean };

/** Over the map: what the hand does, and what the colours say. */
export function PlanTools({ drawing, canEdit }: Props) {
  const { t } = useTranslation();
  return (
    <div className="plan-tools" role="toolbar" aria-label={t('plans.tools')}>
      {canEdit && (
        <Segmented
          aria-label={t('plans.mode')}
          value={drawing.mode}
          options={(['PICK', 'LASSO', 'DRAG'] as const).map((value) => ({
            value,
            label: t(`plans.mode${value}`),
            title: t(`plans.hint${value}`),
          }))}
          onChange={drawing.setMode}
        />
      )}
      <Select
        className="plan-shading"
        aria-label={t('plans.shading')}
        value={drawing.shading}
        options={SHADINGS.map((value) => ({ value, label: t(`plans.shade${value}`) }))}
        onChange={drawing.setShading}
      />
    </div>
  );
}
