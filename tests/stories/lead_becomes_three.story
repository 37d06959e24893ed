story  A lead becomes account, contact and deal in one step  # 一转三

on 2026-04-01  孙小美
  creates   lead 钱多多  company 苏州宏达电子  mobile 13700030003  email qian@hongda.example  channel 展会
  converts  钱多多  account_name 苏州宏达电子  deal_name 宏达产线一期  amount 900,000 CNY

expect lead 钱多多
  state     | converted_account | converted_contact | converted_deal
  converted | 苏州宏达电子      | 钱多多            | 宏达产线一期

expect deal 宏达产线一期
  account      | amount         | owner  | outcome | stage
  苏州宏达电子 | 900,000.00 CNY | 孙小美 | open    | identify

expect contact 钱多多
  account      | mobile      | email
  苏州宏达电子 | 13700030003 | qian@hongda.example

# Once is enough, and a lead nobody can use needs a reason.
on 2026-04-02  孙小美
  converts      钱多多  deal_name 宏达产线二期               refused: state not_open
  creates       lead 无名氏  company 某某公司
  disqualifies  无名氏                                       refused: reason required
  disqualifies  无名氏  reason 号码是空号

expect count of deals where name = "宏达产线二期"
  0
