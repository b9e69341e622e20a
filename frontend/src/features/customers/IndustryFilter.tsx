import { useTranslation } from 'react-i18next';
import { ManyFilter } from '@/shared/patterns/ManyFilter';
import type { CustomerAsk } from './filter';
import { useIndustryOptions } from '@/shared/industries/useIndustryWord';

type Value = CustomerAsk['industries'];
type Props = { value: Value; onChange: (chosen: Value) => void };

export function IndustryFilter({ value, onChange }: Props) {
  const { t } = useTranslation();
  const options = useIndustryOptions();
  return <ManyFilter label={t('customers.industry')} value={value} options={options} onChange={onChange} />;
}
