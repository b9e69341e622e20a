import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  baseMap: {
    tools: 'Base map',
    show: 'Base map',
    labels: 'Its names',
    silent: 'The base map does not answer; all else is as usual. Turn the switch off and on to try again.',
    credit: 'Base map: {{attribution}}, approval number {{approvalNumber}}',
  },
};
