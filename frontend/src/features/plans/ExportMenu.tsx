import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { bareId } from '@/shared/map/mapStyle';
import './plans.css';

const FORMS = ['xlsx', 'geojson', 'gpkg', 'kml', 'zip'] as const;

/** The grids of the plan as a file: what stands in it is what can be brought in again. */
export function ExportMenu({ planId }: { planId: string }) {
  const { t, i18n } = useTranslation();
  const items = FORMS.map((form) => ({
    key: form,
    label: (
      <a href={`/exports/plans/${bareId(planId)}/grids.${form}?language=${i18n.language}`} download>
        {t(`plans.export_${form}`)}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <button type="button" className="small-button" aria-haspopup="menu">
        {t('plans.export')}
      </button>
    </Dropdown>
  );
}
