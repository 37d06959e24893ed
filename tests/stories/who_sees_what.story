story  A rep sees the own records, a manager the subtree, and nothing betrays the rest     # 各见其所见

on 2026-03-02  李雷
  opens  deal 华兴一期  account 华兴机械  amount 1,200,000 CNY
on 2026-03-02  陈明
  opens  deal 南方一期  account 南方精密  amount 300,000 CNY

expect deals  as 李雷  order name
  name
  华兴一期
expect deals  as 韩梅梅  order name
  name
  华兴一期
expect deals  as 赵敏  order name
  name
  南方一期
expect deals  as 王总  order -amount
  name     | owner | amount
  华兴一期 | 李雷  | 1,200,000.00 CNY
  南方一期 | 陈明  | 300,000.00 CNY

# What cannot be seen answers as if it were not there: read, change, verb, search and sum alike.
on 2026-03-03  李雷
  changes  南方一期  amount 1 CNY                            refused: not_found
  wins     南方一期                                          refused: not_found
  deletes  南方一期                                          refused: not_found

expect search 南方  as 李雷
  nothing
expect query deals  measures n = count(), value = sum(amount)  as 李雷
  n | value
  1 | 1,200,000.00 CNY
expect query deals  measures n = count(), value = sum(amount)  as 王总
  n | value
  2 | 1,500,000.00 CNY

expect deal 南方一期  as 赵敏
  amount         | outcome
  300,000.00 CNY | open
