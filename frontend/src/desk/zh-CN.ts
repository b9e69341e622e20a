export const zhCN = {
  menu: {
    title: '主菜单',
    skip: '跳到正文',
    dashboard: '经营看板',
    map: '网格',
    customers: '客户',
    nights: '夜间批处理',
    models: '模型',
  },
} as const;
