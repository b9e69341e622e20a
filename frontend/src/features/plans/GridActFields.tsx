import { Select } from 'antd';
import type { ReactNode } from 'react';
import './plans.css';

/** A word and the field beside it. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="plan-field">
      <span className="faint">{label}</span>
      <span className="plan-field-in">{children}</span>
    </div>
  );
}

type ChoiceProps = {
  label: string;
  value: string | null;
  options: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
};

/** One of many, carried out when it is chosen. */
export function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <Select
      showSearch
      size="small"
      className="plan-choice"
      optionFilterProp="label"
      aria-label={label}
      placeholder={label}
      value={value}
      options={[...options]}
      onChange={(chosen: string) => onChoose(chosen)}
    />
  );
}
