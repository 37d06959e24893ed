story  A deleted customer is gone everywhere, and comes back as it was       # 删除与恢复

on 2026-03-02  李雷
  creates   account 苏州宏达电子  industry 制造业
  creates   contact 钱多多  account 苏州宏达电子  mobile 13700030003
  deletes   钱多多
  deletes   苏州宏达电子

expect count of accounts where name = "苏州宏达电子"
  0
expect search 宏达
  nothing
expect account 苏州宏达电子
  nothing

# In the bin it is not worked on.
on 2026-03-03  李雷
  changes   苏州宏达电子  phone 0512-66009999                refused: not_found
  opens     deal 宏达一期  account 苏州宏达电子              refused: account unknown_reference
  restores  苏州宏达电子
  restores  钱多多

expect account 苏州宏达电子
  name         | industry | owner
  苏州宏达电子 | 制造业   | 李雷
expect search 宏达
  account 苏州宏达电子
expect contacts of 苏州宏达电子
  name   | mobile
  钱多多 | 13700030003
expect timeline of 苏州宏达电子
  verb     | object
  restored | contact
  restored | account
  deleted  | account
  deleted  | contact
  created  | contact
  created  | account
