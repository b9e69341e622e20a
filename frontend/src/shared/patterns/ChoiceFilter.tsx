import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';

export type Option = { value: string; label: string };

type Props = {
  label: string;
  value: string | null;
  options: readonly Option[];
  onChange: (value: string | null) => void;
};

/** One of two or three, or any; all are seen at once. */
export function ChoiceFilter({ label, value, options, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="filter-choice">
      <span className="filter-label">{label}</span>
      <Segmented
        aria-label={label}
        value={value ?? ''}
        options={[{ value: '', label: t('filter.any') }, ...options]}
        onChange={(chosen) => onChange(chosen === '' ? null : chosen)}
      />
    </div>
  );
}

type FlagProps = {
  label: string;
  yes: string;
  no: string;
  value: boolean | null;
  onChange: (value: boolean | null) => void;
};

/** Yes, no, or any. */
export function FlagFilter({ label, yes, no, value, onChange }: FlagProps) {
  return (
    <ChoiceFilter
      label={label}
      value={value === null ? null : String(value)}
      options={[
        { value: 'true', label: yes },
        { value: 'false', label: no },
      ]}
      onChange={(chosen) => onChange(chosen === null ? null : chosen === 'true')}
    />
  );
}
