import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { ModelsRouteQuery } from '@/__generated__/ModelsRouteQuery.graphql';
import { ModelTable } from '@/features/models/ModelTable';
import { EmptyState } from '@/shared/EmptyState';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';

/** 模型: what was trained, on which days, how good it is, and what is in force. */
export function ModelsRoute() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHead title={t('menu.models')} detail={<span className="faint">{t('models.what')}</span>} />
      <Reading>{(attempt) => <Models attempt={attempt} />}</Reading>
    </div>
  );
}

type Props = { attempt: number };

function Models({ attempt }: Props) {
  const { t } = useTranslation();
  const { models } = useLazyLoadQuery<ModelsRouteQuery>(
    graphql`
      query ModelsRouteQuery {
        models {
          name
          ...ModelTable_model
        }
      }
    `,
    {},
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  if (models.length === 0) return <EmptyState title={t('models.none')} advice={t('models.noneAdvice')} />;
  return models.map((model) => <ModelTable key={model.name} model={model} />);
}
