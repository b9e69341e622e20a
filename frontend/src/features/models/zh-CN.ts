export const zhCN = {
  models: {
    what: '在晚于训练期的月份上检验，与普通逻辑回归对照',
    version: '版本',
    inForce: '生效中',
    auc: 'AUC',
    baselineAuc: '基线 AUC',
    gain: '提升',
    window: '数据区间',
    trainedAt: '训练时间',
    count_other: '{{count, number}} 个版本',
    none: '还没有模型',
    noneAdvice: '第一次夜间批处理会训练并启用第一个版本。',
  },
} as const;
