export const zhCN = {
  baseMap: {
    tools: '底图',
    show: '底图',
    labels: '底图注记',
    silent: '底图服务没有应答，其余照常；重新打开开关可再试。',
    credit: '底图：{{attribution}}　审图号：{{approvalNumber}}',
  },
} as const;
