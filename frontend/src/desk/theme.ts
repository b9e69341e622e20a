import type { ThemeConfig } from 'antd';
import { tokens } from '@/shared/tokens';

/** Who asked the system for less motion gets none: antd would wait for the end of transitions that never begin. */
const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The tokens in antd's words. */
export const deskTheme: ThemeConfig = {
  token: {
    colorPrimary: tokens.accent,
    colorInfo: tokens.accent,
    colorLink: tokens.accent,
    colorError: tokens.overdue,
    colorWarning: tokens.waiting,
    colorSuccess: tokens.done,
    colorText: tokens.ink,
    colorTextSecondary: tokens.inkSoft,
    colorTextTertiary: tokens.inkFaint,
    colorTextPlaceholder: tokens.inkFaint,
    colorBorder: tokens.edge,
    colorBorderSecondary: tokens.line,
    colorBgLayout: tokens.ground,
    borderRadius: tokens.radiusPx,
    fontFamily: tokens.fonts,
    fontSize: tokens.deskFontPx,
    sizeUnit: tokens.unitPx / 2,
    motion: !isStill,
    motionDurationSlow: tokens.motion,
    motionDurationMid: tokens.motion,
  },
  components: {
    Table: {
      headerBg: tokens.ground,
      headerColor: tokens.inkSoft,
      cellPaddingBlockSM: 7,
      rowHoverBg: tokens.accentTint,
    },
    Menu: { itemSelectedBg: tokens.accentTint, itemSelectedColor: tokens.accent, itemHeight: 40 },
  },
};
