import { Select } from 'antd';
import type { Option } from './ChoiceFilter';

type Props = {
  label: string;
  /** What stands there while nothing is chosen, where that is not the label. */
  hint?: string;
  value: readonly string[];
  options: readonly Option[];
  /** How many of the chosen are named before they are only counted. */
  shown?: number | 'responsive';
  onChange: (value: string[]) => void;
};

/** Any of many: a list that opens, searched by typing. */
export function ManyFilter({ label, hint = label, value, options, shown = 'responsive', onChange }: Props) {
  return (
    <Select
      className="filter-wide"
      mode="multiple"
      maxTagCount={shown}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={hint}
      aria-label={label}
      value={[...value]}
      options={[...options]}
      onChange={onChange}
    />
  );
}
