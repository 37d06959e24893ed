// The word lists.
#include "sales/demo/words.h"

#include <array>

namespace shangdao::demo {

namespace {

using std::string_view;

constexpr auto city_list = std::to_array<City>({
    {"苏州", "320500", "0512", 0}, {"无锡", "320200", "0510", 0}, {"南京", "320100", "025", 0},  {"常州", "320400", "0519", 0}, {"南通", "320600", "0513", 0},
    {"上海", "310000", "021", 0},  {"杭州", "330100", "0571", 0}, {"宁波", "330200", "0574", 0}, {"温州", "330300", "0577", 0}, {"合肥", "340100", "0551", 0},
    {"广州", "440100", "020", 1},  {"深圳", "440300", "0755", 1}, {"东莞", "441900", "0769", 1}, {"佛山", "440600", "0757", 1}, {"厦门", "350200", "0592", 1},
    {"福州", "350100", "0591", 1}, {"长沙", "430100", "0731", 1}, {"武汉", "420100", "027", 1},  {"南宁", "450100", "0771", 1},
    {"北京", "110000", "010", 2},  {"天津", "120000", "022", 2},  {"青岛", "370200", "0532", 2}, {"济南", "370100", "0531", 2}, {"石家庄", "130100", "0311", 2},
    {"郑州", "410100", "0371", 2}, {"西安", "610100", "029", 2},  {"成都", "510100", "028", 2},  {"重庆", "500000", "023", 2},  {"沈阳", "210100", "024", 2},
    {"大连", "210200", "0411", 2},
});

constexpr auto trade_list = std::to_array<Trade>({
    {"machinery", "机械", "有限公司", 20},       {"manufacturing", "精密制造", "有限公司", 16}, {"automotive", "汽车部件", "股份有限公司", 12},
    {"technology", "电子科技", "有限公司", 12},  {"energy", "新能源", "科技有限公司", 9},      {"medical", "医疗器械", "有限公司", 7},
    {"chemicals", "化工", "集团有限公司", 5},    {"food", "食品", "有限公司", 5},              {"construction", "重工", "股份有限公司", 5},
    {"logistics", "物流装备", "有限公司", 4},    {"telecommunications", "通信设备", "有限公司", 3}, {"education", "职业技术实训", "有限公司", 2},
});

constexpr auto goods_list = std::to_array<Goods>({
    {"数控车床 CK6150", "CK6150", "数控车床", "台", 168'000, 16}, {"数控车床 CK6180", "CK6180", "数控车床", "台", 246'000, 10},
    {"立式加工中心 VMC850", "VMC850", "加工中心", "台", 385'000, 14}, {"卧式加工中心 HMC630", "HMC630", "加工中心", "台", 980'000, 5},
    {"五轴加工中心 FX500", "FX500", "加工中心", "台", 1'680'000, 3}, {"激光切割机 LC3015", "LC3015", "激光设备", "台", 420'000, 9},
    {"激光焊接机 LW1500", "LW1500", "激光设备", "台", 126'000, 10}, {"六轴机器人 R6-20", "R6-20", "工业机器人", "台", 138'000, 12},
    {"协作机器人 C5", "C5", "工业机器人", "台", 96'000, 9},       {"自动上下料线 AL-4", "AL-4", "自动化产线", "套", 1'250'000, 3},
    {"刀具年度包 T100", "T100", "备件服务", "套", 28'000, 12},    {"设备年度维保", "MS-Y", "备件服务", "年", 46'000, 11},
});

constexpr auto team_list = std::to_array<string_view>({"华东销售部", "华南销售部", "北方销售部"});

constexpr auto hand_list = std::to_array<Hand>({
    {"孙立人", "admin@example.com", "系统管理员", "admin", -1, 0},
    {"韩梅梅", "manager@example.com", "华东销售经理", "manager", 0, 0}, {"陈国栋", "chen.guodong@example.com", "华南销售经理", "manager", 1, 0}, {"赵海燕", "zhao.haiyan@example.com", "北方销售经理", "manager", 2, 0},
    {"李雷", "rep@example.com", "高级销售", "rep", 0, 1.06},
    {"王晓峰", "wang.xiaofeng@example.com", "销售", "rep", 0, 1.02},   {"周敏", "zhou.min@example.com", "销售", "rep", 0, 1.00},     {"吴佳怡", "wu.jiayi@example.com", "销售", "rep", 0, 0.97},
    {"徐凯", "xu.kai@example.com", "销售", "rep", 0, 0.94},           {"沈思远", "shen.siyuan@example.com", "大客户经理", "rep", 0, 1.08}, {"钱程", "qian.cheng@example.com", "销售", "rep", 0, 0.99},
    {"黄志强", "huang.zhiqiang@example.com", "高级销售", "rep", 1, 1.05}, {"林婉婷", "lin.wanting@example.com", "销售", "rep", 1, 1.01}, {"郑浩", "zheng.hao@example.com", "销售", "rep", 1, 0.96},
    {"何嘉欣", "he.jiaxin@example.com", "销售", "rep", 1, 1.00},       {"罗文博", "luo.wenbo@example.com", "销售", "rep", 1, 0.90},   {"梁雨晴", "liang.yuqing@example.com", "销售", "rep", 1, 1.03},
    {"刘建国", "liu.jianguo@example.com", "高级销售", "rep", 2, 1.04}, {"张伟", "zhang.wei@example.com", "销售", "rep", 2, 0.98},     {"马丽", "ma.li@example.com", "销售", "rep", 2, 1.02},
    {"高飞", "gao.fei@example.com", "销售", "rep", 2, 0.95},           {"冯晓东", "feng.xiaodong@example.com", "销售", "rep", 2, 0.92}, {"邓洁", "deng.jie@example.com", "销售", "rep", 2, 1.00},
});

constexpr auto brand_list = std::to_array<string_view>({
    "华兴", "恒通", "中泰", "瑞丰", "金鼎", "东方", "宏达", "鑫源", "永盛", "嘉禾", "博远", "天合", "正大", "科瑞", "新锐", "德润", "信诚", "百川", "凯越", "海纳",
    "长青", "明远", "盛世", "腾飞", "联创", "汇通", "安泰", "远航", "卓越", "精工", "力诚", "同创", "久安", "广源", "优创", "航宇", "智远", "万和", "华晟", "振华",
    "三江", "泰科", "龙腾", "双环", "海川", "顺达", "佳讯", "众诚", "启明", "华维", "中科", "国信", "鼎新", "宝源", "润泽", "锐捷", "骏驰", "裕丰", "康达", "亿联",
    "星辰", "晨光", "利华", "方圆", "九鼎", "捷顺", "弘毅", "创维", "铭泰", "合力", "威远", "福田", "银河", "北斗", "云帆", "建安", "江海", "沃尔", "赛德", "伟业"});

constexpr auto surname_list = std::to_array<string_view>({"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "罗",
                                                          "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "袁", "潘", "于", "蒋", "蔡",
                                                          "余", "杜", "叶", "程", "苏", "魏", "吕", "丁", "任", "沈", "姚", "卢", "姜", "崔", "钟", "谭", "陆", "汪", "单", "欧阳"});
constexpr auto male_list = std::to_array<string_view>({"伟", "强", "磊", "军", "勇", "杰", "涛", "明", "超", "刚", "平", "辉", "鹏", "华", "飞", "建国", "建华", "志强", "志远", "文斌", "国华", "海涛",
                                                       "晓东", "俊杰", "子轩", "浩然", "宇航", "天宇", "立新", "永康", "德明", "振宇", "家豪", "思源", "伯涵", "文博", "泽宇", "长江", "树林", "一鸣"});
constexpr auto female_list = std::to_array<string_view>({"芳", "娜", "敏", "静", "丽", "艳", "娟", "霞", "燕", "玲", "丹", "萍", "红", "雪", "琳", "晶", "婷", "慧", "莹", "洁", "秀英", "桂兰", "雅婷",
                                                         "欣怡", "梦洁", "佳慧", "思雨", "诗涵", "晓燕", "海霞", "玉梅", "文静", "丽华", "春梅", "雨桐", "若曦", "美玲", "婉清", "淑贞", "亚男"});
constexpr auto title_list = std::to_array<string_view>({"总经理", "采购经理", "采购主管", "设备部经理", "生产厂长", "技术总监", "工艺工程师", "副总经理", "车间主任", "财务经理", "项目经理", "总工程师"});
constexpr auto need_list = std::to_array<string_view>({"计划更换两台老旧车床，关注精度与交期", "新厂房投产，需要整线方案", "人工成本上升，考虑自动上下料", "现有设备故障多，咨询维保年包",
                                                       "出口订单要求五轴加工能力", "焊接质量不稳定，想看激光焊接演示", "预算待下季度批准，先了解方案", "想比较两家品牌的售后与配件价格"});
constexpr auto rival_list = std::to_array<string_view>({"北方机床", "沪东数控", "海德曼精机", "华辰激光", "联合自动化"});
constexpr auto talk_list = std::to_array<string_view>({"了解设备现状与痛点", "确认预算与采购流程", "介绍产品系列与案例", "现场勘察与测量", "样件试切结果沟通", "方案技术交流", "报价与付款方式沟通", "合同条款确认",
                                                       "竞品对比说明", "售后与培训安排"});
constexpr auto step_list = std::to_array<string_view>({"发送方案初稿", "约技术交流会", "安排样件试切", "邀请参观展厅", "提交正式报价", "确认合同条款", "跟进预算审批", "电话回访"});

}  // namespace

std::span<const City> cities() { return city_list; }
std::span<const Trade> trades() { return trade_list; }
std::span<const Goods> goods() { return goods_list; }
std::span<const Hand> hands() { return hand_list; }
std::span<const string_view> teams() { return team_list; }
std::span<const string_view> brands() { return brand_list; }
std::span<const string_view> surnames() { return surname_list; }
std::span<const string_view> male_names() { return male_list; }
std::span<const string_view> female_names() { return female_list; }
std::span<const string_view> job_titles() { return title_list; }
std::span<const string_view> needs() { return need_list; }
std::span<const string_view> rivals() { return rival_list; }
std::span<const string_view> talks() { return talk_list; }
std::span<const string_view> steps() { return step_list; }

}  // namespace shangdao::demo
