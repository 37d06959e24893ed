// Characters with more than one reading, which ICU reads in one way only: everyday polyphones, surnames and places.
// One line a character: the character, then all its readings, the most usual first; v stands for ü. The first lines are
// characters for which ICU has no reading at all (units of measure, and two rare ones read here by their parts).
#include "base/pinyin_table.h"

namespace shangdao {

constexpr std::string_view polyphones =
    "〇 ling\n" "兙 shike\n" "兡 baike\n" "嗧 jialun\n" "桛 jia\n" "烪 xie\n" "瓧 shiwa\n" "瓰 fenwa\n" "瓱 maowa\n" "瓼 liwa\n"
    "甅 liwa\n"
    // a – b
    "阿 a e\n" "呵 he a ke\n" "腌 yan a\n" "艾 ai yi\n" "拗 ao niu\n" "凹 ao wa\n" "柏 bai bo\n" "膀 bang pang\n" "磅 bang pang\n"
    "蚌 bang beng\n" "剥 bo bao\n" "薄 bo bao\n" "堡 bao bu pu\n" "暴 bao pu\n" "刨 pao bao\n" "炮 pao bao\n" "曝 pu bao\n"
    "瀑 pu bao\n" "贲 ben bi\n" "辟 pi bi\n" "臂 bi bei\n" "泌 mi bi\n" "秘 mi bi\n" "费 fei bi\n" "扁 bian pian\n" "便 bian pian\n"
    "骠 piao biao\n" "屏 ping bing\n" "伯 bo bai\n" "泊 bo po\n" "卜 bu bo\n" "般 ban bo pan\n" "魄 po bo tuo\n" "番 fan pan\n"
    "繁 fan po\n" "陂 bei pi po\n" "埔 pu bu\n" "不 bu fou\n" "佛 fo fu bi\n" "拂 fu bi\n" "否 fou pi\n" "百 bai bo\n" "迫 po pai\n"
    "胖 pang pan\n" "耙 pa ba\n" "扒 ba pa\n" "扳 ban pan\n" "朴 pu piao po\n" "脯 fu pu\n" "蕃 fan bo\n" "裨 bi pi\n" "芘 bi pi\n"
    "椑 bei pi\n" "濞 bi pi\n" "槟 bin bing\n" "孛 bo bei\n" "拚 pin pan\n" "彷 pang fang\n" "夯 hang ben\n"
    // c
    "参 can shen cen\n" "藏 cang zang\n" "曾 zeng ceng\n" "侧 ce zhai ze\n" "差 cha chai ci cuo\n" "查 cha zha\n" "楂 zha cha\n"
    "刹 sha cha\n" "喳 zha cha\n" "禅 chan shan\n" "颤 chan zhan\n" "孱 chan can\n" "掺 chan can\n" "单 dan shan chan\n"
    "长 chang zhang\n" "厂 chang an han\n" "倘 tang chang\n" "裳 shang chang\n" "朝 chao zhao\n" "嘲 chao zhao\n" "绰 chuo chao\n"
    "剿 jiao chao\n" "车 che ju\n" "尺 chi che\n" "称 cheng chen\n" "盛 sheng cheng\n" "乘 cheng sheng\n" "晟 sheng cheng\n"
    "澄 cheng deng\n" "铛 dang cheng\n" "谌 chen shen\n" "沈 shen chen\n" "匙 chi shi\n" "郗 xi chi\n" "重 zhong chong\n"
    "种 zhong chong\n" "臭 chou xiu\n" "仇 chou qiu\n" "畜 chu xu\n" "褚 chu zhe\n" "啜 chuo chuai\n" "传 chuan zhuan\n"
    "幢 zhuang chuang\n" "椎 zhui chui\n" "兹 zi ci\n" "伺 si ci\n" "龟 gui jun qiu\n" "枞 cong zong\n" "从 cong zong\n"
    "攒 zan cuan\n" "撮 cuo zuo\n" "卒 zu cu\n" "衰 shuai cui\n" "酢 zuo cu\n" "拆 chai ca\n" "坻 di chi\n" "泜 zhi chi\n"
    "卡 ka qia\n"
    // d
    "沓 ta da\n" "大 da dai tai\n" "石 shi dan\n" "弹 dan tan\n" "澹 dan tan\n" "叨 dao tao\n" "焘 dao tao\n" "得 de dei\n"
    "的 de di\n" "地 di de\n" "底 di de\n" "提 ti di\n" "翟 zhai di\n" "适 shi kuo di\n" "佃 dian tian\n" "钿 dian tian\n"
    "调 diao tiao zhou\n" "鸟 niao diao\n" "丁 ding zheng\n" "町 ting ding\n" "铤 ting ding\n" "侗 dong tong\n" "洞 dong tong\n"
    "恫 dong tong\n" "峒 dong tong\n" "都 du dou\n" "读 du dou\n" "度 du duo\n" "顿 dun du\n" "囤 tun dun\n" "敦 dun dui\n"
    "沌 dun zhuan\n" "屯 tun zhun\n" "堆 dui zui\n" "兑 dui yue rui\n" "驮 tuo duo\n" "隋 sui duo\n" "嗲 dia\n"
    // e – f
    "恶 e wu\n" "欸 ei ai\n" "嗯 en n ng\n" "房 fang pang\n" "冯 feng ping\n" "宓 mi fu\n" "芾 fu fei\n" "苻 fu pu\n" "逢 feng pang\n"
    "莩 fu piao\n"
    // g
    "夹 jia ga\n" "伽 jia qie ga\n" "轧 zha ya ga\n" "咖 ka ga\n" "盖 gai ge he\n" "芥 jie gai\n" "乾 qian gan\n" "扛 kang gang\n"
    "镐 gao hao\n" "咯 ge ka lo luo\n" "蛤 ge ha\n" "合 he ge\n" "颌 he ge\n" "给 gei ji\n" "颈 jing geng\n" "红 hong gong\n"
    "句 ju gou\n" "枸 gou ju\n" "谷 gu yu lu\n" "鹄 hu gu\n" "贾 jia gu\n" "告 gao gu\n" "呱 gua wa gu\n" "括 kuo gua\n"
    "莞 guan wan\n" "纶 lun guan\n" "矜 jin guan qin\n" "广 guang an yan\n" "炅 jiong gui\n" "柜 gui ju\n" "桧 gui hui\n"
    "会 hui kuai gui\n" "涡 wo guo\n" "聒 guo\n" "角 jiao jue lu\n" "傀 kui gui\n" "隗 wei kui\n" "纥 he ge\n" "仡 ge yi\n"
    "鬲 ge li\n" "革 ge ji\n" "佝 gou kou\n"
    // h
    "虾 xia ha\n" "还 hai huan\n" "咳 ke hai\n" "嗨 hai hei\n" "阚 kan han\n" "行 xing hang heng\n" "巷 xiang hang\n"
    "吭 keng hang\n" "貉 he hao mo\n" "和 he hu huo\n" "核 he hu\n" "喝 he ye\n" "吓 xia he\n" "黑 hei he\n" "嘿 hei mo\n"
    "亨 heng peng\n" "哼 heng hng\n" "虹 hong jiang\n" "戏 xi hu\n" "浒 hu xu\n" "许 xu hu\n" "唬 hu xia\n" "滑 hua gu\n"
    "徊 huai hui\n" "郇 xun huan\n" "珲 hun hui\n" "混 hun gun\n" "豁 huo hua\n" "砉 hua xu\n"
    // j
    "奇 qi ji\n" "期 qi ji\n" "其 qi ji\n" "稽 ji qi\n" "缉 ji qi\n" "亟 ji qi\n" "系 xi ji\n" "祭 ji zhai\n" "藉 jie ji\n"
    "齐 qi ji\n" "荠 qi ji\n" "偈 ji jie\n" "骑 qi ji\n" "居 ju ji\n" "茄 qie jia\n" "家 jia gu\n" "价 jia jie\n" "浅 qian jian\n"
    "见 jian xian\n" "犍 jian qian\n" "槛 kan jian\n" "降 jiang xiang\n" "将 jiang qiang\n" "强 qiang jiang\n" "校 xiao jiao\n"
    "觉 jue jiao\n" "嚼 jiao jue\n" "侥 jiao yao\n" "缴 jiao zhuo\n" "峤 qiao jiao\n" "解 jie xie\n" "桔 ju jie\n" "楷 kai jie\n"
    "诘 jie ji\n" "颉 jie xie\n" "劲 jin jing\n" "景 jing ying\n" "陉 xing jing\n" "靓 liang jing\n" "咀 ju zui\n" "且 qie ju\n"
    "瞿 qu ju\n" "足 zu ju\n" "趣 qu cu\n" "圈 quan juan\n" "隽 jun juan\n" "噱 xue jue\n" "均 jun yun\n" "浚 jun xun\n"
    "筠 yun jun\n" "麇 jun qun\n" "脚 jiao jue\n"
    // k
    "壳 ke qiao\n" "区 qu ou\n" "浍 hui kuai\n" "矿 kuang gong\n" "溃 kui hui\n" "匮 kui gui\n"
    // l
    "落 luo la lao\n" "蜡 la zha\n" "腊 la xi\n" "莨 lang liang\n" "烙 lao luo\n" "姥 lao mu\n" "络 luo lao\n" "乐 le yue lao yao\n"
    "勒 le lei\n" "肋 lei le\n" "了 le liao\n" "棱 leng ling\n" "栎 li yue\n" "俩 liang lia\n" "蓼 liao lu\n" "潦 liao lao\n"
    "拎 lin ling\n" "六 liu lu\n" "陆 lu liu\n" "碌 lu liu\n" "弄 nong long\n" "泷 long shuang\n" "娄 lou lv\n" "露 lu lou\n"
    "偻 lou lv\n" "绿 lv lu\n" "率 lv shuai\n" "捋 lv luo\n" "珞 luo li\n" "泺 luo po\n"
    // m
    "么 me ma yao\n" "抹 mo ma\n" "摩 mo ma\n" "脉 mai mo\n" "埋 mai man\n" "万 wan mo\n" "蔓 man wan\n" "氓 mang meng\n"
    "芒 mang wang\n" "冒 mao mo\n" "没 mei mo\n" "糜 mi mei\n" "谜 mi mei\n" "渑 mian sheng\n" "黾 mian min\n" "缪 miao mou miu mu\n"
    "乜 nie mie\n" "模 mo mu\n" "嬷 mo ma\n" "莫 mo mu\n" "牟 mou mu\n" "姆 mu m\n" "无 wu mo\n"
    // n
    "那 na nuo nei\n" "哪 na nei ne\n" "娜 na nuo\n" "呐 na ne\n" "南 nan na\n" "呢 ne ni\n" "能 neng nai\n" "佴 nai er\n"
    "溺 ni niao\n" "粘 zhan nian\n" "尿 niao sui\n" "宁 ning zhu\n" "疟 nve yao\n" "女 nv ru\n" "喏 nuo re\n" "蔫 nian yan\n"
    // o – q
    "哦 o e\n" "喔 o wo\n" "派 pai pa\n" "栖 qi xi\n" "圻 qi yin\n" "俟 si qi\n" "契 qi xie\n" "砌 qi qie\n" "趄 qie ju\n"
    "纤 xian qian\n" "铅 qian yan\n" "嵌 qian kan\n" "雀 que qiao\n" "鞘 qiao shao\n" "郄 qie xi\n" "亲 qin qing\n"
    "覃 qin tan xun\n" "渠 qu ju\n" "券 quan xuan\n" "炔 que gui\n" "苣 ju qu\n" "茜 qian xi\n" "荨 qian xun\n"
    // r
    "若 ruo re\n" "挼 ruo rua\n"
    // s
    "塞 sai se\n" "缫 sao zao\n" "色 se shai\n" "莎 sha suo\n" "厦 sha xia\n" "杉 shan sha\n" "嗄 a sha\n" "掸 dan shan\n"
    "剡 shan yan\n" "汤 tang shang\n" "召 zhao shao\n" "勺 shao zhuo\n" "蛇 she yi\n" "折 zhe she\n" "畲 she yu\n" "射 she ye yi\n"
    "歙 she xi\n" "拾 shi she\n" "谁 shui shei\n" "什 shen shi\n" "身 shen juan\n" "莘 shen xin\n" "信 xin shen\n" "椹 zhen shen\n"
    "葚 shen ren\n" "省 sheng xing\n" "殖 zhi shi\n" "识 shi zhi\n" "似 si shi\n" "氏 shi zhi\n" "峙 zhi shi\n" "食 shi si yi\n"
    "施 shi yi\n" "硕 shuo shi\n" "示 shi qi\n" "释 shi yi\n" "熟 shu shou\n" "属 shu zhu\n" "数 shu shuo\n" "术 shu zhu\n"
    "俞 yu shu\n" "说 shuo shui yue\n" "思 si sai\n" "厕 ce si\n" "宿 su xiu\n" "缩 suo su\n" "孙 sun xun\n" "挲 suo sa sha\n"
    "些 xie suo\n" "杓 shao biao\n"
    // t
    "他 ta tuo\n" "拓 tuo ta\n" "漯 luo ta\n" "骀 tai dai\n" "帑 tang nu\n" "陶 tao yao\n" "洮 tao yao\n" "裼 ti xi\n"
    "苕 tiao shao\n" "荼 tu shu\n" "褪 tui tun\n" "柁 tuo duo\n"
    // w
    "崴 wei wai\n" "宛 wan yuan\n" "亡 wang wu\n" "尾 wei yi\n" "遗 yi wei\n" "蔚 wei yu\n" "尉 wei yu\n" "圩 wei xu\n" "吾 wu yu\n"
    "於 yu wu\n" "涴 wo wan\n"
    // x
    "洗 xi xian\n" "昔 xi cuo\n" "铣 xi xian\n" "县 xian xuan\n" "削 xiao xue\n" "嚣 xiao ao\n" "淆 xiao yao\n" "崤 xiao yao\n"
    "血 xue xie\n" "叶 ye xie\n" "邪 xie ye\n" "挟 xie jia\n" "荥 xing ying\n" "吁 xu yu\n" "寻 xun xin\n" "莶 xian lian\n"
    // y
    "咽 yan ye\n" "殷 yin yan\n" "阏 e yan\n" "烟 yan yin\n" "约 yue yao\n" "钥 yao yue\n" "药 yao yue\n" "掖 ye yi\n" "拽 zhuai ye\n"
    "育 yu yo\n" "涌 yong chong\n" "员 yuan yun\n" "月 yue rou\n" "熨 yun yu\n" "贠 yun\n" "芫 yan yuan\n" "菀 wan yu\n"
    // z
    "扎 zha za\n" "咋 za zha ze\n" "仔 zi zai\n" "奘 zang zhuang\n" "择 ze zhai\n" "综 zong zeng\n" "柞 zuo zha\n" "栅 zha shan\n"
    "着 zhe zhao zhuo\n" "爪 zhua zhao\n" "这 zhe zhei\n" "帧 zhen zheng\n" "吱 zhi zi\n" "徵 zhi zheng\n" "粥 zhou yu\n" "碡 zhou\n"
    "竺 zhu du\n" "著 zhu zhe zhuo\n" "转 zhuan zhuai\n" "赚 zhuan zuan\n" "追 zhui dui\n" "琢 zhuo zuo\n"
    // traditional forms of the above that are met in names
    "長 chang zhang\n" "單 dan shan chan\n" "樂 le yue lao yao\n" "會 hui kuai gui\n" "傳 chuan zhuan\n" "彈 dan tan\n"
    "調 diao tiao zhou\n" "車 che ju\n" "賈 jia gu\n" "葉 ye xie\n" "區 qu ou\n" "蓋 gai ge he\n" "強 qiang jiang\n"
    "將 jiang qiang\n" "種 zhong chong\n" "還 hai huan\n" "參 can shen cen\n" "讀 du dou\n" "覺 jue jiao\n" "樸 pu piao\n"
    "廈 sha xia\n" "屬 shu zhu\n" "數 shu shuo\n" "說 shuo shui yue\n" "絡 luo lao\n" "綠 lv lu\n" "陸 lu liu\n" "縣 xian xuan\n"
    "見 jian xian\n" "鉛 qian yan\n" "嚇 xia he\n" "鑰 yao yue\n" "繆 miao mou miu mu\n" "員 yuan yun\n" "萬 wan mo\n" "費 fei bi\n"
    "賁 ben bi\n" "龜 gui jun qiu\n" "識 shi zhi\n" "禪 chan shan\n" "稱 cheng chen\n" "藥 yao yue\n" "約 yue yao\n" "誰 shui shei\n"
    "術 shu zhu\n" "從 cong zong\n" "遺 yi wei\n" "殼 ke qiao\n" "緝 ji qi\n" "價 jia jie\n" "鎬 gao hao\n";

std::string_view polyphone_lines()
{
    return polyphones;
}

}  // namespace shangdao
