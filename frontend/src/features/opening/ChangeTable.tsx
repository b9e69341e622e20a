import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ChangeTable_changes$data, ChangeTable_changes$key } from '@/__generated__/ChangeTable_changes.graphql';
import { useCodeWord } from '@/shared/words';
import { differing, differingBorder, differingLayer, shown } from './differing';
import './opening.css';

type Row = ChangeTable_changes$data[number];
type Props = { changes: ChangeTable_changes$key; titles: ReadonlyMap<string, string> };

const TAGS: Partial<Record<Row['act'], string>> = {
  NEW: 'tag tag-done',
  CHANGED: 'tag tag-accent',
  ENDED: 'tag tag-overdue',
};

/** What becomes of each key: of something new all of it, else what differs. */
export function ChangeTable({ changes, titles }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  // Codes that people filled in as words are shown as words.
  const wordOf: Partial<Record<string, (code: string) => string>> = {
    duty: (code) => word('importDuty', code),
    kind: (code) => word('importUnitKind', code),
    role: (code) => word('role', code),
    level: (code) => word('importLevel', code),
    is_urban: (code) => word('importUrban', code),
  };
  const order = [...titles.keys()];
  // The one outline has no number.
  const named = (part: string) => (part === 'county' ? t('opening.theOutline') : part);
  const said = (name: string, value: unknown) => {
    const text = shown(value);
    return text && (wordOf[name]?.(text) ?? text);
  };
  const border = (before: unknown, after: unknown) => {
    const found = differingBorder(before, after);
    return found && <li>{t(`importBorder.${found.says}`, { squareMetres: found.squareMetres })}</li>;
  };
  const layer = (before: unknown, after: unknown) => {
    const found = differingLayer(before, after);
    if (found === null) return null;
    const was = found.before && t('importLayer.before', found.before);
    return <li>{[t(`importLayer.${was ? 'CHANGED' : 'NEW'}`, found.now), was].join('')}</li>;
  };
  const rows = useFragment(
    graphql`
      fragment ChangeTable_changes on ImportChange @relay(plural: true) {
        position
        act
        key
        before
        after
        sheet
        row
      }
    `,
    changes,
  );
  const columns: TableColumnsType<Row> = [
    {
      key: 'act',
      title: t('opening.act'),
      width: 88,
      render: (_, { act }) => <span className={TAGS[act] ?? 'tag'}>{word('importAct', act)}</span>,
    },
    {
      key: 'key',
      title: t('opening.key'),
      width: 160,
      className: 'number',
      render: (_, { key }) => key.map(named).join(' '),
    },
    {
      key: 'becomes',
      title: t('opening.becomes'),
      render: (_, { before, after }) => (
        <ul className="import-fields">
          {differing(before, after, order).map(({ name, was, is }) => (
            <li key={name}>
              <span className="faint">{titles.get(name) ?? name}</span>{' '}
              {before == null
                ? said(name, is)
                : `${said(name, was) || t('opening.nothing')} → ${said(name, is) || t('opening.nothing')}`}
            </li>
          ))}
          {border(before, after)}
          {layer(before, after)}
        </ul>
      ),
    },
    {
      key: 'place',
      title: t('opening.place'),
      width: 160,
      render: (_, { sheet, row }) => {
        if (row == null) return <span className="faint">{t('opening.leftOut')}</span>;
        return row === 0 ? t('opening.ofKey', { key: sheet ?? '' }) : t('opening.row', { sheet: sheet ?? '', row });
      },
    },
  ];
  return (
    <Table<Row>
      size="small"
      rowKey="position"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 720 }}
    />
  );
}
