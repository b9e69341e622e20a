export const zhCN = {
  picture: {
    tools: '打印与图片',
    paper: '纸张',
    advice: '所见即所得：先把地图移到要印的地方。横向，带图例、比例尺、数据日期和来源。',
    print: '打印',
    save: '下载 PNG',
    working: '正在制图…',
    failed: '没有制成。请等地图显示完整后再试。',
    title: '网格地图：{{measure}}',
    file: '网格地图 {{day}}',
    source: '数据来源：本行夜间数据，数据日期 {{day}}；坐标 WGS 84；{{bank}} {{who}} 制于 {{at}}。内部资料，注意保管。',
  },
} as const;
