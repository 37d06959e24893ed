story  A customer is handed over, and is gone from the view of the one who gave it      # 移交客户

on 2026-03-02  李雷
  opens        deal 华兴一期  account 华兴机械  amount 1,200,000 CNY
  hands over   华兴一期                                      refused: owner required
  hands over   华兴一期  owner 孙小美

expect deal 华兴一期  as 孙小美
  name     | owner  | amount
  华兴一期 | 孙小美 | 1,200,000.00 CNY
expect deal 华兴一期  as 李雷
  nothing
expect deals  as 李雷
  nothing

# The owner is no plain field, and what was given away is not one's own to take back.
on 2026-03-03  李雷
  hands over   华兴一期  owner 李雷                          refused: not_found
on 2026-03-03  孙小美
  changes      华兴一期  owner 李雷                          refused: owner read_only_field
on 2026-03-03  韩梅梅
  hands over   华兴一期  owner 李雷

expect deals  as 李雷
  name     | owner
  华兴一期 | 李雷
expect count of deals  as 孙小美
  0
expect timeline of 华兴一期  as 韩梅梅
  verb        | actor
  handed_over | 韩梅梅
  handed_over | 李雷
  created     | 李雷
