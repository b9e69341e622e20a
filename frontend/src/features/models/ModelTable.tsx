import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { ModelTable_model$data, ModelTable_model$key } from '@/__generated__/ModelTable_model.graphql';
import { formatInstant } from '@/shared/format';
import { Section } from '@/shared/Section';
import { useCodeWord } from '@/shared/words';

type Version = ModelTable_model$data['versions'][number];
type Props = { model: ModelTable_model$key };

/** Versions of one model, measured on the same later month as the plain baseline beside them. */
export function ModelTable({ model }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { name, versions } = useFragment(
    graphql`
      fragment ModelTable_model on Model {
        name
        versions {
          version
          trainedAt
          inForce
          auc
          baselineAuc
          dataFrom
          dataTo
        }
      }
    `,
    model,
  );
  const columns: TableColumnsType<Version> = [
    {
      key: 'version',
      title: t('models.version'),
      render: (_, { version, inForce }) => (
        <>
          <span className="number strong">{version}</span>{' '}
          {inForce && <span className="tag tag-done">✓ {t('models.inForce')}</span>}
        </>
      ),
    },
    {
      key: 'auc',
      title: t('models.auc'),
      align: 'right',
      render: (_, { auc }) => <span className="number strong">{auc.toFixed(3)}</span>,
    },
    {
      key: 'baseline',
      title: t('models.baselineAuc'),
      align: 'right',
      render: (_, { baselineAuc }) => <span className="number">{baselineAuc.toFixed(3)}</span>,
    },
    {
      key: 'gain',
      title: t('models.gain'),
      align: 'right',
      render: (_, row) => <Gain value={row.auc - row.baselineAuc} />,
    },
    {
      key: 'window',
      title: t('models.window'),
      render: (_, { dataFrom, dataTo }) => <span className="number">{`${dataFrom} – ${dataTo}`}</span>,
    },
    {
      key: 'trained',
      title: t('models.trainedAt'),
      align: 'right',
      render: (_, { trainedAt }) => <span className="number">{formatInstant(trainedAt)}</span>,
    },
  ];
  return (
    <Section
      title={word('model', name)}
      aside={<span className="faint">{t('models.count', { count: versions.length })}</span>}
    >
      <Table<Version> size="small" rowKey="version" pagination={false} columns={columns} dataSource={[...versions]} />
    </Section>
  );
}

type GainProps = { value: number };

function Gain({ value }: GainProps) {
  const sign = value > 0 ? '▲' : value < 0 ? '▼' : '';
  return (
    <span className={value < 0 ? 'number bad' : 'number good'}>
      <span aria-hidden="true">{sign}</span> {`${value >= 0 ? '+' : ''}${value.toFixed(3)}`}
    </span>
  );
}
