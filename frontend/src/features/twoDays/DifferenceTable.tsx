import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Compared } from './compared';
import { type Difference, inOrder, type Order } from './differences';
import { useShown } from './useShown';
import './twoDays.css';

const ORDERS: readonly Order[] = ['fallen', 'risen'];

type Props = Compared & {
  all: readonly Difference[];
  pointed: string | null;
  onPoint: (code: string | null) => void;
};

/** The same by the keyboard: every grid with both values, what changed most first. */
export function DifferenceTable({ all, pointed, onPoint, measure, then, now }: Props) {
  const { t } = useTranslation();
  const { bare, change, ofChange } = useShown(measure);
  const [order, setOrder] = useState<Order>('fallen');
  const rows = useMemo(() => inOrder(all, order), [all, order]);
  const isOfOneYear = then.day.slice(0, 4) === now.day.slice(0, 4);
  return (
    <section className="difference-table" aria-label={t('twoDays.table')}>
      <p className="difference-order">
        {t('twoDays.order')}
        {ORDERS.map((one) => (
          <button key={one} type="button" className="link" aria-pressed={one === order} onClick={() => setOrder(one)}>
            {t(`twoDays.${one}`)}
          </button>
        ))}
      </p>
      <div className="difference-rows">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('twoDays.grid')}</th>
              <th scope="col" className="number">
                {then.day.slice(isOfOneYear ? 5 : 0)}
              </th>
              <th scope="col" className="number">
                {now.day.slice(isOfOneYear ? 5 : 0)}
              </th>
              <th scope="col" className="number">
                {t('twoDays.change')} <span className="unit">{ofChange}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.code} className={one.code === pointed ? 'pointed' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    onFocus={() => onPoint(one.code)}
                    onMouseEnter={() => onPoint(one.code)}
                    onClick={() => onPoint(one.code)}
                  >
                    {one.name}
                  </button>
                </th>
                <td className="number">{one.then ? bare(one.then.value) : '–'}</td>
                <td className="number">{one.now ? bare(one.now.value) : '–'}</td>
                <td className="number">{one.isCutOtherwise ? `${change(one.change)} *` : change(one.change)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.some(({ isCutOtherwise }) => isCutOtherwise) && <p className="faint">* {t('twoDays.otherCut')}</p>}
    </section>
  );
}
