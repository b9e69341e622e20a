import { Input } from 'antd';
import './ownership.css';

type Props = {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'date' | 'number';
  min?: string;
  isLocked?: boolean;
};

/** A field of one line below its label. */
export function Labelled({ id, label, value, onChange, type = 'text', min, isLocked = false }: Props) {
  return (
    <div className="ownership-field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        type={type}
        value={value}
        disabled={isLocked}
        {...(min === undefined ? {} : { min })}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
