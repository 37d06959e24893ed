story  A deal that stands too long is marked, and a lost one may come back with a reason   # 停滞与重开

on 2026-03-02  李雷
  opens  deal 华兴二期  account 华兴机械  amount 200,000 CNY

# Identify has a limit of 3 working days: Monday 2 March + 3 = Thursday.
expect deal 华兴二期  on 2026-03-05
  stalled
  no
expect deal 华兴二期  on 2026-03-06
  stalled
  yes

on 2026-03-09  李雷
  loses    华兴二期  loss_reason price
  reopens  华兴二期                                          refused: reason required
  reopens  华兴二期  reason 客户重新招标

expect deal 华兴二期
  outcome | loss_reason | closed_on | stage
  open    |             |           | identify
