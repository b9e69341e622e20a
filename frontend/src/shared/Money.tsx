import { useTranslation } from 'react-i18next';
import { formatWan, formatYuan } from './format';

type Props = { fen: number; hasUnit?: boolean };

/** 万元 with two decimals; the full amount to the fen on hover. Zero is a dash, so that a column shows who holds something. */
export function Money({ fen, hasUnit = false }: Props) {
  const { t } = useTranslation();
  const full = t('unit.yuanAmount', { amount: formatYuan(fen) });
  if (fen === 0) {
    return (
      <span className="number faint" title={full}>
        –
      </span>
    );
  }
  return (
    <span className="number" title={full}>
      {formatWan(fen)}
      {hasUnit && <span className="unit"> {t('unit.wan')}</span>}
    </span>
  );
}
