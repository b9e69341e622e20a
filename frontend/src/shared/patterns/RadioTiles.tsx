import { useId } from 'react';

type Props<Value extends string> = {
  label: string;
  value: Value | null;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One of a few, all within reach of a thumb. Radio buttons underneath: arrows move, Tab leaves, a fieldset disables. */
export function RadioTiles<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  const name = useId();
  return (
    <div className="radio-tiles" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className="radio-tile">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
