// Choice lists that several objects of the trade share, so that an industry or a source means the same everywhere.
#pragma once

#include "record/definition.h"

namespace shangdao::customer {

inline constexpr record::Choice industries[] = {
    {.key = "technology", .label = {"科技", "Technology"}, .synonyms = "tech|高科技|电子"},
    {.key = "software", .label = {"软件与互联网", "Software"}, .synonyms = "软件|互联网|it|it服务|internet|saas|信息技术"},
    {.key = "telecommunications", .label = {"通信", "Telecommunications"}, .synonyms = "电信|telecom|communications|telecommunication"},
    {.key = "manufacturing", .label = {"制造业", "Manufacturing"}, .synonyms = "制造|生产制造|工业|industrial"},
    {.key = "machinery", .label = {"机械设备", "Machinery"}, .synonyms = "机械|装备制造"},
    {.key = "automotive", .label = {"汽车", "Automotive"}, .synonyms = "汽车制造|auto"},
    {.key = "chemicals", .label = {"化工", "Chemicals"}, .synonyms = "化学|chemical"},
    {.key = "energy", .label = {"能源电力", "Energy"}, .synonyms = "能源|电力|oil|utilities|新能源"},
    {.key = "construction", .label = {"建筑工程", "Construction"}, .synonyms = "建筑|工程|engineering"},
    {.key = "real_estate", .label = {"房地产", "Real estate"}, .synonyms = "地产|property"},
    {.key = "logistics", .label = {"物流运输", "Logistics"}, .synonyms = "物流|运输|transportation|shipping"},
    {.key = "retail", .label = {"零售批发", "Retail"}, .synonyms = "零售|批发|wholesale"},
    {.key = "food", .label = {"食品饮料", "Food and beverage"}, .synonyms = "食品|餐饮|beverage|food & beverage"},
    {.key = "agriculture", .label = {"农林牧渔", "Agriculture"}, .synonyms = "农业|farming"},
    {.key = "medical", .label = {"医疗健康", "Medical"}, .synonyms = "医疗|医药|制药|pharma|healthcare|biotechnology"},
    {.key = "education", .label = {"教育", "Education"}, .synonyms = "培训|学校"},
    {.key = "finance", .label = {"金融", "Finance"}, .synonyms = "银行|保险|证券|banking|insurance|financial services"},
    {.key = "government", .label = {"政府与公共事业", "Government"}, .synonyms = "政府|公共|public sector"},
    {.key = "services", .label = {"商务服务", "Services"}, .synonyms = "服务业|咨询|consulting|professional services"},
    {.key = "marketing", .label = {"广告营销", "Marketing"}, .synonyms = "广告|营销|advertising|media agency"},
    {.key = "entertainment", .label = {"文化娱乐", "Entertainment"}, .synonyms = "娱乐|传媒|media|文化"},
    {.key = "employment", .label = {"人力资源", "Employment"}, .synonyms = "人力|招聘|staffing|recruitment"},
    {.key = "other", .label = {"其他", "Other"}, .synonyms = "others"},
};

inline constexpr record::Choice sources[] = {
    {.key = "campaign", .label = {"市场活动", "Campaign"}, .synonyms = "活动|event|trade show|展会|会议"},
    {.key = "search", .label = {"网络搜索", "Web search"}, .synonyms = "搜索|搜索引擎|百度|web|website|web research|官网"},
    {.key = "social", .label = {"社交媒体", "Social media"}, .synonyms = "微信|抖音|小红书|social|facebook|twitter|linkedin"},
    {.key = "referral", .label = {"转介绍", "Referral"}, .synonyms = "推荐|老客户介绍|客户介绍|external referral|employee referral|客户推荐"},
    {.key = "partner", .label = {"合作伙伴", "Partner"}, .synonyms = "渠道|代理商|合作方|online store"},
    {.key = "cold_call", .label = {"陌生拜访", "Cold call"}, .synonyms = "电话营销|电销|陌拜|cold calling|sales mail alias"},
    {.key = "advertisement", .label = {"广告", "Advertisement"}, .synonyms = "广告投放|ads|ad"},
    {.key = "form", .label = {"网页表单", "Web form"}, .synonyms = "表单|web download|web form|在线留言"},
    {.key = "existing", .label = {"老客户", "Existing customer"}, .synonyms = "复购|existing business|repeat"},
    {.key = "import", .label = {"导入", "Import"}, .synonyms = "导入名单|list"},
    {.key = "other", .label = {"其他", "Other"}, .synonyms = "others|-none-"},
};

}  // namespace shangdao::customer
