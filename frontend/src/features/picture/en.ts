import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  picture: {
    tools: 'Print or save',
    paper: 'Paper',
    advice: 'It shows what you see: move the map first. Lying, with legend, scale, day of the data and source.',
    print: 'Print',
    save: 'Save as PNG',
    working: 'Drawing…',
    failed: 'It was not drawn. Wait until the map is whole and try again.',
    title: 'Map of grids: {{measure}}',
    file: 'Map of grids {{day}}',
    source:
      "Source: the bank's nightly files, data of {{day}}; WGS 84; made by {{who}}, {{bank}}, at {{at}}. For internal use.",
  },
};
