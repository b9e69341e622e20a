import { Input, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '@/shared/format';
import type { Atom, Model } from './model';
import type { Drawing } from './useDrawing';
import './plans.css';

type Props = { model: Model; drawing: Drawing };

const ON_A_PAGE = 20;
const KINDS = {
  ALL: () => true,
  MOVED: ({ gridCode, nowGridCode }: Atom) => gridCode !== nowGridCode,
  NONE: ({ gridCode }: Atom) => gridCode === null,
};

/** Every atom with its grid then and now. What is ticked here is chosen on the map, and can be given to a grid above. */
export function PlanAtomTable({ model, drawing }: Props) {
  const { t } = useTranslation();
  const [sought, setSought] = useState('');
  const [kind, setKind] = useState<keyof typeof KINDS>('ALL');
  const named = (code: string | null) => (code === null ? t('plans.none') : (model.grids.get(code)?.name ?? code));
  const shown = [...model.atoms.values()].filter(
    (atom) =>
      KINDS[kind](atom) &&
      `${atom.code} ${atom.name} ${atom.village} ${atom.town} ${named(atom.gridCode)}`
        .toLowerCase()
        .includes(sought.trim().toLowerCase()),
  );
  const columns: TableColumnsType<Atom> = [
    {
      key: 'name',
      title: t('plans.atom'),
      render: (_, { name, code, town }) => (
        <>
          {name}
          <br />
          <span className="faint">
            {town} <span className="number">{code}</span>
          </span>
        </>
      ),
    },
    {
      key: 'grid',
      title: t('plans.grid'),
      render: (_, { gridCode, nowGridCode }) => (
        <>
          {named(gridCode)}
          {gridCode !== nowGridCode && (
            <>
              <br />
              <span className="faint">{t('plans.was', { grid: named(nowGridCode) })}</span>
            </>
          )}
        </>
      ),
    },
    {
      key: 'customers',
      title: t('plans.customers'),
      align: 'right',
      sorter: (one, other) => one.figures.customers - other.figures.customers,
      render: (_, { figures }) => <span className="number">{formatCount(figures.customers)}</span>,
    },
    {
      key: 'minutes',
      title: t('plans.minutes'),
      align: 'right',
      sorter: (one, other) => one.figures.minutes - other.figures.minutes,
      render: (_, { figures }) => <span className="number">{formatCount(Math.round(figures.minutes))}</span>,
    },
  ];
  return (
    <>
      <div className="plan-seek">
        <Input.Search
          allowClear
          size="small"
          aria-label={t('plans.seekAtom')}
          placeholder={t('plans.seekAtom')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <Segmented
          size="small"
          aria-label={t('plans.which')}
          value={kind}
          options={(['ALL', 'MOVED', 'NONE'] as const).map((value) => ({ value, label: t(`plans.which${value}`) }))}
          onChange={setKind}
        />
      </div>
      <Table<Atom>
        size="small"
        rowKey="id"
        columns={columns}
        dataSource={shown}
        locale={{ emptyText: t('plans.nothingFound') }}
        pagination={{ pageSize: ON_A_PAGE, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
        rowSelection={{
          selectedRowKeys: [...drawing.chosen],
          preserveSelectedRowKeys: true,
          onChange: (keys) => drawing.take(keys.map(String), false),
          getCheckboxProps: ({ name }) => ({ 'aria-label': name }),
        }}
      />
    </>
  );
}
