import { Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export type Asked = { name: string; words: string; onDrop: () => void };

type Props = {
  label: string;
  /** What the address asks without a field of its own here: shown, and can be let go of. */
  asked?: readonly Asked[];
  /** Null while nothing is asked. */
  onClear: (() => void) | null;
  children: ReactNode;
};

/** Above a list: one question in several fields, taken over field by field. The address keeps it, not this. */
export function FilterBar({ label, asked = [], onClear, children }: Props) {
  const { t } = useTranslation();
  return (
    <form className="filters" role="search" aria-label={label} onSubmit={(event) => event.preventDefault()}>
      {children}
      {asked.map(({ name, words, onDrop }) => (
        <Tag key={name} closable onClose={onDrop}>
          {words}
        </Tag>
      ))}
      {onClear && (
        <Button type="link" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      )}
    </form>
  );
}

/** The room of a filter bar whose choices are still being read. */
export function FilterBarWaiting() {
  return <div className="filters filters-waiting" />;
}
