import { CalendarPicker } from 'antd-mobile';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '@/relay/contact';
import { addDays, bankDay } from '@/shared/format';
import { Chip } from '@/shared/patterns/Chip';

type Props = { value: string | null; onChange: (day: string | null) => void };

const IN_DAYS = [7, 30, 90] as const;
const LATEST_IN_DAYS = 365;

/** When to come again: not agreed, in a week, a month, a quarter, or on another day of the coming year. */
export function NextVisit({ value, onChange }: Props) {
  const { t } = useTranslation();
  const [isPicking, setPicking] = useState(false);
  const today = bankDay(serverNow());
  const days = IN_DAYS.map((inDays) => ({ inDays, day: addDays(today, inDays) }));
  const isOther = value !== null && days.every(({ day }) => day !== value);
  return (
    <>
      <div className="chips">
        <Chip isChosen={value === null} onChoose={() => onChange(null)}>
          {t('visit.noNext')}
        </Chip>
        {days.map(({ inDays, day }) => (
          <Chip key={day} isChosen={value === day} onChoose={() => onChange(day)}>
            {t('visit.inDays', { count: inDays })}
          </Chip>
        ))}
        <Chip isChosen={isOther} onChoose={() => setPicking(true)}>
          {t('visit.otherDay')}
        </Chip>
      </div>
      {value && <p className="number">{t('visit.nextOn', { day: value })}</p>}
      <CalendarPicker
        visible={isPicking}
        selectionMode="single"
        min={new Date(`${today}T00:00:00`)}
        max={new Date(`${addDays(today, LATEST_IN_DAYS)}T00:00:00`)}
        onClose={() => setPicking(false)}
        onConfirm={(day) => day && onChange(localDay(day))}
      />
    </>
  );
}

const localDay = (day: Date) =>
  `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
