/**
 * The one place that names what the graph may hold: kinds of nodes, types of relationships, their properties, and the
 * Chinese and English names of all of them. Validation, constraints and indexes, the import format, the GraphQL enums
 * and object types, and the client's legend are derived from it.
 */

/** A name in the two languages of the service. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** The closed lists of values. A value's key is what is stored and what GraphQL shows. */
export const ENUMS = {
  Assertion: {
    STATED: { zh: "原文陈述", en: "stated by the source" },
    DERIVED: { zh: "推导", en: "derived from stated facts" },
    ASSUMED: { zh: "假设", en: "assumed" },
  },
  ProductCategory: {
    DEVICE: { zh: "器件", en: "device" },
    EQUIPMENT: { zh: "设备", en: "equipment" },
    MATERIAL: { zh: "材料", en: "material" },
    PART: { zh: "零部件", en: "part" },
    PROCESS: { zh: "工艺", en: "process" },
    SOFTWARE: { zh: "软件", en: "software" },
    SERVICE: { zh: "服务", en: "service" },
  },
  VariantMode: {
    ANY: { zh: "任一变体即可", en: "any variant will do" },
    ALL: { zh: "须全部变体", en: "all variants are needed" },
  },
  FirmRole: {
    LEADER: { zh: "龙头企业", en: "leading firm" },
    SUPPLIER: { zh: "供应商", en: "supplier" },
    BUYER: { zh: "采购方", en: "buyer" },
    OWNER: { zh: "股东", en: "owner" },
  },
  ProjectStatus: {
    CANDIDATE: { zh: "在谈", en: "candidate" },
    SIGNED: { zh: "签约", en: "signed" },
    BUILDING: { zh: "在建", en: "under construction" },
    IN_PRODUCTION: { zh: "投产", en: "in production" },
  },
  InstituteStatus: {
    OPERATING: { zh: "已建成", en: "operating" },
    BUILDING: { zh: "在建", en: "under construction" },
  },
  Qualifier: {
    EXACT: { zh: "确数", en: "exactly" },
    OVER: { zh: "超", en: "over" },
    ABOUT: { zh: "约", en: "about" },
  },
  OfferLevel: {
    MAJOR: { zh: "主要", en: "major" },
    MINOR: { zh: "次要", en: "minor" },
    NEGLIGIBLE: { zh: "可忽略", en: "negligible" },
  },
  /** In ascending order of maturity. */
  Readiness: {
    RESEARCH: { zh: "研发", en: "research" },
    SAMPLE: { zh: "样品", en: "sample" },
    QUALIFIED: { zh: "通过验证", en: "qualified" },
    MASS_PRODUCTION: { zh: "量产", en: "mass production" },
  },
} as const satisfies Record<string, Record<string, Bilingual>>;

export type EnumName = keyof typeof ENUMS;
export type EnumValue<Name extends EnumName> = keyof (typeof ENUMS)[Name];

export type PropertyType =
  | "string"
  | "string[]"
  | "double"
  | "integer"
  | "boolean"
  | "date"
  | EnumName
  | `${EnumName}[]`;

/** One property of a kind or of a relationship type. */
export interface PropertyDefinition extends Bilingual {
  readonly type: PropertyType;
  /** What the value means, with its unit; shown in the schema and in templates. */
  readonly description: string;
  readonly required?: boolean;
  /** Inclusive bounds of a number. */
  readonly min?: number;
  readonly max?: number;
  /** A pattern the text must match in full, and what it stands for. */
  readonly pattern?: { readonly source: string; readonly meaning: Bilingual };
}

type Properties = Readonly<Record<string, PropertyDefinition>>;

const COUNTRY_CODE = {
  source: "[A-Z]{2}",
  meaning: { zh: "ISO 3166-1 两位代码，如 CN", en: "an ISO 3166-1 alpha-2 code such as CN" },
};

/** What every fact carries, node or relationship: where it is from and when it holds. */
export const PROVENANCE = {
  dataset: {
    type: "string",
    required: true,
    zh: "数据集",
    en: "dataset",
    description: "The data set the fact belongs to: it can be replaced or withdrawn as a whole.",
  },
  sources: {
    type: "string[]",
    zh: "出处",
    en: "sources",
    description: "Ids of the Source nodes that state the fact.",
  },
  locator: {
    type: "string",
    zh: "位置",
    en: "locator",
    description: "Where in the source: paragraph.sentence, page, section or table.",
  },
  statement: {
    type: "string",
    zh: "陈述",
    en: "statement",
    description: "What the source says, in our own words, in Chinese.",
  },
  statementEn: {
    type: "string",
    zh: "陈述（英文）",
    en: "statement in English",
    description: "What the source says, in our own words, in English.",
  },
  quote: {
    type: "string",
    zh: "引文",
    en: "quote",
    description: "The source's own words; only for a user's own documents.",
  },
  assertion: {
    type: "Assertion",
    required: true,
    zh: "性质",
    en: "assertion",
    description: "Whether the source states the fact, it is derived from stated ones, or assumed.",
  },
  validFrom: {
    type: "date",
    zh: "生效日",
    en: "valid from",
    description: "First day on which the fact holds in the world (YYYY, YYYY-MM or YYYY-MM-DD).",
  },
  validTo: {
    type: "date",
    zh: "失效日",
    en: "valid to",
    description: "Last day on which the fact holds in the world.",
  },
} as const satisfies Properties;

/** What every node carries beside its provenance. */
export const ENTITY_PROPERTIES = {
  name: {
    type: "string",
    required: true,
    zh: "名称",
    en: "name",
    description: "The name, in Chinese where there is one.",
  },
  nameEn: {
    type: "string",
    zh: "英文名",
    en: "English name",
    description: "The name in English.",
  },
  aliases: {
    type: "string[]",
    zh: "别名",
    en: "aliases",
    description: "Old names, short names, stock codes.",
  },
  description: {
    type: "string",
    zh: "说明",
    en: "description",
    description: "What it is, in Chinese.",
  },
  descriptionEn: {
    type: "string",
    zh: "说明（英文）",
    en: "description in English",
    description: "What it is, in English.",
  },
} as const satisfies Properties;

export interface KindDefinition extends Bilingual {
  readonly description: string;
  readonly properties: Properties;
}

export const KINDS = {
  Cluster: {
    zh: "产业集群",
    en: "industry cluster",
    description: "A regional cluster of an industry: what the pillars, leaders and figures of a place belong to.",
    properties: {
      region: {
        type: "string",
        zh: "地区",
        en: "region",
        description: "The city or province.",
      },
    },
  },
  Pillar: {
    zh: "支柱产业",
    en: "pillar industry",
    description: "A pillar industry of a cluster.",
    properties: {},
  },
  Chain: {
    zh: "产业链",
    en: "industry chain",
    description: "An industry chain.",
    properties: {},
  },
  Stage: {
    zh: "环节",
    en: "stage",
    description: "A stage of a chain: design, fabrication, packaging and test, equipment, materials.",
    properties: {
      order: {
        type: "integer",
        min: 0,
        zh: "次序",
        en: "order",
        description: "Position along the chain, upstream first.",
      },
    },
  },
  Product: {
    zh: "产品",
    en: "product",
    description: "An item that is made or needed: device, equipment, material, part, process, software or service.",
    properties: {
      category: {
        type: "ProductCategory",
        required: true,
        zh: "类别",
        en: "category",
        description: "What sort of item it is.",
      },
      variantMode: {
        type: "VariantMode",
        zh: "变体要求",
        en: "variant mode",
        description: "For a class of items: whether any variant meets a demand for the class, or all are needed.",
      },
      elementary: {
        type: "boolean",
        zh: "基础物料",
        en: "elementary",
        description: "True if it needs nothing that is recorded here.",
      },
      developCost: {
        type: "double",
        min: 0,
        zh: "攻关成本",
        en: "cost to develop",
        description: "Cost to develop the item, in the unit of the plan's costs; 1 where absent.",
      },
      marketSizeUsd: {
        type: "double",
        min: 0,
        zh: "市场规模（美元）",
        en: "market size (USD)",
        description: "World market of a year, in US dollars.",
      },
    },
  },
  Firm: {
    zh: "企业",
    en: "firm",
    description: "A leading firm, supplier or buyer.",
    properties: {
      country: {
        type: "string",
        pattern: COUNTRY_CODE,
        zh: "总部国家/地区",
        en: "country of headquarters",
        description: "ISO 3166-1 alpha-2 code of the headquarters; absent = unknown.",
      },
      region: {
        type: "string",
        zh: "地区",
        en: "region",
        description: "The city of the headquarters or site.",
      },
      roles: {
        type: "FirmRole[]",
        zh: "角色",
        en: "roles",
        description: "The roles the firm plays in the cluster.",
      },
      stockCode: {
        type: "string",
        zh: "股票代码",
        en: "stock code",
        description: "Stock code with its exchange.",
      },
      creditCode: {
        type: "string",
        pattern: {
          source: "[0-9A-HJ-NPQRTUWXY]{18}",
          meaning: { zh: "18 位统一社会信用代码", en: "an 18-character unified social credit code" },
        },
        zh: "统一社会信用代码",
        en: "unified social credit code",
        description: "The firm's unified social credit code.",
      },
    },
  },
  Jurisdiction: {
    zh: "国家/地区",
    en: "jurisdiction",
    description: "A country or region; can itself be a provider, where statistics speak of countries.",
    properties: {
      code: {
        type: "string",
        required: true,
        pattern: COUNTRY_CODE,
        zh: "代码",
        en: "code",
        description: "ISO 3166-1 alpha-2 code.",
      },
    },
  },
  Institute: {
    zh: "科研机构",
    en: "research institute",
    description: "A research institute, laboratory or innovation platform.",
    properties: {
      region: {
        type: "string",
        zh: "地区",
        en: "region",
        description: "The city.",
      },
      status: {
        type: "InstituteStatus",
        zh: "状态",
        en: "status",
        description: "Whether it operates or is being built.",
      },
    },
  },
  TalentTeam: {
    zh: "人才团队",
    en: "talent team",
    description: "A team brought in or working for the cluster.",
    properties: {
      lead: {
        type: "string",
        zh: "带头人",
        en: "lead",
        description: "The lead whom a public document names in that role.",
      },
    },
  },
  Project: {
    zh: "项目",
    en: "project",
    description: "A recruitment or key project.",
    properties: {
      region: {
        type: "string",
        zh: "地区",
        en: "region",
        description: "Where it lands.",
      },
      status: {
        type: "ProjectStatus",
        zh: "状态",
        en: "status",
        description: "How far the project is.",
      },
      cost: {
        type: "double",
        min: 0,
        zh: "成本",
        en: "cost",
        description: "What the project costs the park, in the unit of the budget.",
      },
    },
  },
  Policy: {
    zh: "政策",
    en: "policy",
    description: "A policy, measure or declared approach of an authority.",
    properties: {
      issuer: {
        type: "string",
        zh: "发布机构",
        en: "issuer",
        description: "The authority that issued it.",
      },
      issuerEn: {
        type: "string",
        zh: "发布机构（英文）",
        en: "issuer in English",
        description: "The authority that issued it, in English.",
      },
      documentNumber: {
        type: "string",
        zh: "文号",
        en: "document number",
        description: "The official number.",
      },
    },
  },
  Fund: {
    zh: "基金",
    en: "fund",
    description: "A fund or a group of funds.",
    properties: {},
  },
  Bank: {
    zh: "金融机构",
    en: "financial institution",
    description: "A bank or another financial institution.",
    properties: {},
  },
  IpService: {
    zh: "知识产权服务",
    en: "IP service",
    description: "An intellectual-property service.",
    properties: {},
  },
  Event: {
    zh: "活动",
    en: "event",
    description: "A fair, meeting, listing or another dated event.",
    properties: {
      date: {
        type: "date",
        zh: "日期",
        en: "date",
        description: "When it took place.",
      },
    },
  },
  Indicator: {
    zh: "指标",
    en: "indicator",
    description: "A figure as its source states it.",
    properties: {
      value: {
        type: "double",
        required: true,
        zh: "数值",
        en: "value",
        description: "The figure, in `unit`.",
      },
      unit: {
        type: "string",
        required: true,
        zh: "单位",
        en: "unit",
        description: "The unit, in Chinese as stated (亿元, 个, 家, %).",
      },
      unitEn: {
        type: "string",
        zh: "单位（英文）",
        en: "unit in English",
        description: "The unit in English.",
      },
      qualifier: {
        type: "Qualifier",
        required: true,
        zh: "限定",
        en: "qualifier",
        description: "Whether the source says exactly, over (超, 余) or about (约).",
      },
      period: {
        type: "string",
        zh: "时期",
        en: "period",
        description: "The year, span or moment it speaks of.",
      },
      periodEn: {
        type: "string",
        zh: "时期（英文）",
        en: "period in English",
        description: "The year, span or moment it speaks of, in English.",
      },
      basis: {
        type: "string",
        zh: "口径",
        en: "basis",
        description: "What is counted and how.",
      },
      basisEn: {
        type: "string",
        zh: "口径（英文）",
        en: "basis in English",
        description: "What is counted and how, in English.",
      },
      place: {
        type: "string",
        zh: "地域",
        en: "place",
        description: "The place it speaks of.",
      },
      placeEn: {
        type: "string",
        zh: "地域（英文）",
        en: "place in English",
        description: "The place it speaks of, in English.",
      },
    },
  },
  Source: {
    zh: "出处",
    en: "source",
    description: "A document that states facts.",
    properties: {
      title: {
        type: "string",
        required: true,
        zh: "标题",
        en: "title",
        description: "Title of the document.",
      },
      titleEn: {
        type: "string",
        zh: "标题（英文）",
        en: "title in English",
        description: "Title of the document in English; the English name serves where there is none.",
      },
      publisher: {
        type: "string",
        zh: "发布者",
        en: "publisher",
        description: "Who published it.",
      },
      date: {
        type: "date",
        zh: "日期",
        en: "date",
        description: "When it was published.",
      },
      url: {
        type: "string",
        pattern: {
          source: "https?://\\S+",
          meaning: { zh: "http 或 https 网址", en: "an http or https address" },
        },
        zh: "网址",
        en: "address",
        description: "Where it can be read.",
      },
      licence: {
        type: "string",
        zh: "许可",
        en: "licence",
        description: "Under which licence it may be used.",
      },
    },
  },
} as const satisfies Record<string, KindDefinition>;

export type Kind = keyof typeof KINDS;

/** From which kinds to which, and what the neighbours are called from either side (GraphQL fields). */
export interface Ends {
  readonly from: readonly Kind[];
  readonly to: readonly Kind[];
  /** Field on each `from` kind that leads to the `to` kinds. */
  readonly out: string;
  /** Field on each `to` kind that leads back. */
  readonly in: string;
}

export interface RelationshipDefinition extends Bilingual {
  readonly description: string;
  readonly ends: readonly Ends[];
  readonly properties: Properties;
}

const RESOURCES = [
  "Institute",
  "TalentTeam",
  "Project",
  "Policy",
  "Fund",
  "Bank",
  "IpService",
  "Event",
] as const satisfies readonly Kind[];
const SUPPORTABLE = [
  "Product",
  "Stage",
  "Chain",
  "Pillar",
  "Cluster",
  "Firm",
  "Project",
  "Institute",
] as const satisfies readonly Kind[];
const ESSENTIAL = {
  type: "boolean",
  zh: "关键",
  en: "essential",
  description: "Default true; a slot with no essential edge gates nothing.",
} as const;
const SHARE = {
  type: "double",
  min: 0,
  max: 1,
  zh: "份额",
  en: "share",
  description: "Share in [0, 1]; absent = unknown, never zero.",
} as const;

export const RELATIONSHIPS = {
  PART_OF: {
    zh: "属于",
    en: "part of",
    description: "Structure: a pillar of a cluster, a chain of a pillar, a stage of a chain, a product of a stage.",
    ends: [
      { from: ["Pillar"], to: ["Cluster"], out: "clusters", in: "pillars" },
      { from: ["Chain"], to: ["Pillar"], out: "pillars", in: "chains" },
      { from: ["Chain"], to: ["Cluster"], out: "clusters", in: "chains" },
      { from: ["Stage"], to: ["Chain"], out: "chains", in: "stages" },
      { from: ["Product"], to: ["Stage"], out: "stages", in: "products" },
      { from: ["Firm"], to: ["Cluster"], out: "clusters", in: "firms" },
    ],
    properties: {},
  },
  LEADS: {
    zh: "龙头引领",
    en: "leads",
    description: "A leading firm of a cluster, pillar or chain.",
    ends: [
      {
        from: ["Firm"],
        to: ["Cluster", "Pillar", "Chain"],
        out: "leads",
        in: "leaders",
      },
    ],
    properties: {},
  },
  OPERATES_IN: {
    zh: "布局",
    en: "operates in",
    description: "A firm works in a chain or stage.",
    ends: [
      {
        from: ["Firm"],
        to: ["Chain", "Stage"],
        out: "operatesIn",
        in: "operators",
      },
    ],
    properties: {},
  },
  REQUIRES: {
    zh: "需要",
    en: "requires",
    description:
      "Product→Product: the item's recipe. Firm→Product with `product`: that firm's own recipe for `product`, which replaces the general one slot by slot.",
    ends: [
      { from: ["Product"], to: ["Product"], out: "requires", in: "requiredBy" },
      {
        from: ["Firm"],
        to: ["Product"],
        out: "requires",
        in: "requiredByFirms",
      },
    ],
    properties: {
      product: {
        type: "string",
        zh: "所制产品",
        en: "product made",
        description: "Firm recipes only: id of the product that the firm makes by this input.",
      },
      slot: {
        type: "string",
        zh: "槽位",
        en: "slot",
        description:
          "Edges of one slot are alternatives (any will do); all slots are needed; an edge without slot is a slot of its own.",
      },
      essential: ESSENTIAL,
      costShare: {
        type: "double",
        min: 0,
        max: 1,
        zh: "成本占比",
        en: "cost share",
        description: "Share of the product's cost, in [0, 1].",
      },
    },
  },
  VARIANT_OF: {
    zh: "变体",
    en: "variant of",
    description: "An item is a variant of a class of items; without cycles.",
    ends: [{ from: ["Product"], to: ["Product"], out: "variantOf", in: "variants" }],
    properties: {},
  },
  SUPPLIES: {
    zh: "供应",
    en: "supplies",
    description:
      "An offer: a firm (or a jurisdiction, in statistics) supplies an item or works at a stage. A leading firm's offers are what it makes.",
    ends: [
      {
        from: ["Firm", "Jurisdiction"],
        to: ["Product"],
        out: "products",
        in: "suppliers",
      },
      {
        from: ["Firm", "Jurisdiction"],
        to: ["Stage"],
        out: "suppliedStages",
        in: "suppliers",
      },
    ],
    properties: {
      outputWeight: {
        type: "double",
        min: 0,
        zh: "产出权重",
        en: "output weight",
        description: "Weight of this product in the firm's output, for chains' weighted means.",
      },
      share: { ...SHARE, zh: "市场份额", en: "market share" },
      shareBasis: {
        type: "string",
        zh: "份额口径",
        en: "share basis",
        description: "Of what, where and when the share is.",
      },
      level: {
        type: "OfferLevel",
        zh: "程度",
        en: "level",
        description: "How much of the market, where no figure is stated.",
      },
      readiness: {
        type: "Readiness",
        zh: "成熟度",
        en: "readiness",
        description: "How mature the offer is; absent = unknown.",
      },
      originCountry: {
        type: "string",
        pattern: COUNTRY_CODE,
        zh: "产地",
        en: "country of the site",
        description: "ISO 3166-1 alpha-2 code of the production site.",
      },
      cost: {
        type: "double",
        min: 0,
        zh: "成本",
        en: "cost",
        description: "Relative cost of taking this offer; 1 where absent, and marked as unknown.",
      },
      leadTimeDays: {
        type: "double",
        min: 0,
        zh: "交期（天）",
        en: "lead time (days)",
        description: "Lead time in days.",
      },
    },
  },
  SOURCES_FROM: {
    zh: "采购自",
    en: "sources from",
    description: "Who buys what from whom, where known.",
    ends: [{ from: ["Firm"], to: ["Firm"], out: "sourcesFrom", in: "customers" }],
    properties: {
      product: {
        type: "string",
        zh: "产品",
        en: "product",
        description: "Id of the product bought.",
      },
      share: { ...SHARE, zh: "采购占比", en: "share of purchases" },
    },
  },
  OWNS: {
    zh: "持股",
    en: "owns",
    description: "A firm owns a stake in another.",
    ends: [{ from: ["Firm"], to: ["Firm"], out: "owns", in: "owners" }],
    properties: { stake: { ...SHARE, zh: "持股比例", en: "stake" } },
  },
  RESTRICTS: {
    zh: "管制",
    en: "restricts",
    description: "An export control of a jurisdiction on an item or a firm, with its date in `validFrom`.",
    ends: [
      {
        from: ["Jurisdiction"],
        to: ["Product", "Firm"],
        out: "restricts",
        in: "restrictedBy",
      },
    ],
    properties: {},
  },
  RESEARCHES: {
    zh: "研究",
    en: "researches",
    description: "Works on knowledge of it.",
    ends: [
      {
        from: ["Institute", "TalentTeam"],
        to: SUPPORTABLE,
        out: "researches",
        in: "researchers",
      },
    ],
    properties: {},
  },
  DEVELOPS: {
    zh: "研制",
    en: "develops",
    description: "Develops the item or chain into an offer.",
    ends: [
      {
        from: ["Institute", "TalentTeam", "Project", "Firm"],
        to: ["Product", "Stage", "Chain"],
        out: "develops",
        in: "developers",
      },
    ],
    properties: {},
  },
  TARGETS: {
    zh: "面向",
    en: "targets",
    description: "Is aimed at it.",
    ends: [{ from: RESOURCES, to: SUPPORTABLE, out: "targets", in: "targetedBy" }],
    properties: {},
  },
  FUNDS: {
    zh: "出资",
    en: "funds",
    description: "Gives money to it.",
    ends: [
      {
        from: ["Fund", "Bank", "Policy"],
        to: SUPPORTABLE,
        out: "funds",
        in: "fundedBy",
      },
    ],
    properties: {},
  },
  SUPPORTS: {
    zh: "支持",
    en: "supports",
    description: "Supports it otherwise than with money.",
    ends: [{ from: RESOURCES, to: SUPPORTABLE, out: "supports", in: "supportedBy" }],
    properties: {},
  },
  SERVES: {
    zh: "服务",
    en: "serves",
    description: "Offers it a service.",
    ends: [
      {
        from: ["Institute", "IpService", "Bank"],
        to: SUPPORTABLE,
        out: "serves",
        in: "servedBy",
      },
    ],
    properties: {},
  },
  WORKS_AT: {
    zh: "任职于",
    en: "works at",
    description: "A team works at a firm, institute or project.",
    ends: [
      {
        from: ["TalentTeam"],
        to: ["Firm", "Institute", "Project"],
        out: "worksAt",
        in: "teams",
      },
    ],
    properties: {},
  },
  MEASURES: {
    zh: "度量",
    en: "measures",
    description: "A figure describes it.",
    ends: [
      {
        from: ["Indicator"],
        to: [
          "Cluster",
          "Pillar",
          "Chain",
          "Stage",
          "Product",
          "Firm",
          "Institute",
          "TalentTeam",
          "Project",
          "Policy",
          "Fund",
          "Bank",
          "IpService",
          "Event",
        ],
        out: "measures",
        in: "indicators",
      },
    ],
    properties: {},
  },
} as const satisfies Record<string, RelationshipDefinition>;

export type RelationshipType = keyof typeof RELATIONSHIPS;

export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[];
export const RELATIONSHIP_TYPES = Object.keys(RELATIONSHIPS) as readonly RelationshipType[];

/** All properties of a node of this kind, its own after the common ones; `id` stands apart. */
export function propertiesOfKind(kind: Kind): Properties {
  return { ...ENTITY_PROPERTIES, ...KINDS[kind].properties, ...PROVENANCE };
}

/** All properties of a relationship of this type; `id` and the ends stand apart. */
export function propertiesOfRelationship(type: RelationshipType): Properties {
  return { ...RELATIONSHIPS[type].properties, ...PROVENANCE };
}

/** One typed neighbourhood of a kind: the relationship, its direction and the kinds at the other end. */
export interface NeighborField {
  readonly kind: Kind;
  readonly field: string;
  readonly type: RelationshipType;
  readonly direction: "OUT" | "IN";
  readonly others: readonly Kind[];
}

/** The typed neighbours of a kind, in the order of the ontology; ends that share type, direction and field are one. */
export function neighborFields(kind: Kind): readonly NeighborField[] {
  const fields = new Map<string, NeighborField & { others: Kind[] }>();
  const add = (field: string, type: RelationshipType, direction: "OUT" | "IN", others: readonly Kind[]): void => {
    const known = fields.get(field);
    if (known === undefined) fields.set(field, { kind, field, type, direction, others: [...others] });
    else if (known.type === type && known.direction === direction) known.others.push(...others);
    else throw new TypeError(`${kind}.${field} stands for two relationships: ${known.type} and ${type}`);
  };
  for (const type of RELATIONSHIP_TYPES) {
    const ends: readonly Ends[] = RELATIONSHIPS[type].ends;
    for (const end of ends) if (end.from.includes(kind)) add(end.out, type, "OUT", end.to);
    for (const end of ends) if (end.to.includes(kind)) add(end.in, type, "IN", end.from);
  }
  return [...fields.values()];
}
