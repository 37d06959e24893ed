story  The cast                                              # 人物：every story begins after this one

# 示例公司 sells machine tools. 王总 leads sales, 韩梅梅 leads the east team, 赵敏 the south team.
on 2026-01-05  admin
  creates  team 华东团队
  creates  team 华南团队
  creates  member 王总    email wang@example.com        roles manager  job_title 销售总监
  creates  member 韩梅梅  email hanmeimei@example.com   roles manager  manager 王总    team 华东团队  job_title 销售主管
  creates  member 李雷    email lilei@example.com       roles rep      manager 韩梅梅  team 华东团队
  creates  member 孙小美  email sunxiaomei@example.com  roles rep      manager 韩梅梅  team 华东团队
  creates  member 赵敏    email zhaomin@example.com     roles manager  manager 王总    team 华南团队  job_title 销售主管
  creates  member 陈明    email chenming@example.com    roles rep      manager 赵敏    team 华南团队
  creates  product 数控车床  code CNC-100  list_price 480,000 CNY
  creates  product 加工中心  code MC-500   list_price 1,200,000 CNY
  creates  product 维保服务  code SV-001   list_price 36,000 CNY

on 2026-01-06  李雷
  creates  account 华兴机械  industry 机械设备  phone 0512-66001234
  creates  contact 周建国  account 华兴机械  mobile 13800010001  job_title 采购总监
  creates  contact 吴倩    account 华兴机械  mobile 13800010002  job_title 总经理

on 2026-01-06  陈明
  creates  account 南方精密  industry 制造业
  creates  contact 郑凯    account 南方精密  mobile 13900020001
