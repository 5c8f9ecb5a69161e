/** Chinese names of everything that has a code. A code without a name is shown as it is. */

const SENTIMENTS: Record<string, string> = { negative: "负面", neutral: "中性", positive: "正面" };

const INTENTS: Record<string, string> = {
  complaint: "投诉吐槽",
  inquiry: "咨询",
  purchase: "购买意向",
  aftersales: "售后求助",
  praise: "表扬",
  advocacy: "推荐",
  suggestion: "建议",
  churn: "流失",
  risk: "风险",
  spam: "广告",
};

const ASPECTS: Record<string, string> = {
  quality: "质量",
  effect: "效果",
  safety: "安全",
  logistics: "物流",
  price: "价格",
  service: "服务",
  packaging: "包装",
  authenticity: "真伪",
  appearance: "外观",
  stock: "库存",
  software: "软件",
  taste: "口味",
  hygiene: "卫生",
  fit: "尺寸手感",
  environment: "环境",
  content: "内容",
};

const PLATFORMS: Record<string, string> = {
  weibo: "微博",
  xhs: "小红书",
  douyin: "抖音",
  kuaishou: "快手",
  bilibili: "B站",
  bili: "B站",
  tieba: "贴吧",
  zhihu: "知乎",
  wechat: "微信",
  wecom: "企业微信",
  dingtalk: "钉钉",
  feishu: "飞书",
  taobao: "淘宝",
  tmall: "天猫",
  jd: "京东",
  pdd: "拼多多",
  dianping: "大众点评",
  meituan: "美团",
  eleme: "饿了么",
  shop: "店铺",
  app: "应用",
};

const RULES: Record<string, string> = {
  negative_feedback: "负面反馈",
  risk: "风险",
  influential_negative: "大V负面",
  negative_spike: "负面激增",
};

const KINDS: Record<string, string> = { post: "帖子", comment: "评论", review: "评价", chat: "私聊", danmaku: "弹幕" };

const named = (names: Record<string, string>) => (code: string) => (Object.hasOwn(names, code) ? names[code]! : code);

export const sentimentName = named(SENTIMENTS);
export const intentName = named(INTENTS);
export const aspectName = named(ASPECTS);
export const platformName = named(PLATFORMS);
export const ruleName = named(RULES);
export const kindName = named(KINDS);

/** What customers want first, what they feel last. */
export const URGENT_INTENTS = new Set(["risk", "churn", "aftersales", "complaint"]);
