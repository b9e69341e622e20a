import { Input } from 'antd';
import { useEffect, useState } from 'react';

type Props = { label: string; hint: string; value: string; onChange: (value: string) => void };

/** Words to search for, taken over by Enter or the button, not with every key. */
export function TextFilter({ label, hint, value, onChange }: Props) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  return (
    <Input.Search
      className="filter-text"
      placeholder={hint}
      aria-label={label}
      value={draft}
      allowClear
      onChange={(event) => setDraft(event.target.value)}
      onSearch={onChange}
    />
  );
}
