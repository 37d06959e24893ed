story  A second, smaller offer wins the deal                 # 二次报价赢单

on 2026-03-02  李雷
  opens  deal 华兴一期  account 华兴机械  amount 1,200,000 CNY

on 2026-03-20  李雷
  loses  华兴一期                                            refused: loss_reason required
  wins   华兴一期  amount 1,080,000 CNY

expect deal 华兴一期
  outcome | amount           | closed_on  | stage    | cycle_days
  won     | 1,080,000.00 CNY | 2026-03-20 | identify | 18

# A won deal is done: neither won again nor lost, and plain change does not touch the outcome.
on 2026-03-21  李雷
  wins     华兴一期                                          refused: record_closed
  loses    华兴一期  loss_reason price                       refused: record_closed
  changes  华兴一期  outcome lost                            refused: outcome read_only_field

expect deal 华兴一期
  outcome | amount
  won     | 1,080,000.00 CNY
