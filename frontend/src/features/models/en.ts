import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  models: {
    what: 'Tested on a later month than they were trained on, beside a plain logistic regression',
    version: 'Version',
    inForce: 'in force',
    auc: 'AUC',
    baselineAuc: 'Baseline AUC',
    gain: 'Gain',
    window: 'Data window',
    trainedAt: 'Trained',
    count_one: '{{count, number}} version',
    count_other: '{{count, number}} versions',
    none: 'No model yet',
    noneAdvice: 'The first night run trains the first version and puts it in force.',
  },
};
