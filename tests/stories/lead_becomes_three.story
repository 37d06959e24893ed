story  A lead becomes account, contact and deal in one step  # 一转三

on 2026-04-01  孙小美
  creates   lead 钱多多  company 苏州宏达电子  mobile 13700030003  email qian@hongda.example  channel campaign
  converts  钱多多  deal_name 宏达产线一期  amount 900,000 CNY

expect lead 钱多多
  outcome   | converted_account | converted_contact | converted_deal
  converted | 苏州宏达电子      | 钱多多            | 宏达产线一期

expect deal 宏达产线一期
  account      | amount         | owner  | outcome | stage
  苏州宏达电子 | 900,000.00 CNY | 孙小美 | open    | identify

expect contacts where name = "钱多多"
  account      | mobile      | email
  苏州宏达电子 | 13700030003 | qian@hongda.example

# Once is enough, and a lead nobody can use needs a reason.
on 2026-04-02  孙小美
  converts      钱多多  deal_name 宏达产线二期               refused: record_closed
  creates       lead 无名氏  company 某某公司
  disqualifies  无名氏                                       refused: reason required
  disqualifies  无名氏  reason unreachable

expect count of deals where name = "宏达产线二期"
  0
