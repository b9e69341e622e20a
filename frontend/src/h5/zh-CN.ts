export const zhCN = {
  tab: { title: '主菜单', today: '今日', map: '地图', customers: '客户', me: '我的' },
  connection: {
    open: '连接未加密：不能定位，密码会明文经过网络。请改用 https 地址打开，或告诉科技部门。',
  },
  me: {
    number: '工号',
    grids: '我的网格',
    noGrids: '您名下还没有网格。',
    customers_other: '{{count, number}} 户',
    otherA: 'A 岗 {{name}}',
    otherB: 'B 岗 {{name}}',
  },
} as const;
