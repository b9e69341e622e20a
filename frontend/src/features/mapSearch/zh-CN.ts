export const zhCN = {
  mapSearch: {
    label: '在地图上查找',
    hint: '查找地名、网格、名单、网点、客户',
    searching: '正在查找…',
    nothing: '没有找到“{{text}}”。可以换一个更短的说法，客户也可以输入电话后四位。',
    found: '已定位',
    letGo: '取消定位',
    openCustomer: '打开客户页',
    inMiddle: '位置对您不显示，标出的是所在网格',
    noPlace: '这位客户没有落点，也不在任何网格里，地图上无法标出。',
    gone: '这个地点已不在，或者不在您的范围内。',
  },
  mapFinds: {
    towns: '乡镇与村',
    grids: '网格',
    lists: '名单（显示成员）',
    outlets: '网点',
    atoms: '组、小区',
    customers: '客户',
  },
} as const;
