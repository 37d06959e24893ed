story  An account needs only a name, and a likely twin is named on entry      # 只填名称；相似提醒

on 2026-03-02  孙小美
  creates  account  phone 021-55550000                       refused: name required
  creates  account 上海浦江仪表
  creates  account 上海浦江仪表有限公司                       duplicates: 上海浦江仪表
  logs     note 首访纪要  account 上海浦江仪表  body 客户计划三季度扩产
  logs     activity 首次拜访  kind visit  account 上海浦江仪表  outcome interested  next_step 寄样品  next_step_on 2026-03-09

# A name is found by its characters, its pinyin and its initials.
expect search 浦江  as 孙小美
  account 上海浦江仪表
  account 上海浦江仪表有限公司
expect search pujiang yibiao  as 孙小美
  account 上海浦江仪表
  account 上海浦江仪表有限公司
expect search shpj  as 孙小美
  account 上海浦江仪表
  account 上海浦江仪表有限公司

expect timeline of 上海浦江仪表  as 孙小美
  verb    | object   | actor
  created | activity | 孙小美
  created | note     | 孙小美
  created | account  | 孙小美
