import type { SameKeys } from '@/shared/i18n/sameKeys';
import type { zhCN } from './zh-CN';

export const en: SameKeys<typeof zhCN> = {
  areas: {
    tools: 'Draw an area',
    POLYGON: 'Polygon',
    LASSO: 'Lasso',
    CIRCLE: 'Circle',
    drawing: 'Drawing: {{shape}}',
    howPOLYGON:
      'Click corner by corner; double click or Enter ends, Backspace takes one back, Escape cancels. By keyboard: arrows move the cross, Space sets a corner.',
    howLASSO:
      'Hold and draw around the area, let go to end; Escape cancels. By keyboard: arrows move the cross, Space sets a corner, Enter ends.',
    howCIRCLE:
      'Hold at the centre, let go at the edge; Escape cancels. By keyboard: Space at the centre, move, Space again.',
    finish: 'Done',
    cancel: 'Cancel',
    tooFew: 'Three corners at least make an area. Go on drawing.',
    tooMany: 'No more than {{most}}: end this area first.',
    crosses: 'The line crosses itself and makes no area. Draw it again.',
    tooSmall: 'The area is too small. Draw a larger one.',
    panel: 'The area drawn',
    size: 'about {{km2}} km²; corners: {{corners}}',
    count_one: '{{count, number}} active customer',
    count_other: '{{count, number}} active customers',
    countCapped_one: 'more than {{count, number}} active customer',
    countCapped_other: 'more than {{count, number}} active customers',
    byGrid: 'For roles that do not see where customers are, an area takes whole grids, by their centres.',
    open: 'Open the customers',
    again: 'Draw again',
    none: 'There is no customer here whom you may see',
    noneAdvice: 'Draw elsewhere, or larger; customers without a point are in no area.',
  },
};
